"""Many records at once: written in a few statements, noted as any edit, and the same as one by one."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Engine, event
from sqlmodel import Session, select

from models.council import CouncilNote
from models.errors import RecordError
from models.revision_log import MOST_READ, changed_between
from models.scope import EVERYWHERE, add_rows, open_session
from models.tables import Municipality, Opportunity, Organization, Participant, Site, Slot
from seed.previewing import Preview
from seed.rows import whole_row
from seed.store import Catalogue, catalogue_records
from tests.conftest import add_one
from tests.seed.test_applying import bring_in


def catalogue(count: int, **changed: Any) -> dict[str, Any]:
    """So many hosts, each with a site and an activity."""
    numbers = range(count)
    return {
        "format": "participation-catalogue",
        "version": "1.0",
        "organizations": [{"id": f"org-{n}", "name": f"団体{n}"} for n in numbers],
        "sites": [{"id": f"site-{n}", "organization_id": f"org-{n}", "name": f"場所{n}"} for n in numbers],
        "opportunities": [
            {
                "id": f"opp-{n}",
                "organization_id": f"org-{n}",
                "site_id": f"site-{n}",
                "title": f"活動{n}",
                "slots": [{"days": ["mon"], "start": "10:00", "end": "11:00"}],
                **changed,
            }
            for n in numbers
        ],
    }


def statements(engine: Engine, session: Session, document: dict[str, Any]) -> list[str]:
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        sent.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        bring_in(session, document)
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return sent


def test_ten_times_the_places_take_no_more_statements(engine: Engine, municipality: Municipality) -> None:
    other = add_one(engine, "sakai", "31204", "境港市")
    with open_session(engine, municipality_id=municipality.id) as session:
        few = statements(engine, session, catalogue(20))
    with open_session(engine, municipality_id=other.id) as session:
        many = statements(engine, session, catalogue(200))
    assert len(many) == len(few) < 60


def test_what_is_written_in_one_go_is_this_municipalitys_and_noted(session: Session, engine: Engine) -> None:
    before = session.exec(select(Municipality.catalogue_revision)).one()
    bring_in(session, catalogue(3))
    after = session.exec(select(Municipality.catalogue_revision)).one()
    assert changed_between(session, before, after) == {"opp-0", "opp-1", "opp-2"}
    other = add_one(engine, "sakai", "31204", "境港市")
    with open_session(engine, municipality_id=other.id) as elsewhere:
        assert elsewhere.exec(select(Slot)).all() == []
    assert len(session.exec(select(Slot)).all()) == 3


def test_more_than_are_told_one_by_one_may_be_anything(session: Session) -> None:
    before = session.exec(select(Municipality.catalogue_revision)).one()
    bring_in(session, catalogue(MOST_READ + 1))
    after = session.exec(select(Municipality.catalogue_revision)).one()
    assert changed_between(session, before, after) is None
    assert after - before < 10
    assert bring_in(session, catalogue(MOST_READ + 1, notes="みな変わった")).count("changed") == MOST_READ + 1
    again = session.exec(select(Municipality.catalogue_revision)).one()
    assert changed_between(session, after, again) is None


def test_what_was_there_may_move_to_what_is_new_in_the_same_file(session: Session) -> None:
    bring_in(session, catalogue(2))
    document = catalogue(2)
    document["organizations"].append({"id": "org-new", "name": "あたらしい団体"})
    document["sites"].append({"id": "site-new", "organization_id": "org-new", "name": "あたらしい場所"})
    document["sites"][0]["organization_id"] = "org-new"
    document["opportunities"][0] |= {"organization_id": "org-new", "site_id": "site-new", "slots": [{"days": ["tue"]}]}
    assert plan_counts(bring_in(session, document)) == (2, 2)
    session.expunge_all()
    assert {record["id"]: record for record in catalogue_records(session)[2]}["opp-0"] == document["opportunities"][0]


def plan_counts(plan: Preview) -> tuple[int, int]:
    return plan.count("new"), plan.count("changed")


def test_rows_at_once_need_a_municipality_and_are_never_notes_of_the_council(
    engine: Engine, municipality: Municipality
) -> None:
    row = whole_row(Organization, {"ref": "o", "name": "団体"})
    with open_session(engine, municipality_id=EVERYWHERE) as session, pytest.raises(RecordError):
        add_rows(session, Organization, [row])
    with open_session(engine, municipality_id=municipality.id) as session, pytest.raises(RecordError):
        add_rows(session, CouncilNote, [])


@pytest.mark.parametrize("table", [Organization, Site, Opportunity, Participant])
def test_a_row_in_one_go_is_the_row_of_an_object(table: type[Any]) -> None:
    values = {"ref": "x", "name": "な", "title": "だ", "display_name": "よ"}
    known = {name: value for name, value in values.items() if name in table.model_fields}
    row = whole_row(table, known)
    as_object = table(**known)
    for name in table.model_fields:
        if name not in ("id", "municipality_id"):
            assert row[name] == getattr(as_object, name, None), name


def test_an_export_asks_each_row_once(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    bring_in(session, catalogue(30))
    asked: list[int] = []
    read = Catalogue.read

    def counted(session: Session) -> Catalogue:
        store = read(session)
        for name in ("organizations", "sites"):
            setattr(store, name, Counted(getattr(store, name), asked))
        return store

    monkeypatch.setattr(Catalogue, "read", counted)
    assert [len(records) for records in catalogue_records(session)] == [30, 30, 30]
    assert len(asked) <= 3  # the map of hosts, that of sites, no map a record


class Counted(dict[str, Any]):
    """Notes when all of it is gone through."""

    def __init__(self, rows: dict[str, Any], asked: list[int]) -> None:
        super().__init__(rows)
        self._asked = asked

    def items(self) -> Any:
        self._asked.append(len(self))
        return super().items()

    def values(self) -> Any:
        self._asked.append(len(self))
        return super().values()
