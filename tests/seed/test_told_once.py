"""One consent, one open placement, one member, however often and in whatever order files tell of them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlmodel import Session, select

from models.database import make_engine
from models.migrate import upgrade
from models.placement import CLOSED, Placement
from models.scope import open_session
from models.tables import Consent, HouseholdMember, Participant
from seed.applying import apply
from seed.previewing import Preview, preview
from seed.reading import read
from seed.store import participant_records
from tests.conftest import AT, ON, add_one


def bring_in(session: Session, *participants: dict[str, Any]) -> Preview:
    file = {"format": "participation-participants", "version": "1.0", "participants": list(participants)}
    plan = preview(session, read(json.dumps(file).encode(), "p.json"), on=ON)
    apply(session, plan, at=AT, on=ON)
    session.commit()
    return plan


def test_what_a_file_says_twice_comes_in_once_and_is_said(session: Session) -> None:
    consent = {"kind": "host_disclosure", "organization_id": "o-1", "given_on": "2026-04-01"}
    told = {
        "id": "p-1",
        "display_name": "たけさん",
        "consents": [
            {**consent, "fields": ["chosen_name_field"], "withdrawn_on": "2026-05-01"},
            {**consent, "fields": ["age_band_field"], "valid_until": "2026-12-31"},
        ],
        "active_placements": [
            {"opportunity_id": "a-1", "state": "visit"},
            {"opportunity_id": "a-1", "state": "joined"},
        ],
        "declined": [{"opportunity_id": "a-2"}, {"opportunity_id": "a-2"}],
        "household": {"members": [{"participant_id": "p-2"}, {"participant_id": "p-2", "relation": "parent"}]},
    }
    plan = bring_in(session, told)
    assert len([problem for problem in plan.problems if "2回書かれていた" in problem.sentence]) == 3
    assert not any(problem.blocking for problem in plan.problems)
    (record,) = participant_records(session, on=ON)
    assert record["consents"] == [
        {
            **consent,
            "fields": ["chosen_name_field", "age_band_field"],
            "valid_until": "2026-12-31",
            "withdrawn_on": "2026-05-01",
        }
    ]
    assert record["active_placements"] == [{"opportunity_id": "a-1", "state": "joined"}]
    assert record["declined"] == [{"opportunity_id": "a-2"}]
    assert record["household"]["members"] == [{"participant_id": "p-2", "relation": "parent"}]
    assert bring_in(session, told).count("unchanged") == 1


def test_a_member_who_is_told_of_with_other_details_is_the_same_member(session: Session) -> None:
    for relation in ("parent", "grandparent"):
        bring_in(
            session,
            {
                "id": "p-1",
                "display_name": "たけさん",
                "household": {"members": [{"participant_id": "p-2", "relation": relation}]},
            },
        )
    assert [row.relation for row in session.exec(select(HouseholdMember)).all()] == ["grandparent"]


@pytest.fixture(scope="module")
def light(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    engine = make_engine(f"sqlite:///{tmp_path_factory.mktemp('told')}/e.db")
    upgrade(engine)
    add_one(engine, "yonago", "31202", "米子市")
    yield engine
    engine.dispose()


fields = st.sampled_from([["chosen_name_field"], ["age_band_field"]])
places = st.sampled_from(["a-1", "a-2"])
hosts = st.sampled_from(["o-1", "o-2"])
days = st.sampled_from(["2026-01-01", "2026-02-01"])
people = st.fixed_dictionaries(
    {},
    optional={
        "consents": st.lists(
            st.fixed_dictionaries(
                {"kind": st.just("host_disclosure"), "given_on": days, "organization_id": hosts, "fields": fields},
                optional={"withdrawn_on": days},
            )
            | st.fixed_dictionaries(
                {"kind": st.just("photo_publicity"), "given_on": days}, optional={"withdrawn_on": days}
            ),
            max_size=4,
        ),
        "active_placements": st.lists(
            st.fixed_dictionaries({"opportunity_id": places}, optional={"organization_id": hosts, "started_on": days})
            | st.fixed_dictionaries({"organization_id": hosts}),
            max_size=4,
        ),
        "declined": st.lists(st.fixed_dictionaries({"opportunity_id": places}, optional={"on": days}), max_size=4),
        "household": st.fixed_dictionaries(
            {
                "members": st.lists(
                    st.fixed_dictionaries(
                        {},
                        optional={
                            "participant_id": st.sampled_from(["q-1", "q-2"]),
                            "relation": st.sampled_from(["parent", "child"]),
                        },
                    ),
                    max_size=4,
                )
            }
        ),
    },
)


@given(st.lists(people, min_size=1, max_size=4))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_series_of_files_doubles_anything_or_fails(light: Engine, files: list[dict[str, Any]]) -> None:
    ref = uuid4().hex
    with open_session(light, municipality_id=_town(light)) as session:
        for told in files:
            bring_in(session, {"id": ref, "display_name": "たけさん", **json.loads(json.dumps(told))})
        somebody = session.exec(select(Participant).where(Participant.ref == ref)).one()
        theirs = {
            table: session.exec(select(table).where(table.participant_id == somebody.id)).all()
            for table in (Consent, Placement, HouseholdMember)
        }
        once = Counter((one.kind, one.organization_ref, one.given_on) for one in theirs[Consent])
        once += Counter(
            one.opportunity_ref or one.organization_ref for one in theirs[Placement] if one.state not in CLOSED
        )
        once += Counter(one.member_ref for one in theirs[HouseholdMember] if one.member_ref)
        assert set(once.values()) <= {1}
        session.delete(somebody)
        session.commit()


def _town(engine: Engine) -> Any:
    from models.municipality import Municipality
    from models.scope import EVERYWHERE

    with open_session(engine, municipality_id=EVERYWHERE) as session:
        return session.exec(select(Municipality.id)).one()
