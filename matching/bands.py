"""Where the rows of a neighbourhood stand: a pool is ordered band by band of latitude, and from west to east in each."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from matching.columns import Bools, Degrees, Ints
from matching.ragged import Rows

BAND_DEGREES = 0.02
"""About two kilometres: a neighbourhood is a few slices, and little beside it is looked at."""
FINEST_DEGREES = 1e-7
"""A centimetre: longitudes that differ by less stand in any order."""


def off_the_map(latitudes: Degrees, longitudes: Degrees) -> Bools:
    """Rows without a place on it."""
    off: Bools = np.isnan(latitudes) | np.isnan(longitudes)
    return off


def order(latitudes: Degrees, longitudes: Degrees) -> Rows:
    """The rows in the order of a pool: off the map first, then band by band. Quick where they nearly stand so already."""
    off = off_the_map(latitudes, longitudes)
    with np.errstate(invalid="ignore"):
        band = np.where(off, 0, np.floor(latitudes / BAND_DEGREES)).astype(np.int64)
        along = np.where(off, 0, (longitudes + 360) / FINEST_DEGREES).astype(np.int64)
    return np.argsort(np.where(off, np.iinfo(np.int64).min, (band << 40) + along), kind="stable")


@dataclass(frozen=True, eq=False)
class Bands:
    """`first` says where each band from `lowest` on begins.

    `everywhere` are the rows that belong to every neighbourhood, with their own degrees (NaN off the map).
    """

    longitudes: Degrees
    lowest: int
    first: Ints
    everywhere: Rows
    latitude: Degrees
    longitude: Degrees

    @classmethod
    def of(cls, latitudes: Degrees, longitudes: Degrees, everywhere: Bools) -> Bands:
        off = off_the_map(latitudes, longitudes)
        start = int(np.count_nonzero(off))
        band = np.floor(latitudes[start:] / BAND_DEGREES).astype(np.int32)
        lowest, highest = (int(band[0]), int(band[-1])) if len(band) else (0, -1)
        first = start + np.searchsorted(band, np.arange(lowest, highest + 2, dtype=np.int32))
        rows = np.flatnonzero(everywhere | off)
        return cls(longitudes, lowest, first.astype(np.int32), rows, latitudes[rows], longitudes[rows])

    def box(self, latitude: tuple[float, float], longitude: tuple[float, float]) -> Rows:
        """Rows between these degrees (whole bands), and those that belong to every neighbourhood."""
        lowest, highest = (math.floor(edge / BAND_DEGREES) for edge in latitude)
        west, east = longitude
        slices = []
        for band in range(max(lowest - self.lowest, 0), min(highest - self.lowest + 1, len(self.first) - 1)):
            start, end = self.first[band : band + 2].tolist()
            low, high = np.searchsorted(self.longitudes[start:end], longitude).tolist()
            slices.append(np.arange(start + low, start + high, dtype=np.intp))
        at = np.floor(self.latitude / BAND_DEGREES)
        inside = (at >= lowest) & (at <= highest) & (self.longitude >= west) & (self.longitude < east)
        return np.concatenate([self.everywhere[~inside], *slices])
