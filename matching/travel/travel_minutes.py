"""How long each of the person's own ways takes to every place (移動): by timetable where there is one, else by speed.

Without a timetable the speed model below stands in; it is stated here once, and shown as 見込み. Distance is a
great-circle distance times a detour, so a minute is a minute by the person's legs, car or bus, not a straight line.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from matching.columns.encodings import FAIL, FOUR, PASS, UNKNOWN, Bools, Floats, Shorts, Verdicts
from matching.columns.jagged import Rows
from matching.inputs.profile import ParticipantProfile, TravelMode
from matching.inputs.recurrence import Horizon, Recurrence, days_on
from matching.pool.opportunity_pool import OpportunityPool
from matching.travel.rides import Rides, rides
from matching.vocabulary import VOCABULARIES

EARTH_RADIUS_KM = 6371.0088
ONLINE = "online"


@dataclass(frozen=True)
class Speed:
    """Kilometres an hour on the road, and minutes that every journey costs (waiting, parking, walking to a stop)."""

    km_per_hour: float
    overhead_minutes: float
    detour: float = 1.3


SPEEDS: Mapping[str, Speed] = {
    "walk": Speed(4.5, 0, 1.25),
    "bicycle": Speed(12, 1),
    "moped": Speed(25, 2),
    "own_car": Speed(36, 2),
    "family_car": Speed(36, 2),
    "staff_car": Speed(36, 2),
    "host_pickup": Speed(36, 2),
    "welfare_transport": Speed(36, 4),
    "taxi": Speed(36, 4),
    "bus": Speed(25, 6),
    "demand_transit": Speed(22, 8),
    "train": Speed(35, 8),
}
ROUGHLY = 1.05
"""A reckoned journey that is longer than the limit by a twentieth may be short enough: nobody has timed it yet."""
FASTEST_KM_PER_HOUR = {"bus": 110.0, "train": 320.0}
"""No timetable is faster than this on the way from door to door."""
DEFAULT_STOP_WALK_MINUTES = 5
Season = tuple[tuple[int, int], tuple[int, int]]
WINTER: Season = (12, 1), (3, 31)
"""The months in which a road that is closed in winter (冬の通行) is closed (domain §3.1 transport_season)."""
ALWAYS = ~np.uint64(0)
# A person who was never asked how far they can go: an hour is certainly worth a question.
ASSUMED_LIMIT_MINUTES = 60


@dataclass(frozen=True)
class Way:
    """One way to all N places: minutes (NaN unknown), whether it is short enough, the days it can be used.

    With a timetable `rides` decide by slot and day, minutes and reach are those of the best hour, and `guess` is the
    speed model's answer, "perhaps" at most, for what the timetable does not know.
    """

    mode: str
    minutes: Floats
    reach: Verdicts
    days: NDArray[np.uint64]
    not_before: int | None
    not_after: int | None
    rides: Rides | None = None
    guess: Way | None = None

    def take(self, rows: Rows) -> Way:
        """The same way to these places alone."""
        return replace(
            self,
            minutes=self.minutes[rows],
            reach=self.reach[rows],
            days=self.days[rows],
            rides=self.rides and self.rides.take(rows),
            guess=self.guess and self.guess.take(rows),
        )


def kilometres(profile: ParticipantProfile, pool: OpportunityPool) -> Floats:
    """Great-circle distance from home to every site in km; NaN where either place is unknown."""
    if profile.latitude is None or profile.longitude is None:
        return np.full(len(pool), np.nan, dtype=np.float32)
    home_latitude, home_longitude = np.radians(profile.latitude), np.radians(profile.longitude)
    latitude, longitude = np.radians(pool.latitude), np.radians(pool.longitude)
    half = (
        np.sin((latitude - home_latitude) / 2) ** 2
        + np.cos(home_latitude) * np.cos(latitude) * np.sin((longitude - home_longitude) / 2) ** 2
    )
    distance: Floats = (2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(half))).astype(np.float32)
    return distance


def minutes_by(mode: str, distance_km: Floats, stop_walk_minutes: Shorts) -> Floats:
    """One-way minutes from door to door."""
    speed = SPEEDS[mode]
    ride = distance_km * np.float32(speed.detour * 60 / speed.km_per_hour) + np.float32(speed.overhead_minutes)
    if mode not in ("bus", "train"):
        return ride
    walk = np.where(stop_walk_minutes < 0, DEFAULT_STOP_WALK_MINUTES, stop_walk_minutes).astype(np.float32)
    return ride + walk


def limits_of(travel: TravelMode, profile: ParticipantProfile) -> list[int]:
    """The minutes one way that this person may take this way; none where nobody has asked."""
    return [limit for limit in (travel.max_minutes, profile.max_travel_minutes) if limit is not None]


def farthest_km(travel: TravelMode, profile: ParticipantProfile, *, timetable: bool) -> float:
    """Kilometres as the crow flies beyond which this way is too far for sure; infinite where nobody has asked."""
    limits, speed = limits_of(travel, profile), SPEEDS[travel.mode]
    if not limits:
        return math.inf
    if timetable and travel.mode in FASTEST_KM_PER_HOUR:
        return min(limits) * FASTEST_KM_PER_HOUR[travel.mode] / 60
    return max(min(limits) * ROUGHLY - speed.overhead_minutes, 0) * speed.km_per_hour / (60 * speed.detour)


def ways(
    profile: ParticipantProfile,
    pool: OpportunityPool,
    horizon: Horizon,
    distance: Floats,
    *,
    free: int,
) -> tuple[Way, ...]:
    """Every way the person has, and joining online where the place offers it.

    `distance` is km from home; of a timetable only the days `free`, as bits of the horizon, count.
    """
    found = [_way(travel, profile, pool, horizon, distance, free) for travel in profile.transport or ()]
    online = pool.online >= FOUR["conditional"]
    if online.any():
        reach = np.where(online, PASS, FAIL).astype(np.int8)
        every_day = np.full(len(pool), horizon.all_days, dtype=np.uint64)
        found.append(Way(ONLINE, np.zeros(len(pool), dtype=np.float32), reach, every_day, None, None))
    return tuple(found)


def _way(
    travel: TravelMode,
    profile: ParticipantProfile,
    pool: OpportunityPool,
    horizon: Horizon,
    distance: Floats,
    free: int,
) -> Way:
    minutes = minutes_by(travel.mode, distance, pool.stop_walk_minutes)
    error = pool.place_error_km + np.float32(profile.home_error_km)
    shortest = minutes_by(travel.mode, np.maximum(distance - error, 0), pool.stop_walk_minutes)
    longest = minutes_by(travel.mode, distance + error, pool.stop_walk_minutes)
    limits = limits_of(travel, profile)
    limit = min(limits, default=ASSUMED_LIMIT_MINUTES)
    too_far = FAIL if limits else UNKNOWN
    unsure = np.isnan(minutes) | ((longest > limit) & (shortest <= limit * ROUGHLY))
    reach = np.where(unsure, UNKNOWN, np.where(minutes <= limit, PASS, too_far))
    reach = np.minimum(reach, _served(travel.mode, profile, pool)).astype(np.int8)
    days = np.full(len(pool), _usable_days(travel, horizon), dtype=np.uint64)
    if travel.mode == "host_pickup":
        served, place = np.unique(pool.pickup_weekdays, return_inverse=True)
        days &= np.array([_pickup_days(int(weekdays), horizon) for weekdays in served], dtype=np.uint64)[place]
    days &= np.where(pool.winter_access == FOUR["no"], ~np.uint64(_days_between(WINTER, None, horizon)), ALWAYS)
    way = Way(travel.mode, minutes, reach, days, travel.not_before, travel.not_after)
    ridden = rides(travel, profile, pool, horizon, limit=limit, firm=bool(limits))
    return way if ridden is None else _by_timetable(way, ridden, free)


def _by_timetable(way: Way, ridden: Rides, free: int) -> Way:
    """The same way as the timetable has it, with the speed model's answer for what the timetable does not know."""
    guess = replace(way, reach=np.minimum(way.reach, UNKNOWN))
    usable = int(np.bitwise_or.reduce(way.days, initial=np.uint64(0))) & free
    minutes, reach = ridden.reach(usable)
    unknown = (ridden.known_days() & np.uint64(usable)) == 0
    return replace(
        way,
        minutes=np.where(unknown, guess.minutes, minutes),
        reach=np.where(unknown, np.maximum(guess.reach, reach), reach).astype(np.int8),
        rides=ridden,
        guess=guess,
    )


