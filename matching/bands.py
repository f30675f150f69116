"""Where the rows of a neighbourhood stand: a pool is ordered band by band of latitude, and from west to east in each."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from matching.columns import Bools, Degrees, Ints
from matching.ragged import Rows

BAND_DEGREES = 0.02
"""About two kilometres: a neighbourhood is a few slices, and little beside it is looked at."""
OFF_THE_MAP = -(10**6)


def band_of(latitude: float) -> int:
    """Number of the band, counted from the equator."""
    return math.floor(latitude / BAND_DEGREES)


@dataclass(frozen=True, eq=False)
class Bands:
    """Rows off the map stand first; `first` says where each band from `lowest` on begins.

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
        off = int(np.count_nonzero(np.isnan(latitudes)))
        band = np.floor(latitudes[off:] / BAND_DEGREES).astype(np.int32)
        lowest, highest = (int(band[0]), int(band[-1])) if len(band) else (0, -1)
        first = off + np.searchsorted(band, np.arange(lowest, highest + 2, dtype=np.int32))
        rows = np.flatnonzero(everywhere | np.isnan(latitudes))
        return cls(longitudes, lowest, first.astype(np.int32), rows, latitudes[rows], longitudes[rows])

    def box(self, latitude: tuple[float, float], longitude: tuple[float, float]) -> Rows:
        """Rows between these degrees (whole bands), and those that belong to every neighbourhood."""
        lowest, highest = (band_of(edge) for edge in latitude)
        west, east = longitude
        slices = []
        for band in range(max(lowest - self.lowest, 0), min(highest - self.lowest + 1, len(self.first) - 1)):
            start, end = self.first[band : band + 2].tolist()
            low, high = np.searchsorted(self.longitudes[start:end], longitude).tolist()
            slices.append(np.arange(start + low, start + high, dtype=np.intp))
        at = np.floor(self.latitude / BAND_DEGREES)
        inside = (at >= lowest) & (at <= highest) & (self.longitude >= west) & (self.longitude < east)
        return np.concatenate([self.everywhere[~inside], *slices])
