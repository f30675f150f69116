"""Imports and edits in any order: what is taken back is as it was, and what somebody built on is never taken back."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test
from sqlalchemy import Engine, insert, text, update
from sqlmodel import Session, SQLModel, select

from models.database import make_engine
from models.errors import RecordError
from models.migrate import upgrade
from models.placement import Placement
from models.recording import OUR_OWN, note_inserted, recording
from models.scope import open_session
from models.tables import Consent, Municipality, Opportunity, Organization, Participant, Slot
from models.taking_back import BuiltOnError, take_back
from models.touched import Touched, pack, unpack
from seed.applying import apply
from seed.previewing import preview
from seed.reading import read
from tests.conftest import AT, ON, add_one

Town = dict[tuple[str, Any], dict[str, Any]]


def everything(session: Session) -> Town:
    """Every row that files and people write, by table and key."""
    session.flush()
    found: Town = {}
    for table in SQLModel.metadata.sorted_tables:
        if table.name in OUR_OWN or table.name == "council_note":
            continue
        for row in session.connection().execute(table.select()).mappings():
            found[table.name, row["id"]] = {name: value for name, value in row.items() if name != "catalogue_revision"}
    return found


def bring_in(session: Session, document: dict[str, Any]) -> list[Touched]:
    plan = preview(session, read(json.dumps(document).encode(), "f.json"), on=ON)
    with recording(session) as noted:
        apply(session, plan, at=AT, on=ON)
    return unpack(noted.packed())


def catalogue(**parts: Any) -> dict[str, Any]:
    return {
        "format": "participation-catalogue",
        "version": "1.0",
        "organizations": [],
        "sites": [],
        "opportunities": [],
        **parts,
    }


def people(*told: dict[str, Any]) -> dict[str, Any]:
    return {"format": "participation-participants", "version": "1.0", "participants": list(told)}


HOST = {"id": "o-1", "name": "つくしの会", "status": "open"}
PLACE = {"id": "s-1", "organization_id": "o-1", "name": "畑", "latitude": 35, "longitude": 133.5, "district": "東"}
ACTIVITY = {
    "id": "a-1",
    "organization_id": "o-1",
    "site_id": "s-1",
    "title": "花の水やり",
    "slots": [{"days": ["mon"], "start": "10:00", "end": "12:00"}],
}
PERSON = {
    "id": "p-1",
    "display_name": "たけさん",
    "district": "東",
    "consents": [{"kind": "photo_publicity", "given_on": "2026-04-01"}],
    "household": {"id": "h-1", "members": [{"relation": "parent"}]},
}
WHOLE = catalogue(organizations=[HOST], sites=[PLACE], opportunities=[ACTIVITY])


def test_an_import_taken_back_leaves_no_trace(session: Session) -> None:
    before = everything(session)
    for document in (WHOLE, people(PERSON)):
        touched = bring_in(session, document)
        assert everything(session) != before
        take_back(session, touched)
        assert everything(session) == before


def test_what_an_import_changed_and_removed_is_as_it_was(session: Session) -> None:
    bring_in(session, WHOLE)
    bring_in(session, people(PERSON))
    before = everything(session)
    changed = catalogue(
        calendar={"holidays": ["2026-12-31"]},
        organizations=[{**HOST, "name": "つくし", "status": "full"}],
        sites=[{**PLACE, "district": "西"}],
        opportunities=[{**ACTIVITY, "slots": [{"days": ["tue"], "start": "13:00", "end": "15:00"}] * 2}],
    )
    person = {**PERSON, "display_name": "たけ", "district": "南", "household": {"id": "h-2"}, "stage": 2}
    first, second = bring_in(session, changed), bring_in(session, people(person))
    take_back(session, second)
    take_back(session, first)
    assert everything(session) == before


@pytest.mark.parametrize(
    ("build", "told"),
    [
        (lambda s: setattr(_one(s, Organization), "notes", "電話した"), "団体「つくしの会」が直された"),
        (lambda s: s.delete(_one(s, Slot)), "活動が直された"),
        (lambda s: s.add(Opportunity(ref="a-9", organization_id=_one(s, Organization).id, title="草とり")), "団体「つくしの会」が活動の記録に使われた"),
        (lambda s: _person(s, Placement(position=0, state="joined", opportunity_ref="a-1")), "活動「花の水やり」が本人の参加の記録に使われた"),
        (lambda s: _person(s, Consent(position=0, kind="host_disclosure", organization_ref="o-1", given_on=ON)), "団体「つくしの会」が本人の同意に使われた"),
    ],
)  # fmt: skip
def test_what_somebody_built_on_stays_and_is_named(session: Session, build: Any, told: str) -> None:
    touched = bring_in(session, WHOLE)
    build(session)
    now = everything(session)
    with pytest.raises(BuiltOnError, match=told):
        take_back(session, touched)
    assert everything(session) == now


def _one(session: Session, table: type[Any]) -> Any:
    return session.exec(select(table)).one()


def _person(session: Session, row: Any) -> None:
    somebody = Participant(ref="p-7", display_name="はるさん")
    session.add(somebody)
    session.flush()
    row.participant_id = somebody.id
    session.add(row)


def test_a_judgement_made_since_stays(session: Session) -> None:
    touched = bring_in(session, people({**PERSON, "stage": 1}))
    bring_in(session, people({**PERSON, "stage": 2}))
    with pytest.raises(BuiltOnError, match="本人「たけさん」"):
        take_back(session, touched)


def test_who_named_what_was_not_there_yet_did_not_build_on_it(session: Session) -> None:
    """People came before the places they go to and before their family: both imports can still be taken back."""
    son = {"id": "p-2", "display_name": "はるさん", "household": {"id": "h-1", "members": [{"participant_id": "p-1"}]}}
    goes = {**son, "active_placements": [{"opportunity_id": "a-1"}]}
    bring_in(session, people(goes))
    before = everything(session)
    for document in (WHOLE, people(PERSON)):
        take_back(session, bring_in(session, document))
        assert everything(session) == before
    touched = bring_in(session, WHOLE)
    bring_in(session, people({**goes, "active_placements": []}))
    take_back(session, touched)
    touched = bring_in(session, WHOLE)
    bring_in(session, people({**son, "id": "p-3", "active_placements": [{"opportunity_id": "a-1"}]}))
    with pytest.raises(BuiltOnError, match="活動「花の水やり」が本人の参加の記録に使われた"):
        take_back(session, touched)


def test_the_day_of_the_next_visit_of_somebody_who_was_there_before_stays(session: Session) -> None:
    bring_in(session, people(PERSON))
    touched = bring_in(session, people({**PERSON, "display_name": "たけ"}))
    somebody = _one(session, Participant)
    somebody.next_visit_on = date(2026, 12, 1)
    session.flush()
    take_back(session, touched)
    assert (somebody.display_name, somebody.next_visit_on) == ("たけさん", date(2026, 12, 1))


def test_rows_written_in_bulk_are_noted_too(session: Session) -> None:
    host = Organization(ref="o-1", name="会")
    session.add(host)
    session.flush()
    before = everything(session)
    opportunity = Opportunity(ref="a-1", organization_id=host.id, title="花")
    rows = [{"id": Slot().id, "opportunity_id": opportunity.id, "position": n} for n in range(3)]
    with recording(session) as noted:
        session.add(opportunity)
        session.flush()
        session.execute(insert(Slot), [{**row, "municipality_id": host.municipality_id} for row in rows[:2]])
        last = {**rows[2], "municipality_id": host.municipality_id}
        session.connection().execute(SQLModel.metadata.tables["slot"].insert(), [last])
        note_inserted(session, Slot, [last])
    assert len(noted.rows()) == 4
    take_back(session, unpack(noted.packed()))
    assert everything(session) == before


def test_a_statement_the_journal_cannot_follow_is_refused(session: Session) -> None:
    bring_in(session, WHOLE)
    with recording(session), pytest.raises(RecordError):
        session.execute(update(Slot).values(capacity=3))


def test_a_journal_holds_what_was_but_not_what_came(session: Session) -> None:
    """Of what it made only a seal is kept: a copy of a person's record does not lie about."""
    assert "たけさん".encode() not in zlib.decompress(pack(bring_in(session, people(PERSON))))


