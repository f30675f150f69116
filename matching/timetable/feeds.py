"""What operators publish (GTFS-JP), as the engine's timetable is built from it: stops, service days and trips.

Times are minutes from midnight of the service day and run past 24:00 into the night after it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

MODES = ("bus", "train")
"""What a feed can answer for; a bus that comes only when it is called stays with the speed model."""


@dataclass(frozen=True, kw_only=True)
class Service:
    """運行日: the weekdays (0 is Monday) of a period, with single dates added and removed."""

    weekdays: frozenset[int]
    first: date | None
    last: date | None
    added: frozenset[date]
    removed: frozenset[date]

    def runs_on(self, day: date) -> bool:
        if day in self.added:
            return True
        within = (self.first is None or self.first <= day) and (self.last is None or day <= self.last)
        return within and day.weekday() in self.weekdays and day not in self.removed


@dataclass(frozen=True, kw_only=True)
class Stop:
    """停留所・駅, WGS84 degrees."""

    name: str
    latitude: float
    longitude: float


@dataclass(frozen=True, kw_only=True)
class Trip:
    """便: one run of a vehicle; one stop, arrival and departure per call. `no_boarding` are positions among the calls."""

    mode: str
    service: int
    stops: Sequence[int]
    arrivals: Sequence[int]
    departures: Sequence[int]
    no_boarding: Sequence[int]
    no_alighting: Sequence[int]


@dataclass(frozen=True, kw_only=True)
class Feed:
    """One operator's timetable, valid from its first to its last day."""

    first: date
    last: date
    stops: Sequence[Stop]
    services: Sequence[Service]
    trips: Sequence[Trip]
