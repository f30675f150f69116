"""The municipality's catalogue of places as the engine's pool, kept in memory and brought up to date by revision."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from statistics import fmean
from threading import Lock
from uuid import UUID
from weakref import WeakKeyDictionary

import jpholiday
import numpy as np
from sqlalchemy import Engine
from sqlmodel import Session, select

from matching.facts import OpportunityFacts
from matching.pool import OpportunityPool, build_pool
from matching.recurrence import Calendar
from models.municipality import District, Municipality
from models.opportunity import Opportunity, Slot
from models.organization import Organization
from models.scope import scope_of
from models.site import Site
from models.snapshots import Point, opportunity_facts
from models.timetables import timetable_of

CALENDAR_YEARS = 3
"""How many years of public holidays are known ahead and behind, when the municipality gives none of its own."""

_pools: WeakKeyDictionary[Engine, dict[UUID, tuple[tuple[int, int], OpportunityPool]]] = WeakKeyDictionary()
_building = Lock()


def municipality_of(session: Session) -> Municipality:
    """The municipality of this session, read afresh: its revision may have moved."""
    return session.exec(select(Municipality).execution_options(populate_existing=True)).one()


def opportunity_pool(session: Session, *, on: date) -> tuple[OpportunityPool, int]:
    """(the pool, its revision). Built again only when the catalogue was edited; one query otherwise."""
    municipality = municipality_of(session)
    engine = session.get_bind()
    assert isinstance(engine, Engine)
    wanted = municipality.catalogue_revision, on.year
    with _building:
        kept = _pools.setdefault(engine, {}).get(scope_of(session))
    if kept is not None and kept[0] == wanted:
        return kept[1], wanted[0]
    pool = build_pool(_facts(session), calendar_of(municipality, on=on), timetable_of(session))
    with _building:
        _pools[engine][scope_of(session)] = wanted, pool
    return pool, wanted[0]


def _facts(session: Session) -> Iterator[OpportunityFacts]:
    organizations = {row.id: row for row in session.exec(select(Organization)).all()}
    sites = {row.id: row for row in session.exec(select(Site)).all()}
    known_districts = session.exec(select(District)).all()
    districts = {row.id: row.name for row in known_districts}
    centres = district_centres(known_districts, sites.values())
    slots: dict[UUID, list[Slot]] = defaultdict(list)
    for slot in session.exec(select(Slot)).all():
        slots[slot.opportunity_id].append(slot)
    for row in session.exec(select(Opportunity)).all():
        site = sites.get(row.site_id) if row.site_id else None
        district = districts.get(site.district_id) if site and site.district_id else None
        yield opportunity_facts(
            row,
            sorted(slots[row.id], key=lambda slot: slot.position),
            site,
            organizations[row.organization_id],
            district,
            centres.get(district) if district else None,
        )


def district_centres(districts: Iterable[District], sites: Iterable[Site]) -> dict[str, Point]:
    """Name of each district to its middle: as the municipality gave it, else the mean of the sites known to lie in it."""
    names = {district.id: district.name for district in districts}
    inside: dict[str, list[Point]] = defaultdict(list)
    for site in sites:
        if site.district_id and site.latitude is not None and site.longitude is not None:
            inside[names[site.district_id]].append((site.latitude, site.longitude))
    means = {
        name: (fmean(one for one, _ in points), fmean(one for _, one in points)) for name, points in inside.items()
    }
    return {**means, **{district.name: given for district in districts if (given := middle_given(district))}}


def middle_given(district: District) -> Point | None:
    if district.latitude is None or district.longitude is None:
        return None
    return district.latitude, district.longitude


def middle_of(district: District | None, pool: OpportunityPool) -> Point | None:
    """The middle of somebody's district, from the places of the pool that are known to lie in it."""
    if district is None:
        return None
    here = pool.rows_in([district.name]) & (pool.place_error_km == 0) & ~np.isnan(pool.latitude)
    if (given := middle_given(district)) or not here.any():
        return given
    return float(pool.latitude[here].mean()), float(pool.longitude[here].mean())


def calendar_of(municipality: Municipality, *, on: date) -> Calendar:
    """The municipality's own calendar; without one, the public holidays of Japan around `on`."""
    given = municipality.calendar or {}
    breaks = tuple(
        (date.fromisoformat(one["from"]), date.fromisoformat(one["until"])) for one in given.get("school_breaks", ())
    )
    if "holidays" in given:
        return Calendar(frozenset(date.fromisoformat(day) for day in given["holidays"]), breaks)
    first = on.replace(month=1, day=1) - timedelta(days=1)
    last = first + timedelta(days=366 * CALENDAR_YEARS)
    return Calendar(frozenset(day for day, _ in jpholiday.between(first, last)), breaks)
