"""What already stands doubled is mended before the keys are there; nobody's "no" is lost by it."""

from __future__ import annotations

import json
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from alembic import command
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from models.migrate import alembic_config, upgrade
from models.placement import Placement
from models.scope import open_session
from models.tables import Consent, HouseholdMember, Municipality, Participant


def _key(engine: Engine, key: UUID) -> str:
    return key.hex if engine.dialect.name == "sqlite" else str(key)


def _put(engine: Engine, table: str, town: UUID, person: UUID, **values: Any) -> None:
    row = {"id": uuid4(), "municipality_id": town, "participant_id": person, **values}
    sent = {
        name: _key(engine, value)
        if isinstance(value, UUID)
        else json.dumps(value)
        if isinstance(value, list)
        else value
        for name, value in row.items()
    }
    names = ", ".join(f'"{name}"' for name in sent)
    with engine.begin() as connection:
        connection.execute(
            text(f"INSERT INTO {table} ({names}) VALUES ({', '.join(':' + name for name in sent)})"), sent
        )


@pytest.fixture
def person(engine: Engine, municipality: Municipality) -> UUID:
    with open_session(engine, municipality_id=municipality.id) as session:
        somebody = Participant(ref="p-1", display_name="たけさん")
        session.add(somebody)
        session.commit()
        return somebody.id


def test_doubled_rows_become_one_and_a_withdrawal_of_any_copy_counts(
    engine: Engine, municipality: Municipality, person: UUID
) -> None:
    command.downgrade(alembic_config(engine), "0006")
    try:

        def put(table: str, **values: Any) -> None:
            _put(engine, table, municipality.id, person, **values)

        given, withdrawn = "2026-04-01", "2026-10-01"
        # One copy was withdrawn, the other still stood: exactly what the fault left behind.
        put("consent", position=0, kind="support_plan", given_on=given)
        put("consent", position=0, kind="support_plan", given_on=given, withdrawn_on=withdrawn)
        host = {"kind": "host_disclosure", "organization_ref": "o-1", "given_on": given}
        put("consent", position=1, fields=["name", "phone"], **host)
        put("consent", position=1, fields=["name"], **host)
        put("consent", position=2, **{**host, "organization_ref": "o-2"})
        going = {"state_unstated": False, "opportunity_ref": "a-1"}
        put("placement", position=0, state="visit_set", **going)
        put("placement", position=0, state="joined", started_on=given, **going)
        for _ in range(2):
            put("placement", position=1, state="declined", said_on=given, **going)
        put("placement", position=2, state="declined", said_on=withdrawn, **going)
        put("household_member", position=0, member_ref="p-2", relation="parent")
        put("household_member", position=1, member_ref="p-2", age_band="65_plus")
        for position in (2, 3):
            put("household_member", position=position, relation="sibling", age_band="18_29")
        upgrade(engine)
    except BaseException:
        upgrade(engine)
        raise
    with open_session(engine, municipality_id=municipality.id) as session:
        consents = session.exec(select(Consent).order_by(col(Consent.position))).all()
        assert [(one.kind, one.organization_ref, one.fields, one.withdrawn_on) for one in consents] == [
            ("support_plan", None, None, date(2026, 10, 1)),
            ("host_disclosure", "o-1", ["name"], None),
            ("host_disclosure", "o-2", None, None),
        ]
        placements = session.exec(select(Placement).order_by(col(Placement.position))).all()
        assert [(one.state, one.started_on, one.said_on) for one in placements] == [
            ("joined", date(2026, 4, 1), None),
            ("declined", None, date(2026, 4, 1)),
            ("declined", None, date(2026, 10, 1)),
        ]
        members = session.exec(select(HouseholdMember).order_by(col(HouseholdMember.position))).all()
        assert [(one.member_ref, one.relation, one.age_band) for one in members] == [
            ("p-2", "parent", "65_plus"),
            (None, "sibling", "18_29"),
            (None, "sibling", "18_29"),
        ]


@pytest.mark.parametrize(
    "doubled",
    [
        lambda position: Consent(position=position, kind="support_plan", given_on=date(2026, 4, 1)),
        lambda position: Consent(
            position=position, kind="host_disclosure", organization_ref="o-1", given_on=date(2026, 4, 1)
        ),
        lambda position: Placement(position=position, state="joined", opportunity_ref="a-1"),
        lambda position: Placement(position=position, state="joined", organization_ref="o-1"),
        lambda position: HouseholdMember(position=position, member_ref="p-2"),
        lambda position: Consent(position=0, kind="photo_publicity", given_on=date(2026, 4, 1 + position)),
    ],
)
def test_the_keys_refuse_what_would_stand_twice(
    engine: Engine, municipality: Municipality, person: UUID, doubled: Any
) -> None:
    with open_session(engine, municipality_id=municipality.id) as session:
        for position in range(2):
            row = doubled(position)
            row.participant_id = person
            session.add(row)
        with pytest.raises(IntegrityError):
            session.flush()


def test_what_is_over_may_stand_as_often_as_it_happened(
    engine: Engine, municipality: Municipality, person: UUID
) -> None:
    with open_session(engine, municipality_id=municipality.id) as session:
        for position, state in enumerate(("declined", "declined", "host_declined", "ended", "ended", "joined")):
            session.add(Placement(participant_id=person, position=position, state=state, opportunity_ref="a-1"))
        session.commit()
