"""One municipality never sees another's records, however the question is put."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from uuid import uuid4

import pytest
from sqlalchemy import Engine, func, text, union_all, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, delete, select

from models.base import MunicipalRecord
from models.council import CouncilNote
from models.errors import RecordError
from models.scope import EVERYWHERE, open_session
from models.tables import Municipality, Organization, Site
from tests.conftest import AT, add_one

ASK: dict[str, Callable[[Session], object]] = {
    "all": lambda session: session.exec(select(Organization)).all(),
    "column": lambda session: session.exec(select(Organization.name)).all(),
    "count": lambda session: session.exec(select(func.count(col(Organization.id)))).one() or [],
    "alias": lambda session: session.exec(select(aliased(Organization))).all(),
    "join": lambda session: session.exec(select(Site).join(Organization)).all(),
    "subquery": lambda session: session.exec(
        select(Site).where(col(Site.organization_id).in_(select(Organization.id)))
    ).all(),
    "in subquery": lambda session: session.exec(select(select(Organization).subquery().c.name)).all(),
    "exists": lambda session: session.exec(select(Municipality.id).where(select(Organization).exists())).all(),
    "table expression": lambda session: session.exec(select(select(Organization).cte().c.name)).all(),
    "alias in a subquery": lambda session: session.exec(
        select(Municipality.id).where(select(aliased(Organization)).exists())
    ).all(),
    "number beside": lambda session: [
        row for row in session.exec(select(Municipality.id, select(func.count(Site.id)).scalar_subquery())) if row[1]
    ],
    "from a table expression": lambda session: session.exec(
        select(aliased(Organization, select(Organization).subquery()))
    ).all(),
    "either": lambda session: session.exec(
        select(Organization).from_statement(union_all(select(Organization), select(Organization)))
    ).all(),
    "municipalities": lambda session: [row for row in session.exec(select(Municipality)).all() if row.key == "yonago"],
}


@pytest.fixture
def other(engine: Engine, session: Session) -> Iterator[Session]:
    """A session of another municipality; the first one has an organization with a site."""
    organization = Organization(ref="org-a", name="米子の会")
    session.add(organization)
    session.flush()
    session.add(Site(ref="site-a", organization_id=organization.id, name="集会所"))
    session.commit()
    with open_session(engine, municipality_id=add_one(engine, "oshu", "03215", "奥州市").id) as opened:
        yield opened


@pytest.mark.parametrize("way", ASK)
def test_another_municipality_finds_nothing(other: Session, way: str) -> None:
    assert not ASK[way](other)


def test_records_hold_keys_and_not_records() -> None:
    # A record that led to another would be read without that one's condition: see models.scope._criteria.
    for mapper in MunicipalRecord._sa_registry.mappers:
        assert not mapper.relationships, mapper


def test_a_key_from_elsewhere_opens_nothing(other: Session, session: Session) -> None:
    key = session.exec(select(Organization.id)).one()
    assert other.get(Organization, key) is None


def test_changes_in_bulk_stay_at_home(other: Session, session: Session) -> None:
    other.execute(update(Organization).values(name="よその名前"))
    other.execute(delete(Site))
    other.commit()
    session.expire_all()
    assert session.exec(select(Organization.name)).one() == "米子の会"
    assert session.exec(select(Site)).one()


def test_a_row_cannot_be_written_for_somebody_else(other: Session, municipality: Municipality) -> None:
    other.add(Organization(municipality_id=municipality.id, ref="org-x", name="なりすまし"))
    with pytest.raises(RecordError):
        other.flush()


def test_statements_round_the_records_are_refused(other: Session) -> None:
    with pytest.raises(RecordError):
        other.execute(Organization.__table__.select())  # type: ignore[attr-defined]


def test_without_a_municipality_nothing_opens(engine: Engine, other: Session) -> None:
    other.info.clear()
    with pytest.raises(RecordError):
        other.exec(select(Organization)).all()


def test_council_notes_open_for_members_alone(engine: Engine, municipality: Municipality, session: Session) -> None:
    with open_session(engine, municipality_id=municipality.id, council_member=True) as member:
        member.add(CouncilNote(case_key=uuid4(), text="会議限り", written_at=AT))
        member.commit()
    with pytest.raises(RecordError):
        session.exec(select(CouncilNote)).all()
    with open_session(engine, municipality_id=EVERYWHERE) as everywhere, pytest.raises(RecordError):
        everywhere.exec(select(CouncilNote)).all()


def test_every_edit_of_the_catalogue_moves_its_revision(session: Session, municipality: Municipality) -> None:
    def revision() -> int:
        rows = select(Municipality).execution_options(populate_existing=True)
        return session.exec(rows).one().catalogue_revision

    before = revision()
    session.add(Organization(ref="org-b", name="新しい団体"))
    session.commit()
    middle = revision()
    row = session.exec(select(Organization)).one()
    row.status = "resting"
    session.commit()
    assert before < middle < revision()


def test_nothing_leads_from_a_person_to_the_council(engine: Engine) -> None:
    assert not CouncilNote.__table__.c.case_key.foreign_keys  # type: ignore[attr-defined]
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM council_note")).scalar() == 0
