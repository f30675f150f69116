"""A feed as it was read, in the order of its files: what is kept of it, and what was left out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class StopRow:
    """停留所・駅."""

    ref: str
    name: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """運行日; weekday 0 is Monday. Without a period it runs on its single dates alone."""

    ref: str
    weekdays: tuple[int, ...]
    first: date | None
    last: date | None
    added: tuple[date, ...]
    removed: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class TripRow:
    """便: minutes of the service day; stops and service by their positions, the last two by the position of the call."""

    ref: str
    route_ref: str
    line: str
    headsign: str
    mode: str
    service: int
    stops: tuple[int, ...]
    arrivals: tuple[int, ...]
    departures: tuple[int, ...]
    no_boarding: tuple[int, ...]
    no_alighting: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ReadFeed:
    """One operator's timetable; `left_out` are sentences about what it holds and we cannot use."""

    key: str
    name: str
    version: str
    first: date
    last: date
    stops: tuple[StopRow, ...]
    services: tuple[ServiceRow, ...]
    trips: tuple[TripRow, ...]
    left_out: tuple[str, ...]