def _served(mode: str, profile: ParticipantProfile, pool: OpportunityPool) -> Verdicts:
    """Whether the place is served at all by this way; a place whose nearest stop is a station has no bus to it."""
    if mode == "host_pickup":
        offered = np.where(pool.pickup == FOUR["unknown"], UNKNOWN, np.where(pool.pickup > 0, PASS, FAIL))
        return np.minimum(offered, np.where(_in_pickup_area(profile, pool), PASS, FAIL)).astype(np.int8)
    if mode in ("bus", "train"):
        stop = VOCABULARIES["transport_modes"].bit[mode]
        served = np.where(pool.stop_mode == stop, PASS, FAIL)
        return np.where(pool.stop_mode < 0, UNKNOWN, served).astype(np.int8)
    return np.full(len(pool), PASS, dtype=np.int8)


def _in_pickup_area(profile: ParticipantProfile, pool: OpportunityPool) -> Bools:
    inside: Bools = pool.pickup_anywhere == 1
    if profile.district in pool.districts:
        here = pool.pickup_districts.value == pool.districts.index(profile.district)
        inside = inside.copy()
        inside[pool.pickup_districts.row[here]] = True
    return inside


def _usable_days(travel: TravelMode, horizon: Horizon) -> int:
    return _days_between(travel.season, travel.days, horizon)


def _days_between(season: Season | None, days: frozenset[int] | None, horizon: Horizon) -> int:
    rule = Recurrence(
        days=days, dates=frozenset(), except_dates=frozenset(), start=None, end=None, pattern=None,
        valid_from=None, valid_until=None, season=season, school_period="any", on_holidays="yes",
    )  # fmt: skip
    return days_on(rule, horizon)[0]


def _pickup_days(weekdays: int, horizon: Horizon) -> int:
    return _days_between(None, frozenset(day for day in range(7) if weekdays >> day & 1), horizon)
