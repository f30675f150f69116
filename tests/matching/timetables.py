"""Small fictional timetables: one place for every default, so that a test says only what it is about."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import numpy as np
from hypothesis import strategies as some

from matching.timetable.feeds import Feed, Service, Stop, Trip
from matching.timetable.timetable import Timetable, build_timetable
from matching.travel.travel_minutes import EARTH_RADIUS_KM
from tests.matching.making import HOME, weekdays

FIRST, LAST = date(2026, 4, 1), date(2027, 9, 30)


def minute(clock: str) -> int:
    """「24:10」 as minutes of the service day."""
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)


def stop(name: str, north_km: float, east_km: float = 0) -> Stop:
    """停留所 so far from the neutral person's home."""
    degrees = float(np.degrees(1 / EARTH_RADIUS_KM))
    east = degrees / float(np.cos(np.radians(HOME[0])))
    return Stop(name=name, latitude=HOME[0] + north_km * degrees, longitude=HOME[1] + east_km * east)


def service(days: str = "mon tue wed thu fri", /, **rules: Any) -> Service:
    named: dict[str, Any] = {"first": FIRST, "last": LAST, "added": frozenset(), "removed": frozenset()}
    return Service(weekdays=weekdays(days) or frozenset(), **{**named, **rules})


def trip(*calls: tuple[int, str], runs: int = 0, mode: str = "bus", **more: Any) -> Trip:
    """便: (stop, clock) of every call."""
    times = [minute(clock) for _, clock in calls]
    named: dict[str, Any] = {"arrivals": times, "departures": times, "no_boarding": (), "no_alighting": ()}
    return Trip(mode=mode, service=runs, stops=[place for place, _ in calls], **{**named, **more})


def feed(stops: Iterable[Stop], trips: Iterable[Trip], *services: Service, **more: Any) -> Feed:
    named: dict[str, Any] = {"first": FIRST, "last": LAST}
    return Feed(stops=tuple(stops), trips=tuple(trips), services=services or (service(),), **{**named, **more})


def timetable(*feeds: Feed) -> Timetable:
    return build_timetable(feeds, key="見本")


HOME_STOP, TOWN_STOP = 0, 1
STOPS = (stop("家のまえ", 0.2), stop("役場まえ", 6))


def there(clock: str, **more: Any) -> Trip:
    """Twenty minutes from the stop near home to the one near the town hall, six kilometres north."""
    return trip((HOME_STOP, clock), (TOWN_STOP, _later(clock, 20)), **more)


def back(clock: str, **more: Any) -> Trip:
    return trip((TOWN_STOP, clock), (HOME_STOP, _later(clock, 20)), **more)


def _later(clock: str, minutes: int) -> str:
    at = minute(clock) + minutes
    return f"{at // 60}:{at % 60:02d}"


# --- Any timetable ---------------------------------------------------------------------------------------------------

_STEP_KM = 0.35


def _grid(most: int) -> some.SearchStrategy[tuple[float, float]]:
    return some.tuples(some.integers(-most, most), some.integers(-most, most)).map(
        lambda at: (at[0] * _STEP_KM, at[1] * _STEP_KM)
    )


@some.composite
def feeds(draw: Any, *, least_trips: int = 1, most_trips: int = 8, mode: str = "bus") -> Feed:
    """A few stops around the neutral person's home, and trips between them at any hour, also past midnight."""
    places = draw(some.lists(_grid(5), min_size=2, max_size=6, unique=True))
    services = draw(
        some.lists(
            some.builds(
                service,
                some.sampled_from(["mon tue wed thu fri", "mon tue wed thu fri sat sun", "sat sun", "tue thu sat"]),
                added=some.frozensets(some.dates(date(2026, 11, 25), date(2026, 12, 20)), max_size=2),
                removed=some.frozensets(some.dates(date(2026, 11, 25), date(2026, 12, 20)), max_size=2),
            ),
            min_size=1,
            max_size=2,
        )
    )
    trips = []
    for _ in range(draw(some.integers(least_trips, most_trips))):
        at = draw(some.sampled_from([480, 540, 600, 660, 720, 780, 900, 1020, 1390, 1450, 20])) + draw(
            some.integers(0, 59)
        )
        arrivals, departures, calls = (
            [],
            [],
            draw(some.lists(some.integers(0, len(places) - 1), min_size=2, max_size=5)),
        )
        for _ in calls:
            arrivals.append(at)
            departures.append(at + draw(some.sampled_from([0, 0, 2])))
            at = departures[-1] + draw(some.integers(1, 12))
        held = some.lists(some.integers(0, len(calls) - 1), max_size=1)
        trips.append(
            Trip(
                mode=mode,
                service=draw(some.integers(0, len(services) - 1)),
                stops=calls,
                arrivals=arrivals,
                departures=departures,
                no_boarding=draw(held),
                no_alighting=draw(held),
            )
        )
    return feed([stop(f"停留所{number}", *at) for number, at in enumerate(places)], trips, *services)


TIMETABLES: some.SearchStrategy[Timetable | None] = some.none() | feeds().map(timetable)
