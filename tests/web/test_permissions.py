"""Every route, every role, and everybody from elsewhere."""

from __future__ import annotations

import json
from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlmodel import select

from models.account import Account, Role
from models.importing import ImportBatch
from models.listed import FacilityList, Suggestion
from models.opportunity import Opportunity
from models.organization import Organization
from models.scope import open_session
from models.signing_in import SignInSession
from tests.web.conftest import NOW, Town, fill, kept_round, token_of
from web.permissions import ALLOWED, Permission

Enter = Callable[..., FlaskClient]
PEOPLE_ROLES = {Role.CO, Role.LD, Role.MC, Role.GV}
PROPOSING_ROLES = {Role.CO, Role.LD, Role.MC}
PLACES_ROLES = {Role.CO, Role.LD, Role.MC, Role.GV, Role.SC}
IMPORT_ROLES = {Role.CO, Role.LD, Role.SC, Role.GV}
PEOPLE_IMPORT_ROLES = {Role.CO, Role.LD, Role.GV}

# endpoint -> who may; the test below fails when a route is missing here.
WHO_MAY: dict[str, set[Role]] = {
    "account.sign_in": set(Role),
    "account.check_sign_in": set(Role),
    "account.sign_out": set(Role),
    "account.own_settings": set(Role),
    "account.change_password": set(Role),
    "account.end_session": set(Role),
    "account.end_other_sessions": set(Role),
    "landing.entrance": set(Role),
    "landing.no_page_yet": set(Role),
    "landing.health": set(Role),
    "people.people": PEOPLE_ROLES,
    "people.person_view": PEOPLE_ROLES,
    "people.keep_next_visit": PROPOSING_ROLES,
    "proposals.propose": PROPOSING_ROLES,
    "proposals.rounds": PEOPLE_ROLES,
    "proposals.round_view": PEOPLE_ROLES,
    "places.places": PLACES_ROLES,
    "places.place_view": PLACES_ROLES,
    "places.people_view": PROPOSING_ROLES,
    "places.decide_suggestion": IMPORT_ROLES,
    "imports.imports": IMPORT_ROLES,
    "imports.receive": IMPORT_ROLES,
    "imports.batch_view": IMPORT_ROLES,
    "imports.answer": IMPORT_ROLES,
    "imports.apply_batch": IMPORT_ROLES,
    "imports.drop_batch": IMPORT_ROLES,
    "taking_back.look": IMPORT_ROLES,
    "taking_back.take_back": IMPORT_ROLES,
}
OPEN_TO_ALL = {"account.sign_in", "account.check_sign_in", "landing.health"}
CSV = "団体名,活動名\n花の会,花の水やり\n".encode()


def test_every_view_says_who_may_open_it(app: Flask) -> None:
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        assert isinstance(getattr(view, "permission", None), Permission), rule.endpoint


def test_every_permission_names_its_roles() -> None:
    assert set(ALLOWED) == set(Permission)


def test_every_route_is_in_the_map_of_this_test(app: Flask) -> None:
    assert {rule.endpoint for rule in app.url_map.iter_rules()} == set(WHO_MAY)


def keys_of(engine: Engine, town: Town) -> dict[str, UUID]:
    """One person, one place, one kept round and one waiting import of a town."""
    person = {"id": "p-1", "display_name": "たけさん"}
    file = {"format": "participation-participants", "version": "1.0", "participants": [person]}
    fill(engine, town, ("p.json", json.dumps(file).encode()), ("c.csv", CSV))
    with open_session(engine, municipality_id=town.id) as session:
        round_id = kept_round(session, town.people["p-1"])
        batch = ImportBatch(file_name="places.csv", kind="catalogue", content=CSV, state="waiting", uploaded_at=NOW)
        known = FacilityList(key="一覧", name="一覧", imported_at=NOW)
        session.add_all((batch, known))
        session.flush()
        host = session.exec(select(Organization)).one()
        suggestion = Suggestion(
            kind="organization",
            target_ref=host.ref,
            field="phone",
            value={"phone": "0197-00-0001"},
            facility_list_id=known.id,
            noticed_at=NOW,
        )
        session.add(suggestion)
        session.commit()
        account_id = session.exec(select(Account.id)).first()
        sitting = SignInSession(account_id=account_id, key_hash=str(town.id), device="Mac", started_at=NOW, seen_at=NOW)
        session.add(sitting)
        session.commit()
        return {
            "session_id": sitting.id,
            "participant_id": town.people["p-1"],
            "round_id": round_id,
            "batch_id": batch.id,
            "opportunity_id": session.exec(select(Opportunity)).one().id,
            "suggestion_id": suggestion.id,
        }


