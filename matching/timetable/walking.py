"""On foot (徒歩): how long a walk takes and which points lie within one, stated once for every use of a timetable."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.columns.encodings import Degrees, Ints

KM_PER_HOUR = 4.5
DETOUR = 1.25
"""Streets against the crow's line; both numbers as in the speed model of `matching.travel.travel_minutes`."""
WALK_MINUTES = 15
"""To or from a stop, unless the person's own walking limit says otherwise."""
MOST_WALK_MINUTES = 20
TOO_FAR = 1_000_000
_MINUTES_PER_KM = DETOUR * 60 / KM_PER_HOUR
_KM_PER_DEGREE = 111.195


@dataclass(frozen=True, eq=False)
class Nearby:
    """Walks from N points: those of point n are the `count[n]` entries of `target` and `minutes` from `first[n]` on."""

    first: Ints
    count: Ints
    target: Ints
    minutes: Ints

    def take(self, rows: NDArray[np.intp]) -> Nearby:
        """The walks from these points alone, in this order."""
        count = self.count[rows]
        entry = spread(self.first[rows], count)
        return Nearby((np.cumsum(count) - count).astype(np.int32), count, self.target[entry], self.minutes[entry])

    def within(self, minutes: int) -> Nearby:
        """The walks that take no longer than this."""
        kept = self.minutes <= minutes
        before = np.concatenate([[0], np.cumsum(kept)]).astype(np.int32)
        first = before[self.first]
        return Nearby(first, before[self.first + self.count] - first, self.target[kept], self.minutes[kept])


def spread(first: NDArray[np.integer], count: NDArray[np.integer]) -> NDArray[np.int64]:
    """The positions first[i] .. first[i] + count[i] - 1 for every i, one after another."""
    ends = np.cumsum(count, dtype=np.int64)
    whole: NDArray[np.int64] = np.arange(ends[-1] if len(ends) else 0) + np.repeat(first - ends + count, count)
    return whole


def minutes_on_foot(latitude: Degrees, longitude: Degrees, to_latitude: Degrees, to_longitude: Degrees) -> Ints:
    """Whole minutes of every walk, TOO_FAR from or to an unknown point.

    Reckoned on a plane: good to a metre over the few kilometres that anybody walks.
    """
    north = (to_latitude - latitude) * _KM_PER_DEGREE
    east = (to_longitude - longitude) * np.cos(np.radians(latitude)) * _KM_PER_DEGREE
    walk = np.nan_to_num(np.hypot(north, east) * _MINUTES_PER_KM, nan=TOO_FAR)
    return np.ceil(np.round(walk, 6)).astype(np.int32)


def near(latitude: Degrees, longitude: Degrees, to_latitude: Degrees, to_longitude: Degrees, *, within: int) -> Nearby:
    """Which of the target points lie within so many whole minutes of each point; none from an unknown point."""
    order = np.argsort(to_latitude, kind="stable")
    northwards = to_latitude[order]
    band = (within + 1) / _MINUTES_PER_KM / _KM_PER_DEGREE
    known = np.flatnonzero(~(np.isnan(latitude) | np.isnan(longitude)))
    low = np.searchsorted(northwards, latitude[known] - band)
    count = np.searchsorted(northwards, latitude[known] + band, side="right") - low
    origin, target = np.repeat(known, count), order[spread(low, count)]
    minutes = minutes_on_foot(latitude[origin], longitude[origin], to_latitude[target], to_longitude[target])
    kept = minutes <= within
    counts = np.bincount(origin[kept], minlength=len(latitude))
    return Nearby(
        first=(np.cumsum(counts) - counts).astype(np.int32),
        count=counts.astype(np.int32),
        target=target[kept].astype(np.int32),
        minutes=minutes[kept],
    )