@pytest.fixture(scope="module")
def light(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    engine = make_engine(f"sqlite:///{tmp_path_factory.mktemp('back')}/e.db")
    upgrade(engine)
    yield engine
    engine.dispose()


def _undone(now: Town, before: Town, after: Town) -> Town:
    """What it has to be: the rows of the import as they were before it, all others as they are now."""
    wanted = {key: dict(row) for key, row in now.items()}
    for key in {**before, **after}:
        if key not in before:
            wanted.pop(key, None)
        elif key not in after:
            wanted[key] = before[key]
        else:
            for name, value in before[key].items():
                if after[key][name] != value:
                    wanted[key][name] = value
    return wanted


some = st.sampled_from
hosts = st.builds(lambda ref, name, notes: {"id": ref, "name": name, "notes": notes}, some(["o-1", "o-2"]), some(["会", "店"]), some(["い", "ろ"]))  # fmt: skip
slots = st.lists(st.builds(lambda day: {"days": [day], "start": "10:00", "end": "12:00"}, some(["mon", "tue"])), max_size=2)  # fmt: skip
activities = st.builds(lambda ref, host, title, slots: {"id": ref, "organization_id": host, "title": title, "slots": slots}, some(["a-1", "a-2"]), some(["o-1", "o-2"]), some(["花", "草"]), slots)  # fmt: skip
persons = st.builds(
    lambda ref, name, stage, place, district, home: {
        "id": ref, "display_name": name, "stage": stage, "active_placements": place, "district": district, **home,
    },
    some(["p-1", "p-2"]), some(["は", "た"]), some([0, 1, 2]),
    st.lists(st.builds(lambda ref: {"opportunity_id": ref}, some(["a-1", "a-2"])), max_size=2),
    some(["東", "西"]),
    some([{}, {"household": {"id": "h-1", "members": [{"participant_id": "p-2"}]}}]),
)  # fmt: skip


def test_any_order_of_imports_edits_and_taking_back(light: Engine) -> None:
    class Office(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            with light.begin() as connection:
                for table in reversed(SQLModel.metadata.sorted_tables):
                    connection.execute(text(f'DELETE FROM "{table.name}"'))
            town: Municipality = add_one(light, "yonago", "31202", "米子市")
            self.session = open_session(light, municipality_id=town.id)
            self.done: list[tuple[list[Touched], Town, Town]] = []

        def teardown(self) -> None:
            self.session.close()

        def _bring_in(self, document: dict[str, Any]) -> None:
            before = everything(self.session)
            touched = bring_in(self.session, document)
            self.session.commit()
            self.done.append((touched, before, everything(self.session)))

        @rule(hosts=st.lists(hosts, max_size=2), activities=st.lists(activities, max_size=2))
        def import_catalogue(self, hosts: Any, activities: Any) -> None:
            self._bring_in(catalogue(organizations=hosts, opportunities=activities))

        @rule(told=st.lists(persons, min_size=1, max_size=2))
        def import_people(self, told: Any) -> None:
            self._bring_in(people(*told))

        @rule(table=some([Organization, Opportunity, Participant]), number=st.integers(0, 1), value=some(["x", "y"]))
        def edit(self, table: Any, number: int, value: str) -> None:
            rows = self.session.exec(select(table).order_by(table.ref)).all()
            if number < len(rows):
                setattr(rows[number], "address" if table is Participant else "notes", value)
                self.session.commit()

        @precondition(lambda self: self.done)
        @rule(which=st.integers(0, 9))
        def take_one_back(self, which: int) -> None:
            touched, before, after = self.done[-1 - which % len(self.done)]
            now = everything(self.session)
            built_on = any(key not in before and now.get(key) != row for key, row in after.items())
            try:
                take_back(self.session, touched)
            except BuiltOnError:
                self.session.rollback()
                assert now != after, "nothing had happened since"
                assert everything(self.session) == now
            else:
                self.session.commit()
                assert not built_on
                assert everything(self.session) == _undone(now, before, after)
                self.done = [one for one in self.done if one[0] is not touched]

    run_state_machine_as_test(
        Office,
        settings=settings(
            max_examples=10, stateful_step_count=10, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