def ask(client: FlaskClient, app: Flask, endpoint: str, keys: dict[str, UUID]) -> int:
    """Open the route as its own page would: a GET, or a POST with a token."""
    rule = next(rule for rule in app.url_map.iter_rules() if rule.endpoint == endpoint)
    with app.test_request_context():
        address = app.url_for(endpoint, **{name: keys[name] for name in rule.arguments})
    if "GET" in (rule.methods or ()):
        return client.get(address).status_code
    page = client.get("/welcome").text if "csrf_token" in client.get("/welcome").text else client.get("/signin").text
    return client.post(address, data={"csrf_token": token_of(page)}).status_code


@pytest.mark.parametrize("role", list(Role))
def test_each_role_opens_exactly_what_it_may(
    role: Role, app: Flask, engine: Engine, empty_town: Town, signed_in: Enter
) -> None:
    keys = keys_of(engine, empty_town)
    signed_in(empty_town, role)
    with open_session(engine, municipality_id=empty_town.id) as session:
        keys["session_id"] = session.exec(select(SignInSession.id).where(SignInSession.device != "Mac")).one()
    client = signed_in(empty_town, role)
    for endpoint, roles in WHO_MAY.items():
        if endpoint == "account.sign_out":
            continue
        status = ask(client, app, endpoint, keys)
        if role in roles:
            assert status in (200, 303, 400, 401, 409), (endpoint, status)
        else:
            assert status == 403, (endpoint, status)


def test_nobody_opens_anything_without_signing_in(app: Flask, engine: Engine, empty_town: Town) -> None:
    keys = keys_of(engine, empty_town)
    client = app.test_client()
    for endpoint in WHO_MAY:
        status = ask(client, app, endpoint, keys)
        if endpoint in OPEN_TO_ALL:
            assert status in (200, 401), (endpoint, status)
        else:
            assert status == 303, (endpoint, status)


@pytest.mark.parametrize("role", [Role.CO, Role.LD, Role.GV])
def test_another_municipality_is_not_there_at_all(
    role: Role, app: Flask, engine: Engine, empty_town: Town, other_town: Town, signed_in: Enter
) -> None:
    theirs = keys_of(engine, other_town)
    client = signed_in(empty_town, role)
    tried = 0
    for endpoint, roles in WHO_MAY.items():
        rule = next(rule for rule in app.url_map.iter_rules() if rule.endpoint == endpoint)
        if rule.arguments and role in roles:
            assert ask(client, app, endpoint, theirs) == 404, endpoint
            tried += 1
    assert tried >= 6
    assert "places.csv" not in client.get("/imports").text
    assert "たけさん" not in client.get("/people?who=all").text
    assert "花の水やり" not in client.get("/places").text


def test_what_is_of_another_municipality_looks_like_what_never_was(
    app: Flask, engine: Engine, empty_town: Town, other_town: Town, signed_in: Enter
) -> None:
    theirs = keys_of(engine, other_town)
    client = signed_in(empty_town)
    for address, key in (
        ("/people/{}", theirs["participant_id"]),
        ("/places/{}", theirs["opportunity_id"]),
        ("/places/{}/people", theirs["opportunity_id"]),
    ):
        there, nowhere = client.get(address.format(key)), client.get(address.format(uuid4()))
        assert there.status_code == 404
        assert there.text == nowhere.text


def test_a_round_is_found_only_under_its_own_person(app: Flask, engine: Engine, town: Town, signed_in: Enter) -> None:
    with open_session(engine, municipality_id=town.id) as session:
        round_id = kept_round(session, town.people["yo-01"])
        session.commit()
    client = signed_in(town)
    assert client.get(f"/people/{town.people['yo-01']}/proposals/{round_id}").status_code == 200
    assert client.get(f"/people/{town.people['yo-02']}/proposals/{round_id}").status_code == 404


def test_the_navigation_shows_only_what_one_may_open(signed_in: Enter, empty_town: Town) -> None:
    assert 'href="/imports"' not in signed_in(empty_town, Role.MC).get("/people").text
    places = signed_in(empty_town, Role.SC).get("/imports").text
    assert 'href="/people"' not in places


def test_a_role_without_pages_is_told_whom_to_ask(signed_in: Enter, empty_town: Town) -> None:
    page = signed_in(empty_town, Role.HO).get("/", follow_redirects=True)
    assert page.status_code == 200
    assert "まだ用意できていません" in page.text
    assert "コーディネーター" in page.text


def test_somebody_without_the_permission_to_propose_sees_no_button(signed_in: Enter, town: Town) -> None:
    address = f"/people/{town.people['yo-01']}"
    assert "提案をつくる" in signed_in(town, Role.CO).get(address).text
    assert "提案をつくる" not in signed_in(town, Role.GV).get(address).text
