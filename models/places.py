"""Questions about places: the whole list of them, and everything that is known of one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy.orm import load_only
from sqlmodel import Session, col, select

from matching.facts import OpportunityFacts
from matching.opening import OpenDay, next_open_days
from matching.pool import build_pool, horizon_of
from matching.start import first_days
from models.catalogue import calendar_of, municipality_of
from models.municipality import District
from models.opportunity import Opportunity, Slot
from models.organization import Organization
from models.site import Site
from models.snapshots import opportunity_facts

PAUSES = ("off_season", "resting")
MOST_BESIDE = 12
"""A town that keeps its halls as one host has hundreds of them; whoever wants more searches the list."""
TAKES_NOBODY = ("prospect", "contacted", "visited", "withdrawn", "restricted")


@dataclass(frozen=True)
class PlaceLine:
    """One line of the list of places. Of the rows only the columns that the list needs are loaded."""

    opportunity: Opportunity
    host: Organization
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


LISTED = (
    *("title", "activity_types", "open_places", "trial_places", "site_id", "online"),
    *("status", "status_until", "verified_on", "stale_after_days"),
)
LISTED_HOST = ("name", "type", "status", "status_until", "concurrent_limit", "placed_now", "burden")


def place_lines(session: Session) -> list[PlaceLine]:
    """Every opportunity of the municipality with its host and district. One query."""
    rows = session.exec(
        select(Opportunity, Organization, District.name)
        .join(Organization, col(Organization.id) == col(Opportunity.organization_id))
        .outerjoin(Site, col(Site.id) == col(Opportunity.site_id))
        .outerjoin(District, col(District.id) == col(Site.district_id))
        .options(
            load_only(*(getattr(Opportunity, name) for name in LISTED)),
            load_only(*(getattr(Organization, name) for name in LISTED_HOST)),
        )
    ).all()
    return [PlaceLine(opportunity, host, district) for opportunity, host, district in rows]


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
    facts = opportunity_facts(opportunity, slots, site, host, district, None)
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
        open_days=next_open_days([slot.recurrence for slot in facts.slots], calendar, first=opens) if opens else (),
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
