"""The municipality's timetables as the engine reads them: built once from the rows of every feed, kept in memory."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from threading import Lock
from typing import Any
from uuid import UUID
from weakref import WeakKeyDictionary

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from matching.timetable.feeds import Feed, Service, Stop, Trip
from matching.timetable.timetable import Timetable, build_timetable
from models.scope import scope_of
from models.transit import TransitFeed, TransitService, TransitStop, TransitTrip

_timetables: WeakKeyDictionary[Engine, dict[UUID, Timetable]] = WeakKeyDictionary()
_building = Lock()


def timetable_of(session: Session) -> Timetable | None:
    """Every feed of this municipality together; None without any. One query, four where a feed was imported since."""
    feeds = session.exec(select(TransitFeed).order_by(TransitFeed.key)).all()
    if not feeds:
        return None
    key = " ".join(str(feed.id) for feed in feeds)
    engine = session.get_bind()
    assert isinstance(engine, Engine)
    with _building:
        kept = _timetables.setdefault(engine, {}).get(scope_of(session))
    if kept is not None and kept.key == key:
        return kept
    timetable = build_timetable(_feeds(session, feeds), key=key)
    with _building:
        _timetables[engine][scope_of(session)] = timetable
    return timetable


def _feeds(session: Session, feeds: Iterable[TransitFeed]) -> list[Feed]:
    stops: dict[UUID, list[Stop]] = defaultdict(list)
    services: dict[UUID, list[Service]] = defaultdict(list)
    trips: dict[UUID, list[Trip]] = defaultdict(list)
    for stop in session.exec(select(TransitStop).order_by(col(TransitStop.position))).all():
        stops[stop.feed_id].append(Stop(name=stop.name, latitude=stop.latitude, longitude=stop.longitude))
    for service in session.exec(select(TransitService).order_by(col(TransitService.position))).all():
        services[service.feed_id].append(
            Service(
                weekdays=frozenset(service.weekdays),
                first=service.first_day,
                last=service.last_day,
                added=_days(service.added),
                removed=_days(service.removed),
            )
        )
    for feed_id, trip in _trips(session):
        trips[feed_id].append(trip)
    return [
        Feed(
            first=feed.first_day,
            last=feed.last_day,
            stops=stops[feed.id],
            services=services[feed.id],
            trips=trips[feed.id],
        )
        for feed in feeds
    ]


def _trips(session: Session) -> Iterable[tuple[UUID, Trip]]:
    """Columns instead of records: a large city has ten thousand of them."""
    columns: list[Any] = [
        TransitTrip.feed_id, TransitTrip.mode, TransitTrip.service, TransitTrip.stops, TransitTrip.arrivals,
        TransitTrip.departures, TransitTrip.no_boarding, TransitTrip.no_alighting,
    ]  # fmt: skip
    rows = session.execute(select(*columns).order_by(col(TransitTrip.feed_id), col(TransitTrip.ref))).all()
    for feed_id, mode, service, stops, arrivals, departures, no_boarding, no_alighting in rows:
        trip = Trip(
            mode=mode,
            service=service,
            stops=stops,
            arrivals=arrivals,
            departures=departures,
            no_boarding=no_boarding or (),
            no_alighting=no_alighting or (),
        )
        yield feed_id, trip


def _days(days: Iterable[str]) -> frozenset[date]:
    return frozenset(date.fromisoformat(day) for day in days)
