"""A timetable (時刻表) of buses and trains in columns, and which of it runs on which day. No clock, no database.

Times are minutes from midnight of the service day and run past 24:00 into the night after it, as in GTFS-JP. Public
holidays are whatever the operator says they are: single dates on which a service runs or rests besides.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

import numpy as np

from matching.columns.encodings import Bools, Bytes, Degrees, Ints, degree_column, whole_column
from matching.timetable.feeds import MODES, Feed, Service, Trip
from matching.timetable.walking import Nearby, near

CHANGE_WALK_MINUTES = 5
"""Two stops further apart than this are not changed between."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Timetable:
    """Every feed of one municipality: S stops, T trips (calls of trip t from trip_first[t] on), C calls.

    `key` is whatever tells this timetable from others of the municipality.
    """

    key: str
    services: tuple[Service, ...]
    periods: Mapping[str, tuple[tuple[date, date], ...]]
    """Mode to the validity of every feed that has it."""
    stop_names: tuple[str, ...]
    latitude: Degrees
    longitude: Degrees
    trip_service: Ints
    trip_mode: Bytes
    trip_first: Ints
    call_stop: Ints
    call_arrive: Ints
    call_depart: Ints
    call_boards: Bools
    call_alights: Bools

    @cached_property
    def changes(self) -> Nearby:
        """Stops between which one changes on foot, each stop with itself."""
        place = self.latitude, self.longitude
        return near(*place, *place, within=CHANGE_WALK_MINUTES)

    @cached_property
    def latest(self) -> int:
        """The last minute of any service day; beyond 1440 where buses run past midnight."""
        return int(self.call_arrive.max(initial=0))

    @cached_property
    def services_of(self) -> Mapping[str, frozenset[int]]:
        """Mode to the services that any trip of it runs on."""
        return {
            mode: frozenset(np.unique(self.trip_service[self.trip_mode == place]).tolist())
            for place, mode in enumerate(MODES)
        }

    def has(self, mode: str) -> bool:
        return bool(self.periods.get(mode))

    def covers(self, mode: str, day: date) -> bool:
        """Whether every feed of this mode is valid on that day; only then is a missing ride no ride."""
        first, last = self.validity(mode)
        return first <= day <= last

    def running(self, mode: str, day: date) -> frozenset[int]:
        return _running(self, mode, day)

    def validity(self, mode: str) -> tuple[date, date]:
        """(first, last) day on which every feed of this mode is valid."""
        return max(first for first, _ in self.periods[mode]), min(last for _, last in self.periods[mode])


@lru_cache(maxsize=4096)
def _running(timetable: Timetable, mode: str, day: date) -> frozenset[int]:
    return frozenset(place for place in timetable.services_of[mode] if timetable.services[place].runs_on(day))


def build_timetable(feeds: Sequence[Feed], *, key: str) -> Timetable:
    """All feeds in one set of columns."""
    stops = [stop for feed in feeds for stop in feed.stops]
    services = tuple(_within(feed, service) for feed in feeds for service in feed.services)
    trips: list[tuple[Trip, int, int]] = []
    first_stop = first_service = 0
    for feed in feeds:
        trips.extend((trip, first_stop, first_service) for trip in feed.trips)
        first_stop, first_service = first_stop + len(feed.stops), first_service + len(feed.services)
    lengths = [len(trip.stops) for trip, _, _ in trips]
    trip_first = np.concatenate([[0], np.cumsum(lengths, dtype=np.int64)]).astype(np.int32)
    boards, alights = (np.ones(int(trip_first[-1]), dtype=bool) for _ in range(2))
    for (trip, _, _), first in zip(trips, trip_first, strict=False):
        boards[[int(first) + call for call in trip.no_boarding]] = False
        alights[[int(first) + call for call in trip.no_alighting]] = False
    return Timetable(
        key=key,
        services=services,
        periods={
            mode: tuple((feed.first, feed.last) for feed in feeds if any(trip.mode == mode for trip in feed.trips))
            for mode in MODES
        },
        stop_names=tuple(stop.name for stop in stops),
        latitude=degree_column([stop.latitude for stop in stops]),
        longitude=degree_column([stop.longitude for stop in stops]),
        trip_service=whole_column([trip.service + first for trip, _, first in trips]),
        trip_mode=np.array([MODES.index(trip.mode) for trip, _, _ in trips], dtype=np.int8),
        trip_first=trip_first,
        call_stop=whole_column([stop + first for trip, first, _ in trips for stop in trip.stops]),
        call_arrive=whole_column([minute for trip, _, _ in trips for minute in trip.arrivals]),
        call_depart=whole_column([minute for trip, _, _ in trips for minute in trip.departures]),
        call_boards=boards,
        call_alights=alights,
    )


def _within(feed: Feed, service: Service) -> Service:
    """A service as far as its feed is valid: what is written for later days has not been promised."""
    return Service(
        weekdays=service.weekdays,
        first=max(service.first or feed.first, feed.first),
        last=min(service.last or feed.last, feed.last),
        added=frozenset(day for day in service.added if feed.first <= day <= feed.last),
        removed=service.removed,
    )
