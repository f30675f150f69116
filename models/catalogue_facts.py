"""The facts of the catalogue, from its rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from uuid import UUID

from sqlmodel import Session, col, select

from matching.inputs.facts import OpportunityFacts, SlotFacts
from models.districts import district_middles
from models.municipality import District
from models.opportunity import Opportunity, Slot
from models.organization import Organization
from models.site import Site
from models.snapshots import opportunity_facts, slot_facts

AT_A_TIME = 1_000
"""Rows in memory at once: a large catalogue is otherwise there twice, as rows and as facts."""


def facts_of(session: Session, refs: Collection[str] | None = None) -> Iterator[OpportunityFacts]:
    """Of every opportunity, or of these; whichever no longer exists is left out. Four queries, read as they come."""
    # One statement, so that an opportunity never stands there without its host.
    rows = (
        select(Opportunity, Organization, Site, District)
        .join(Organization, col(Organization.id) == col(Opportunity.organization_id))
        .outerjoin(Site, col(Site.id) == col(Opportunity.site_id))
        .outerjoin(District, col(District.id) == col(Site.district_id))
    )
    times, concerned = select(Slot), None
    if refs is not None:
        rows = rows.where(col(Opportunity.ref).in_(refs))
        times = times.join(Opportunity, col(Opportunity.id) == col(Slot.opportunity_id))
        times = times.where(col(Opportunity.ref).in_(refs))
        concerned = select(Site.district_id).join(Opportunity, col(Opportunity.site_id) == col(Site.id))
        concerned = concerned.where(col(Opportunity.ref).in_(refs))
    slots: dict[UUID, list[tuple[int, SlotFacts]]] = defaultdict(list)
    for slot in session.exec(times.execution_options(populate_existing=True, yield_per=AT_A_TIME)):
        slots[slot.opportunity_id].append((slot.position, slot_facts(slot)))
    middles = district_middles(session, concerned)
    for row, host, site, district in session.exec(rows.execution_options(populate_existing=True, yield_per=AT_A_TIME)):
        yield opportunity_facts(
            row,
            [facts for _, facts in sorted(slots.pop(row.id, ()), key=lambda one: one[0])],
            site,
            host,
            district.name if district else None,
            middles.get(district.id) if district else None,
        )
