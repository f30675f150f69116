"""People as the pages read them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from models.catalogue import municipality_of
from models.errors import RecordError
from models.municipality import District, Municipality
from models.opportunity import Opportunity
from models.participant import Participant
from models.participants import Person, person
from models.placement import GOING_THERE
from models.snapshots import age_on
from seed.rows import participant_record
from web.services.errors import NotFoundError


@dataclass(frozen=True)
class Known:
    """One person: the record for the page, and what stands in tables of its own."""

    person: Person
    record: dict[str, Any]
    titles: dict[str, str]
    family: dict[str, Participant]

    @property
    def goes_somewhere(self) -> bool:
        return any(placement.state in GOING_THERE for placement in self.person.placements)


def known_person(session: Session, participant_id: UUID, *, on: date) -> Known:
    """Everything of one person; NotFoundError outside this municipality. Neutral constraints are left behind."""
    try:
        found = person(session, participant_id)
    except RecordError as problem:
        raise NotFoundError(str(problem)) from problem
    row = found.participant
    record = participant_record(
        row,
        found.assessment,
        consents=found.consents,
        placements=found.placements,
        members=found.members,
        household_ref=None,
        district=found.district.name if found.district else None,
        age=age_on(row.birth_date, row.age, row.age_on, on),
    )
    record.pop("avoid", None)
    refs = [placement.opportunity_ref for placement in found.placements if placement.opportunity_ref]
    titles = session.exec(select(Opportunity.ref, Opportunity.title).where(col(Opportunity.ref).in_(refs))).all()
    relatives = [member.member_ref for member in found.members if member.member_ref]
    family = session.exec(select(Participant).where(col(Participant.ref).in_(relatives))).all()
    return Known(found, {**record, "ref": row.ref}, dict(titles), {other.ref: other for other in family})


def office(session: Session) -> Municipality:
    return municipality_of(session)


def district_point(session: Session, district_id: UUID | None) -> District | None:
    """The district's own point: a home is never shown more exactly."""
    return session.get(District, district_id) if district_id else None
