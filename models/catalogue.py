"""The municipality's catalogue of places as the engine's pool, kept in memory and brought up to date by revision."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from threading import Lock
from uuid import UUID
from weakref import WeakKeyDictionary

import jpholiday
from sqlalchemy import Engine
from sqlmodel import Session, select

from matching.inputs.recurrence import Calendar
from matching.pool.building import build_pool
from matching.pool.opportunity_pool import OpportunityPool
from matching.pool.pool_updates import replaced
from models.catalogue_facts import facts_of
from models.municipality import Municipality
from models.revision_log import changed_between
from models.scope import edits_catalogue, scope_of
from models.timetables import timetable_of

CALENDAR_YEARS = 3
"""How many years of public holidays are known ahead and behind, when the municipality gives none of its own."""
MOST_TOLD_ANEW = 1_000
"""After more edited opportunities than this the whole is read again."""


@dataclass(frozen=True)
class _Kept:
    """A pool as this process knows it."""

    pool: OpportunityPool
    revision: int
    year: int


_pools: WeakKeyDictionary[Engine, dict[UUID, _Kept]] = WeakKeyDictionary()
_keeping = Lock()


def municipality_of(session: Session) -> Municipality:
    """The municipality of this session, read afresh: its revision may have moved."""
    return session.exec(select(Municipality).execution_options(populate_existing=True)).one()


def opportunity_pool(session: Session, *, on: date) -> tuple[OpportunityPool, int]:
    """(the pool, its revision). One query where nothing was edited; what was edited is told anew, the rest stays."""
    municipality = municipality_of(session)
    engine = session.get_bind()
    assert isinstance(engine, Engine)
    with _keeping:
        kept = _pools.setdefault(engine, {}).get(scope_of(session))
    if kept is None or (kept.revision, kept.year) != (municipality.catalogue_revision, on.year):
        kept = _Kept(_read(session, municipality, kept, on), municipality.catalogue_revision, on.year)
        # What is not committed may never be, and its revision may come to mean something else.
        if not edits_catalogue(session):
            with _keeping:
                _pools[engine][scope_of(session)] = kept
    return kept.pool, kept.revision


def _read(session: Session, municipality: Municipality, kept: _Kept | None, on: date) -> OpportunityPool:
    touched = None
    if kept is not None and kept.year == on.year:
        touched = changed_between(session, kept.revision, municipality.catalogue_revision)
    if kept is None or touched is None or len(touched) > MOST_TOLD_ANEW:
        with _uncollected():
            return build_pool(facts_of(session), calendar_of(municipality, on=on), timetable_of(session))
    return replaced(kept.pool, touched, facts_of(session, touched)) if touched else kept.pool


@contextmanager
def _uncollected() -> Iterator[None]:
    """Nothing of what is read is rubbish: to look through it over and over takes as long as to read it, and later halts
    a page for a moment. It goes by its last reference, as it holds no circle."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.collect()
        gc.freeze()
        if collects:
            gc.enable()


def calendar_of(municipality: Municipality, *, on: date) -> Calendar:
    """The municipality's own calendar; without one, and after its last holiday, the public holidays of Japan."""
    given = municipality.calendar if isinstance(municipality.calendar, dict) else {}
    breaks = _breaks(given.get("school_breaks"))
    holidays = given.get("holidays")
    own = [day for one in holidays if (day := _day(one))] if isinstance(holidays, list) else None
    if own == []:
        return Calendar(frozenset(), breaks)
    first = on.replace(month=1, day=1) - timedelta(days=1)
    last = first + timedelta(days=366 * CALENDAR_YEARS)
    public = (day for day, _ in jpholiday.between(first, last))
    if own is None:
        return Calendar(frozenset(public), breaks)
    # Where the municipality's list ends, its holidays do not.
    return Calendar(frozenset(own) | {day for day in public if day > max(own)}, breaks)


def _breaks(given: object) -> tuple[tuple[date, date], ...]:
    """School breaks as stored; one that cannot be read is left out."""
    entries = [one for one in given if isinstance(one, dict)] if isinstance(given, list) else []
    pairs = [(_day(one.get("from")), _day(one.get("until"))) for one in entries]
    return tuple((first, last) for first, last in pairs if first and last)


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
