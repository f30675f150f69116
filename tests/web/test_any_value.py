"""Whatever a column can hold, every page answers: a broken record costs itself, never a list or everybody's proposals."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Date, Engine, Float, Integer, String, text
from sqlalchemy.types import JSON, TypeDecorator
from sqlmodel import col, select

from models.account import Role
from models.readable import ReadableDay, ReadableJson, ReadableReal, ReadableWhole
from models.scope import open_session
from models.tables import (
    Assessment,
    Consent,
    HouseholdMember,
    Municipality,
    Opportunity,
    Organization,
    Participant,
    Placement,
    Site,
    Slot,
)
from seed.store import catalogue_records, participant_records
from seed.writing import Catalogue, write_form_csv
from tests.web.conftest import TODAY, Town, fill, token_of

pytestmark = pytest.mark.unwatched

Enter = Callable[..., FlaskClient]
ODD_DAYS = ["0001-01-01", "9999-12-31"]
ODD_WHOLES = {"sqlite": [2**63 - 1, -(2**63), 2**31 - 1, -1], "postgresql": [2**31 - 1, -(2**31), 32_768, -1]}
ODD_REALS = [1e308, float("nan"), float("inf"), -1e308]
ODD_TEXTS = ["", "zzz", "え" * 20_000, "25:99"]
ODD_JSON = [
    '[null, 7, "x", "", "mon", "mon", "9999-99-99", [], {}, {"x": null}, {"text": "a", "on": "0000", "mode": "bus",'
    ' "code": 3, "start": "25:00", "days": [null], "week_pattern": {"kind": "nth"}}]',
    '{"level": 99999999999999999999, "kind": "alternate", "outing": -1, "heat": [], "egg": "perhaps", "min_age": "x",'
    ' "restricted_to": [7], "phone": [1], "x": null, "days": "mon", "valid_until": "2026-02-30", "participant_ids": 3,'
    ' "texts": [null], "walk_minutes": 1e300, "age_bands": {}, "mix": [], "roles": 7, "terms": []}',
    "7",
    "[[]]",
]
ODD_CALENDARS = ['{"holidays": ["x", 3], "school_breaks": [{"from": "x"}, 7]}', '{"holidays": 7}', "[]", '"x"']
ROUNDS, ROWS = len(ODD_JSON), 12
"""Each round puts another odd value into every column; a row carries those of a few columns."""
KEYS = {"id", "municipality_id", "ref", "key", "position", "version", "recorded_at", "catalogue_revision"}


def _odd(column: Any, dialect: str) -> list[Any]:
    kind = column.type
    if isinstance(kind, Date | ReadableDay):
        return ODD_DAYS
    if isinstance(kind, ReadableWhole | Integer):
        return ODD_WHOLES[dialect]
    if isinstance(kind, ReadableReal | Float):
        return ODD_REALS
    if isinstance(kind, ReadableJson | JSON):
        return ODD_JSON
    if isinstance(kind, String):
        return ODD_TEXTS
    assert isinstance(kind, TypeDecorator) or kind.python_type is bool, column
    return []


def _attacked(table: Any) -> list[Any]:
    columns = table.__table__.columns
    return [column for column in columns if column.name not in KEYS and not column.foreign_keys]


TABLES = (Organization, Site, Opportunity, Slot, Participant, Assessment, Placement, Consent, HouseholdMember)


def _town_file() -> tuple[tuple[str, bytes], tuple[str, bytes]]:
    """Some of everything, and one more of each that stays whole."""
    numbers = range(ROWS + 1)
    catalogue = {
        "format": "participation-catalogue",
        "version": "1.0",
        "organizations": [{"id": f"h{n}", "name": f"団体{n}", "status": "open"} for n in numbers],
        "sites": [
            {"id": f"s{n}", "organization_id": f"h{n}", "name": f"場所{n}", "latitude": 35.45, "longitude": 133.35,
             "district": "みなみ"}
            for n in numbers
        ],
        "opportunities": [
            {"id": f"o{n}", "organization_id": f"h{n}", "site_id": f"s{n}", "title": f"活動{n}", "status": "open",
             "activity_types": ["handicraft"], "meets_needs": ["safe_place"], "verified_on": "2026-11-10",
             "loads": dict.fromkeys(["outing", "people", "duration", "body", "voice"], 0),
             "open_places": 2, "slots": [{"days": ["tue"], "start": "10:00", "end": "12:00"}] * 2}
            for n in numbers
        ],
    }  # fmt: skip
    people = {
        "format": "participation-participants",
        "version": "1.0",
        "participants": [
            {"id": f"p{n}", "display_name": f"人{n}", "age": 30, "needs": ["safe_place"], "district": "みなみ",
             "interests": {"activity_types": ["handicraft"]}, "stage": 3, "waiting_since": "2026-10-01",
             "capacities": dict.fromkeys(["outing", "people", "duration", "body", "voice"], 3),
             "available": [{"days": ["tue"]}], "transport": [{"mode": "walk"}], "work_limits": [],
             "work_limits_checked_on": "2026-11-01",
             "active_placements": [{"opportunity_id": f"o{n}", "state": "joined", "started_on": "2026-11-01"}]
             if n % 2 else [],
             "consents": [{"kind": "record", "given_on": "2026-11-01"}],
             "household": {"id": f"house{n // 2}", "members": [{"relation": "parent"}]}}
            for n in numbers
        ],
    }  # fmt: skip
    return ("catalogue.json", json.dumps(catalogue).encode()), ("people.json", json.dumps(people).encode())


def break_everything(engine: Engine, town: Town, number: int) -> None:
    """The `number`-th odd value into each column, past every check of ours; the last place and person stay whole."""
    with open_session(engine, municipality_id=town.id) as session:
        rows = {table: session.exec(select(table.id).order_by(table.id)).all() for table in TABLES}
        whole = {
            *session.exec(select(Organization.id).where(Organization.ref == f"h{ROWS}")).all(),
            *session.exec(select(Site.id).where(Site.ref == f"s{ROWS}")).all(),
            *session.exec(select(Opportunity.id).where(Opportunity.ref == f"o{ROWS}")).all(),
            *session.exec(select(Participant.id).where(Participant.ref == f"p{ROWS}")).all(),
        }
        whole |= {*session.exec(select(Slot.id).where(col(Slot.opportunity_id).in_(whole))).all()}
        whole |= {*session.exec(select(Assessment.id).where(col(Assessment.participant_id).in_(whole))).all()}
    with engine.begin() as connection:
        for table, keys in rows.items():
            left = [key for key in keys if key not in whole]
            for place, column in enumerate(_attacked(table)):
                odd = _odd(column, engine.dialect.name)
                if odd:
                    _write(connection, table.__table__, column, left[place % len(left)], odd[number % len(odd)])
        town_row = Municipality.__table__  # type: ignore[attr-defined]
        for name, odd_json in (("settings", ODD_JSON), ("calendar", ODD_CALENDARS)):
            _write(connection, town_row, town_row.c[name], town.id, odd_json[number])
        connection.execute(text("UPDATE municipality SET catalogue_revision = catalogue_revision + 1000"))


def _write(connection: Any, table: Any, column: Any, key: UUID, value: Any) -> None:
    postgresql = connection.dialect.name == "postgresql"
    cast = "CAST(:value AS JSON)" if postgresql and isinstance(column.type, ReadableJson | JSON) else ":value"
    statement = f'UPDATE {table.name} SET "{column.name}" = {cast} WHERE id = :key'
    connection.execute(text(statement), {"value": value, "key": key if postgresql else key.hex})


def checks(engine: Engine, town: Town, client: FlaskClient) -> Iterator[str]:
    """Whatever did not answer: pages of everything, proposals for a whole and for each broken person, the other way round."""
    with open_session(engine, municipality_id=town.id) as session:
        places = session.exec(select(Opportunity.id).order_by(col(Opportunity.ref))).all()
        people = session.exec(select(Participant.id).order_by(col(Participant.ref))).all()
    lists = ["/", "/places", "/people", "/imports", "/settings", "/places?sort=confirmed", "/people?sort=waiting"]
    around = [f"/places/{places[-1]}/people"]
    for page in [*lists, *around, *(f"/places/{key}" for key in places), *(f"/people/{key}" for key in people)]:
        if client.get(page, follow_redirects=True).status_code >= 500:
            yield page
    token = token_of(client.get(f"/people/{people[-1]}").text)
    for key in people:
        asked = client.post(f"/people/{key}/proposals", data={"csrf_token": token}, follow_redirects=True)
        if asked.status_code >= 500:
            yield f"proposals for {key}"


def test_every_page_answers_whatever_stands_in_the_columns(signed_in: Enter, engine: Engine, empty_town: Town) -> None:
    fill(engine, empty_town, *_town_file())
    for number in range(ROUNDS):
        break_everything(engine, empty_town, number)
        assert list(checks(engine, empty_town, signed_in(empty_town, Role.CO))) == []
        with open_session(engine, municipality_id=empty_town.id) as session:
            organizations, sites, opportunities = catalogue_records(session)
            people = participant_records(session, on=TODAY)
        json.dumps([organizations, sites, opportunities, people], ensure_ascii=False).encode()
        write_form_csv(Catalogue(organizations, sites, opportunities))


def test_what_is_whole_is_still_proposed_beside_what_is_broken(
    signed_in: Enter, engine: Engine, empty_town: Town
) -> None:
    fill(engine, empty_town, *_town_file())
    break_everything(engine, empty_town, 0)
    client = signed_in(empty_town, Role.CO)
    key = empty_town.people[f"p{ROWS}"]
    token = token_of(client.get(f"/people/{key}").text)
    asked = client.post(f"/people/{key}/proposals", data={"csrf_token": token}, follow_redirects=True)
    assert f"活動{ROWS}" in asked.text


def test_somebody_whose_limits_cannot_be_read_is_proposed_nothing_and_the_page_says_why(
    signed_in: Enter, engine: Engine, empty_town: Town
) -> None:
    fill(engine, empty_town, *_town_file())
    column = Assessment.__table__.c.avoid  # type: ignore[attr-defined]
    key = empty_town.people["p1"]
    with open_session(engine, municipality_id=empty_town.id) as session:
        judged = session.exec(select(Assessment.id).where(Assessment.participant_id == key)).one()
    with engine.begin() as connection:
        _write(connection, column.table, column, judged, '{"organization_ids": "h1"}')
    client = signed_in(empty_town, Role.CO)
    page = client.get(f"/people/{key}")
    assert "読めない値があります" in page.text
    asked = client.post(f"/people/{key}/proposals", data={"csrf_token": token_of(page.text)}, follow_redirects=True)
    assert asked.status_code == 400
    assert "読めない値があるので、提案を作れません" in asked.text


def test_a_place_whose_dangers_cannot_be_read_is_not_proposed_and_its_page_says_so(
    signed_in: Enter, engine: Engine, empty_town: Town
) -> None:
    fill(engine, empty_town, *_town_file())
    column = Opportunity.__table__.c.hazards  # type: ignore[attr-defined]
    with open_session(engine, municipality_id=empty_town.id) as session:
        keys = dict(session.exec(select(Opportunity.ref, Opportunity.id)).all())
    with engine.begin() as connection:
        for ref, key in keys.items():
            if ref != "o0":
                _write(connection, column.table, column, key, '{"heat": "perhaps"}')
        connection.execute(text("UPDATE municipality SET catalogue_revision = catalogue_revision + 1000"))
    client = signed_in(empty_town, Role.CO)
    assert "読めない値があります" in client.get(f"/places/{keys['o1']}").text
    key = empty_town.people["p2"]
    token = token_of(client.get(f"/people/{key}").text)
    asked = client.post(f"/people/{key}/proposals", data={"csrf_token": token}, follow_redirects=True)
    cards = asked.text.count('class="candidate"')
    assert cards == 1
