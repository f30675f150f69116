"""Where places and people are in a synthetic Japan: real capitals, invented towns around them (performance §1, Data).

A region hands out the position of row i without remembering the rows before it, so a prefecture of 32,000 places is
the beginning of the same prefecture with 128,000.
"""

from __future__ import annotations

import csv
import itertools
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

SEED = 20251123
SUB_CENTRES = 36
CITY_DISTRICTS = 12
RURAL_SHARE = 0.06
KM_PER_DEGREE = 111.2
BLOCK = 10_000
SIDES = ["中央", "北", "南", "東", "西", "緑", "川", "山手", "港", "本町", "栄", "新町"]
QUARTERS = ("", "上", "下")


@dataclass(frozen=True, eq=False)
class Region:
    """Town centres (degrees), their share of the inhabitants, how widely each spreads, and a rural box around all."""

    key: int
    names: tuple[str, ...]
    latitude: NDArray[np.float64]
    longitude: NDArray[np.float64]
    share: NDArray[np.float64]
    spread_km: NDArray[np.float64]
    countryside_km: float

    def positions(self, count: int, *, stream: int = 0) -> Positions:
        """The first `count` positions; another stream gives other draws from the same towns."""
        parts = [self._block(number, stream) for number in range(-(-count // BLOCK))]
        joined = (np.concatenate(column)[:count] for column in zip(*parts, strict=True))
        return Positions(self.names, *joined)

    def _block(self, number: int, stream: int) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.int16]]:
        draw = np.random.default_rng([SEED, self.key, stream, number])
        town = draw.choice(len(self.share), BLOCK, p=self.share)
        rural = draw.random(BLOCK) < RURAL_SHARE
        spread = self.spread_km[town, None] * draw.normal(size=(BLOCK, 2))
        spread[rural] = draw.uniform(-self.countryside_km, self.countryside_km, (int(rural.sum()), 2))
        latitude = self.latitude[town] + spread[:, 0] / KM_PER_DEGREE
        longitude = self.longitude[town] + spread[:, 1] / (KM_PER_DEGREE * np.cos(np.radians(latitude)))
        return latitude.round(6), longitude.round(6), town.astype(np.int16)


@dataclass(frozen=True, eq=False)
class Positions:
    """Degrees and the number of the town for each row."""

    names: tuple[str, ...]
    latitude: NDArray[np.float64]
    longitude: NDArray[np.float64]
    town: NDArray[np.int16]

    def __len__(self) -> int:
        return len(self.latitude)

    def district(self, row: int) -> str:
        return self.names[self.town[row]]


@cache
def _capitals() -> list[dict[str, str]]:
    with (Path(__file__).parent / "capitals.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _towns(key: int, number: int, count: int, box_km: float, spread_km: float) -> Region:
    """One capital and its sub-centres: the further down the Zipf order, the smaller and the tighter the town."""
    capital = _capitals()[number]
    draw = np.random.default_rng([SEED, key, number])
    away = draw.uniform(-box_km, box_km, (count, 2))
    away[0] = 0
    latitude = float(capital["latitude"]) + away[:, 0] / KM_PER_DEGREE
    zipf = 1 / np.arange(1, count + 1)
    share = zipf / zipf.sum()
    quarters = itertools.islice((f"{capital['capital']}・{q}{s}" for q in QUARTERS for s in SIDES), count)
    return Region(
        key=key,
        names=tuple(quarters),
        latitude=latitude,
        longitude=float(capital["longitude"]) + away[:, 1] / (KM_PER_DEGREE * np.cos(np.radians(latitude))),
        share=share,
        spread_km=spread_km * (1 + 2 * np.sqrt(share)),
        countryside_km=box_km,
    )


def _number(prefecture: str) -> int:
    return next(place for place, row in enumerate(_capitals()) if row["prefecture"] == prefecture)


@cache
def city() -> Region:
    """A city of about 120,000 inhabitants."""
    return _towns(1, _number("鳥取県"), CITY_DISTRICTS, box_km=7, spread_km=0.8)


@cache
def prefecture() -> Region:
    """A prefecture of about seven million inhabitants."""
    return _towns(2, _number("愛知県"), SUB_CENTRES, box_km=45, spread_km=2.5)


@cache
def nationwide() -> Region:
    """All 47 prefectures by their inhabitants."""
    parts = [_towns(3, number, SUB_CENTRES, box_km=45, spread_km=2.5) for number in range(len(_capitals()))]
    thousands = np.array([float(row["thousands"]) for row in _capitals()])
    shares = thousands / thousands.sum()
    return Region(
        key=3,
        names=tuple(name for part in parts for name in part.names),
        latitude=np.concatenate([part.latitude for part in parts]),
        longitude=np.concatenate([part.longitude for part in parts]),
        share=np.concatenate([share * part.share for share, part in zip(shares, parts, strict=True)]),
        spread_km=np.concatenate([part.spread_km for part in parts]),
        countryside_km=45,
    )
