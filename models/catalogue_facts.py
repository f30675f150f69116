"""The facts of the catalogue, from its rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from uuid import UUID

from sqlmodel import Session, col, select

from matching.facts import OpportunityFacts
from models.districts import district_middles
from models.municipality import District
from models.opportunity import Opportunity, Slot
from models.organization import Organization
from models.site import Site
from models.snapshots import opportunity_facts


def facts_of(session: Session, refs: Collection[str] | None = None) -> Iterator[OpportunityFacts]:
    """Of every opportunity, or of these; whichever no longer exists is left out. Three or four queries."""
    # One statement, so that an opportunity never stands there without its host.
    rows = (
        select(Opportunity, Organization, Site, District)
        .join(Organization, col(Organization.id) == col(Opportunity.organization_id))
        .outerjoin(Site, col(Site.id) == col(Opportunity.site_id))
        .outerjoin(District, col(District.id) == col(Site.district_id))
    )
    times = select(Slot)
    if refs is not None:
        rows = rows.where(col(Opportunity.ref).in_(refs))
        times = times.join(Opportunity, col(Opportunity.id) == col(Slot.opportunity_id))
        times = times.where(col(Opportunity.ref).in_(refs))
    found = session.exec(rows.execution_options(populate_existing=True)).all()
    slots: dict[UUID, list[Slot]] = defaultdict(list)
    for slot in session.exec(times.execution_options(populate_existing=True)).all():
        slots[slot.opportunity_id].append(slot)
    districts = {district.id for *_, district in found if district is not None}
    middles = district_middles(session, None if refs is None else districts)
    for row, host, site, district in found:
        yield opportunity_facts(
            row,
            sorted(slots[row.id], key=lambda slot: slot.position),
            site,
            host,
            district.name if district else None,
            middles.get(district.id) if district else None,
        )
