"""Questions about what lists say of one place: differences nobody has decided, and rows that are gone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import Session, col, select

from models.listed import OPEN, FacilityList, ListedRow, Suggestion
from models.opportunity import Opportunity
from models.organization import Organization
from models.site import Site

Entry = tuple[str, str]


@dataclass(frozen=True)
class Said:
    """What one list says of one place otherwise than we do."""

    suggestion: Suggestion
    list_name: str


@dataclass(frozen=True)
class Gone:
    """The place is no longer on this list since this day."""

    list_name: str
    since: date


@dataclass(frozen=True)
class ListedHere:
    """What lists say of one place."""

    said: tuple[Said, ...]
    gone: tuple[Gone, ...]


def entries_of(opportunity: Opportunity, host: Organization, site: Site | None) -> Mapping[Entry, object]:
    """The rows of one place by what a suggestion names."""
    rows: dict[Entry, object] = {("opportunity", opportunity.ref): opportunity, ("organization", host.ref): host}
    return rows | ({("site", site.ref): site} if site is not None else {})


def listed_here(session: Session, opportunity: Opportunity, host: Organization, site: Site | None) -> ListedHere:
    """One query for the differences, one for the rows that are gone."""
    entries = entries_of(opportunity, host, site)
    found = session.exec(
        select(Suggestion, FacilityList.name)
        .join(FacilityList, col(FacilityList.id) == col(Suggestion.facility_list_id))
        .where(Suggestion.state == OPEN, col(Suggestion.target_ref).in_([ref for _, ref in entries]))
        .order_by(col(Suggestion.noticed_at), col(Suggestion.id))
    ).all()
    said = tuple(Said(one, name) for one, name in found if (one.kind, one.target_ref) in entries)
    if site is None:
        return ListedHere(said, ())
    gone = session.exec(
        select(FacilityList.name, ListedRow)
        .join(FacilityList, col(FacilityList.id) == col(ListedRow.facility_list_id))
        .where(ListedRow.site_ref == site.ref, col(ListedRow.vanished_on).is_not(None))
        .order_by(FacilityList.name)
    ).all()
    return ListedHere(said, tuple(Gone(name, row.vanished_on) for name, row in gone if row.vanished_on is not None))


def suggestion_here(session: Session, key: UUID) -> Suggestion | None:
    """One suggestion of this municipality."""
    return session.exec(select(Suggestion).where(Suggestion.id == key)).first()
