"""Where the rows of a neighbourhood stand: first those of every neighbourhood, then band by band, west to east in each."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from matching.columns.encodings import FOUR, Bools, Bytes, Degrees, Floats, Ints
from matching.columns.jagged import Rows

BAND_DEGREES = 0.02
"""About two kilometres of latitude: a neighbourhood is a few slices, and little beside it is looked at."""
FINEST_DEGREES = 1e-7
"""A centimetre: longitudes that differ by less stand in any order."""
ROUGHLY_KM = 1.0
"""Places that may be further than this from their coordinates belong to every neighbourhood."""


def everywhere(latitude: Degrees, longitude: Degrees, online: Bytes, error_km: Floats) -> Bools:
    """Rows that belong to every neighbourhood: online, on no map, or only roughly on one."""
    found: Bools = np.isnan(latitude) | np.isnan(longitude) | (online >= FOUR["conditional"]) | (error_km > ROUGHLY_KM)
    return found


def order(latitude: Degrees, longitude: Degrees, all_over: Bools) -> Rows:
    """The rows in the order of a pool. Quick where they nearly stand so already."""
    with np.errstate(invalid="ignore"):
        band = np.where(all_over, 0, np.floor(latitude / BAND_DEGREES)).astype(np.int64)
        along = np.where(all_over, 0, (longitude + 360) / FINEST_DEGREES).astype(np.int64)
    return np.argsort(np.where(all_over, np.iinfo(np.int64).min, (band << 40) + along), kind="stable")


@dataclass(frozen=True, eq=False)
class Bands:
    """So many rows belong to every neighbourhood; `first` says where each band from `lowest` on begins behind them."""

    longitude: Degrees
    all_over: int
    lowest: int
    first: Ints

    @classmethod
    def of(cls, latitude: Degrees, longitude: Degrees, all_over: Bools) -> Bands:
        count = int(np.count_nonzero(all_over))
        band = np.floor(latitude[count:] / BAND_DEGREES).astype(np.int32)
        lowest, highest = (int(band[0]), int(band[-1])) if len(band) else (0, -1)
        first = count + np.searchsorted(band, np.arange(lowest, highest + 2, dtype=np.int32))
        return cls(longitude, count, lowest, first.astype(np.int32))

    def box(self, latitude: tuple[float, float], longitude: tuple[float, float]) -> Rows:
        """Rows between these degrees (whole bands), and those that belong to every neighbourhood."""
        lowest, highest = (math.floor(edge / BAND_DEGREES) for edge in latitude)
        slices = [np.arange(self.all_over, dtype=np.intp)]
        for band in range(max(lowest - self.lowest, 0), min(highest - self.lowest + 1, len(self.first) - 1)):
            start, end = self.first[band : band + 2].tolist()
            low, high = np.searchsorted(self.longitude[start:end], longitude).tolist()
            slices.append(np.arange(start + low, start + high, dtype=np.intp))
        return np.concatenate(slices)
