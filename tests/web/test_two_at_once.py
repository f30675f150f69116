"""Two at once: real threads on both databases. One does it, the other reads that it is done; nothing stands twice."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from flask.testing import FlaskClient
from sqlalchemy import Engine, func
from sqlmodel import select
from werkzeug.test import TestResponse

from models.account import Role
from models.scope import open_session
from models.tables import Assessment, Consent, HouseholdMember, Opportunity, Participant, Placement, ProposalRound, Slot
from tests.web.conftest import FrozenClock, PracticeFile, Town, fill, token_of
from tests.web.forms import form_with
from tests.web.test_import_pages import APPLY, send

Enter = Callable[..., FlaskClient]
Press = Callable[[], TestResponse]
ROUNDS = 3


def at_once(*presses: Press) -> list[TestResponse]:
    """All of them at the same moment, as far as threads can."""
    start = Barrier(len(presses))

    def press(one: Press) -> TestResponse:
        start.wait()
        return one()

    with ThreadPoolExecutor(len(presses)) as threads:
        return list(threads.map(press, presses))


def statuses(answers: list[TestResponse]) -> Counter[int]:
    return Counter(answer.status_code for answer in answers)


def ready(client: FlaskClient, address: str, button: str) -> Press:
    """Everything filled in, the finger on the button."""
    target, fields = form_with(client.get(address).text, button)
    return lambda: client.post(target, data=fields)


def people(*refs: str) -> bytes:
    """Each with a consent, a placement and a member of the household."""
    told = [
        {
            "id": ref,
            "display_name": "たけさん",
            "consents": [{"kind": "photo_publicity", "given_on": "2026-04-01"}],
            "active_placements": [{"opportunity_id": "a-1", "state": "visit"}],
            "household": {"id": f"h-{ref}", "members": [{"relation": "parent", "age_band": "65_plus"}]},
        }
        for ref in refs
    ]
    return json.dumps({"format": "participation-participants", "version": "1.0", "participants": told}).encode()


def counted(engine: Engine, town: Town) -> dict[str, int]:
    with open_session(engine, municipality_id=town.id) as session:
        return {
            table.__tablename__: session.exec(select(func.count()).select_from(table)).one()
            for table in (Participant, Assessment, Consent, Placement, HouseholdMember)
        }


def test_one_import_pressed_by_several_at_once_is_done_once(signed_in: Enter, engine: Engine, empty_town: Town) -> None:
    clients = [signed_in(empty_town) for _ in range(4)]
    for number in range(1, ROUNDS + 1):
        address = send(clients[0], people(f"p-{number}"), "p.json").location
        answers = at_once(*(ready(client, address, APPLY) for client in clients))
        assert statuses(answers) == {303: 1, 409: 3}
        late = next(answer for answer in answers if answer.status_code == 409)
        assert "二重には取り込んでいません" in late.text
        assert "取り込みました" in late.text
        assert set(counted(engine, empty_town).values()) == {number}


def test_the_same_file_brought_by_two_at_once_comes_in_once(signed_in: Enter, engine: Engine, empty_town: Town) -> None:
    clients = [signed_in(empty_town, role) for role in (Role.CO, Role.LD)]
    for number in range(1, ROUNDS + 1):
        waiting = [send(client, people(f"p-{number}"), "p.json").location for client in clients]
        answers = at_once(*(ready(client, address, APPLY) for client, address in zip(clients, waiting, strict=True)))
        assert statuses(answers) == {303: 1, 409: 1}
        assert set(counted(engine, empty_town).values()) == {number}


def test_two_different_catalogues_at_once_both_come_in_or_one_is_shown_anew(
    signed_in: Enter, engine: Engine, empty_town: Town
) -> None:
    clients = [signed_in(empty_town) for _ in range(2)]
    for number in range(ROUNDS):
        files = [
            f"団体ID,団体名,活動ID,活動名\no-{which}-{number},会,a-{which}-{number},花\n".encode() for which in "xy"
        ]
        waiting = [send(client, file, "c.csv").location for client, file in zip(clients, files, strict=True)]
        answers = at_once(*(ready(client, address, APPLY) for client, address in zip(clients, waiting, strict=True)))
        assert set(statuses(answers)) <= {303, 409}
    with open_session(engine, municipality_id=empty_town.id) as session:
        assert len(session.exec(select(Opportunity)).all()) == 2 * ROUNDS


def test_a_day_of_the_next_visit_and_an_import_of_the_same_person_both_stay(
    signed_in: Enter, engine: Engine, empty_town: Town
) -> None:
    fill(engine, empty_town, ("p.json", people("p-1")))
    reader, writer = signed_in(empty_town), signed_in(empty_town)
    person = f"/people/{empty_town.people['p-1']}"
    for number in range(1, ROUNDS + 1):
        file = people("p-1").replace("たけさん".encode("unicode_escape"), f"take {number}".encode())
        address = send(writer, file, "p.json").location
        token = token_of(reader.get(person).text)
        day = f"2026-12-{number:02}"
        form = {"csrf_token": token, "next_visit_on": day, "next_visit_how": "phone"}
        answers = at_once(
            ready(writer, address, APPLY), lambda form=form: reader.post(f"{person}/next-visit", data=form)
        )  # type: ignore[misc]
        assert statuses(answers) == {303: 2}
        with open_session(engine, municipality_id=empty_town.id) as session:
            kept = session.exec(select(Participant)).one()
            assert (kept.display_name, str(kept.next_visit_on)) == (f"take {number}", day)


def test_pressing_twice_asks_once_and_two_colleagues_ask_each_for_themselves(
    signed_in: Enter, engine: Engine, town: Town, clock: FrozenClock
) -> None:
    person = town.people["yo-01"]
    address = f"/people/{person}"
    first, again, colleague = signed_in(town), signed_in(town), signed_in(town, Role.LD)
    for number in range(1, 4):
        clock.forward(minutes=10)
        presses = [
            lambda client=client, token=token: client.post(f"{address}/proposals", data={"csrf_token": token})  # type: ignore[misc]
            for client in (first, again, colleague)
            for token in [token_of(client.get(address).text)]
        ]
        answers = at_once(*presses)
        assert statuses(answers) == {303: 3}
        assert answers[0].location == answers[1].location != answers[2].location
        with open_session(engine, municipality_id=town.id) as session:
            assert len(session.exec(select(ProposalRound.id)).all()) == 2 * number


def test_who_asks_again_after_the_catalogue_changed_gets_a_new_answer(
    signed_in: Enter, engine: Engine, town: Town
) -> None:
    client, address = signed_in(town), f"/people/{town.people['yo-01']}"

    def ask() -> str:
        token = token_of(client.get(address).text)
        return client.post(f"{address}/proposals", data={"csrf_token": token}).location

    first = ask()
    assert ask() == first
    fill(engine, town, ("c.csv", "団体名,活動名\n花の会,花の水やり\n".encode()))
    assert ask() != first


def test_proposals_asked_while_a_catalogue_comes_in_are_whole(
    signed_in: Enter, engine: Engine, town: Town, practice_file: PracticeFile
) -> None:
    catalogue = json.loads(practice_file("catalogue.json"))
    writer, askers = signed_in(town), [signed_in(town) for _ in range(2)]
    addresses = [f"/people/{town.people[ref]}" for ref in ("yo-01", "yo-02")]
    for one in catalogue["opportunities"]:
        one["title"] = f"{one['title']}・新"
    address = send(writer, json.dumps(catalogue).encode(), "c.json").location
    presses = [
        lambda client=client, page=page, token=token: client.post(  # type: ignore[misc]
            f"{page}/proposals", data={"csrf_token": token}
        )
        for client, page in zip(askers, addresses, strict=True)
        for token in [token_of(client.get(page).text)]
    ]
    answers = at_once(ready(writer, address, APPLY), *presses, lambda: writer.get("/places"))
    assert statuses(answers) == {303: 3, 200: 1}
    for client, answer in zip(askers, answers[1:3], strict=True):
        assert client.get(answer.location).status_code == 200
    with open_session(engine, municipality_id=town.id) as session:
        doubled = session.exec(
            select(func.count()).select_from(Slot).group_by(Slot.opportunity_id, Slot.position)
        ).all()
        assert set(doubled) == {1}
