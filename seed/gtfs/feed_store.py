"""Keeping a feed that was read: it takes the place of the feed of the same operator, all of it or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, delete, select

from models.transit import TransitFeed, TransitService, TransitStop, TransitTrip
from seed.gtfs.feed import ReadFeed, TripRow

FLUSH_EVERY = 500


@dataclass(frozen=True)
class Count:
    """How many there are now, and of those how many are new and how many are gone since the feed that was replaced."""

    now: int
    new: int
    gone: int


@dataclass(frozen=True)
class Replaced:
    """What an import changed; `again` says whether there was a feed of this operator before."""

    again: bool
    stops: Count
    routes: Count
    trips: Count


def keep_feed(
    session: Session,
    feed: ReadFeed,
    *,
    source: str,
    at: datetime,
    walk: Callable[[list[TripRow]], Iterable[TripRow]] = iter,
) -> Replaced:
    """Write the feed in the place of the one with the same key; the caller commits."""
    before = session.exec(select(TransitFeed.id).where(TransitFeed.key == feed.key)).first()
    old_stops: set[str] = set()
    old_routes: set[str] = set()
    old_trips: set[str] = set()
    if before is not None:
        old_stops.update(session.exec(select(TransitStop.ref).where(TransitStop.feed_id == before)).all())
        for trip, route in session.exec(
            select(TransitTrip.ref, TransitTrip.route_ref).where(TransitTrip.feed_id == before)
        ).all():
            old_trips.add(trip)
            old_routes.add(route)
        for table in (TransitTrip, TransitService, TransitStop):
            session.execute(delete(table).where(col(table.feed_id) == before))
        session.execute(delete(TransitFeed).where(col(TransitFeed.id) == before))
    _write(session, feed, source=source, at=at, walk=walk)
    return Replaced(
        again=before is not None,
        stops=_count({stop.ref for stop in feed.stops}, old_stops),
        routes=_count({trip.route_ref for trip in feed.trips}, old_routes),
        trips=_count({trip.ref for trip in feed.trips}, old_trips),
    )


def _count(now: set[str], before: set[str]) -> Count:
    return Count(len(now), len(now - before), len(before - now))


def _write(
    session: Session,
    feed: ReadFeed,
    *,
    source: str,
    at: datetime,
    walk: Callable[[list[TripRow]], Iterable[TripRow]],
) -> None:
    row = TransitFeed(
        key=feed.key,
        name=feed.name,
        version=feed.version,
        source=source,
        first_day=feed.first,
        last_day=feed.last,
        imported_at=at,
    )
    session.add(row)
    session.flush()
    for position, stop in enumerate(feed.stops):
        session.add(
            TransitStop(
                feed_id=row.id,
                position=position,
                ref=stop.ref,
                name=stop.name,
                latitude=stop.latitude,
                longitude=stop.longitude,
            )
        )
    for position, service in enumerate(feed.services):
        session.add(
            TransitService(
                feed_id=row.id,
                position=position,
                ref=service.ref,
                weekdays=list(service.weekdays),
                first_day=service.first,
                last_day=service.last,
                added=[day.isoformat() for day in service.added],
                removed=[day.isoformat() for day in service.removed],
            )
        )
    for number, trip in enumerate(walk(list(feed.trips)), start=1):
        session.add(
            TransitTrip(
                feed_id=row.id,
                ref=trip.ref,
                route_ref=trip.route_ref,
                line=trip.line,
                headsign=trip.headsign,
                mode=trip.mode,
                service=trip.service,
                stops=list(trip.stops),
                arrivals=list(trip.arrivals),
                departures=list(trip.departures),
                no_boarding=list(trip.no_boarding) or None,
                no_alighting=list(trip.no_alighting) or None,
            )
        )
        if number % FLUSH_EVERY == 0:
            session.flush()
    session.flush()
