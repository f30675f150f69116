"""Questions about places: the whole list of them, and everything that is known of one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Protocol, get_type_hints
from uuid import UUID

from sqlalchemy.orm import Bundle
from sqlmodel import Session, col, select

from matching.inputs.facts import OpportunityFacts
from matching.inputs.opening_dates import OpenDay, next_open_days
from matching.inputs.recurrence import Calendar
from matching.pool.building import build_pool
from matching.pool.host_available_from import first_days
from matching.pool.opportunity_pool import horizon_of
from models.base import Record
from models.catalogue import calendar_of, municipality_of
from models.municipality import District
from models.opportunity import Opportunity, Slot
from models.organization import Organization
from models.site import Site
from models.snapshots import opportunity_facts, slot_facts

PAUSES = ("off_season", "resting")
MOST_BESIDE = 12
"""A town that keeps its halls as one host has hundreds of them; whoever wants more searches the list."""
TAKES_NOBODY = ("prospect", "contacted", "visited", "withdrawn", "restricted")


class ListedOpportunity(Protocol):
    """What the list says of an opportunity: its whole row has it, and so has a row of these columns alone."""

    id: UUID
    organization_id: UUID
    site_id: UUID | None
    title: str
    activity_types: list[str] | None
    online: str | None
    open_places: int | None
    trial_places: int | None
    status: str | None
    status_until: date | None
    verified_on: date | None
    stale_after_days: int | None


class ListedHost(Protocol):
    """What the list says of a host, in the same way."""

    id: UUID
    name: str
    type: str | None
    status: str | None
    status_until: date | None
    concurrent_limit: int | None
    placed_now: int | None
    burden: dict[str, Any] | None


@dataclass(frozen=True)
class PlaceLine:
    """One line of the list of places."""

    opportunity: ListedOpportunity
    host: ListedHost
    district: str | None


@dataclass(frozen=True)
class Place:
    """Everything that is known of one opportunity. `open_days` are the next three, none where it is known to be shut."""

    opportunity: Opportunity
    host: Organization
    site: Site | None
    district: str | None
    slots: Sequence[Slot]
    facts: OpportunityFacts
    beside: Sequence[tuple[UUID, str]]
    """What else this host offers, key and title; one more than MOST_BESIDE where there are more than that."""
    open_days: tuple[OpenDay, ...]
    first_day: date
    """The first day somebody new may begin, by the host's rest, monthly budget and season."""


def _columns_of(table: type[Record], listed: type) -> Bundle[Any]:
    """Only these columns: a list of thousands has no time for whole rows."""
    return Bundle("listed", *(getattr(table, name) for name in get_type_hints(listed)))


def place_lines(session: Session) -> list[PlaceLine]:
    """Every opportunity of the municipality with its host and district. Two queries."""
    hosts = {host.id: host for host in session.exec(select(_columns_of(Organization, ListedHost))).all()}
    rows = session.exec(
        select(_columns_of(Opportunity, ListedOpportunity), District.name)
        .outerjoin(Site, col(Site.id) == col(Opportunity.site_id))
        .outerjoin(District, col(District.id) == col(Site.district_id))
    ).all()
    return [PlaceLine(opportunity, hosts[opportunity.organization_id], district) for opportunity, district in rows]


def place(session: Session, opportunity_id: UUID, *, on: date) -> Place | None:
    """One place as it is on a date; None where this municipality has none of that key. Four queries."""
    row = session.exec(
        select(Opportunity, Organization, Site, District.name)
        .join(Organization, col(Organization.id) == col(Opportunity.organization_id))
        .outerjoin(Site, col(Site.id) == col(Opportunity.site_id))
        .outerjoin(District, col(District.id) == col(Site.district_id))
        .where(Opportunity.id == opportunity_id)
    ).first()
    if row is None:
        return None
    opportunity, host, site, district = row
    slots = session.exec(select(Slot).where(Slot.opportunity_id == opportunity_id).order_by(col(Slot.position))).all()
    calendar = calendar_of(municipality_of(session), on=on)
    facts = opportunity_facts(opportunity, [slot_facts(slot) for slot in slots], site, host, district, None)
    alone = build_pool((facts,), calendar)
    opens = _opens_from(facts, on)
    return Place(
        opportunity=opportunity,
        host=host,
        site=site,
        district=district,
        slots=slots,
        facts=facts,
        beside=_beside(session, opportunity),
        open_days=_open_days(facts, calendar, opens),
        first_day=date.fromordinal(int(first_days(alone, on, horizon_of(alone, on))[0])),
    )


def place_keys(session: Session, refs: Iterable[str]) -> dict[str, UUID]:
    """File id of each opportunity to its key; one query, none without ids."""
    wanted = set(refs)
    if not wanted:
        return {}
    return dict(session.exec(select(Opportunity.ref, Opportunity.id).where(col(Opportunity.ref).in_(wanted))).all())


def _beside(session: Session, opportunity: Opportunity) -> Sequence[tuple[UUID, str]]:
    return session.exec(
        select(Opportunity.id, Opportunity.title)
        .where(Opportunity.organization_id == opportunity.organization_id, Opportunity.id != opportunity.id)
        .order_by(Opportunity.title, col(Opportunity.id))
        .limit(MOST_BESIDE + 1)
    ).all()


def _opens_from(facts: OpportunityFacts, on: date) -> date | None:
    """Tomorrow, or the day after a pause; None while a pause has no end, and where nobody is taken in at all."""
    first = on + timedelta(days=1)
    for status, until in ((facts.host.status, facts.host.status_until), (facts.status, facts.status_until)):
        if status in TAKES_NOBODY or (status in PAUSES and until is None):
            return None
        if status in PAUSES and until is not None:
            first = max(first, until + timedelta(days=1))
    return first


def _open_days(facts: OpportunityFacts, calendar: Calendar, opens: date | None) -> tuple[OpenDay, ...]:
    """The next dates; a slot of which nobody has said the days promises none."""
    told = [slot.recurrence for slot in facts.slots if slot.days_told]
    return next_open_days(told, calendar, first=opens) if opens else ()
