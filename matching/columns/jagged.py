"""Facts of which a row has none, one or many, kept flat: `first` says where the values of each row begin.

The values of row r are those from `first[r]` up to `first[r + 1]`, so N rows have N + 1 beginnings.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Self, TypeVar

import numpy as np
from numpy.typing import NDArray

from matching.columns.encodings import Bools, Ints, Shorts
from matching.columns.slot_patterns import Times, joined

Rows = NDArray[np.intp]
Number = TypeVar("Number", bound=np.generic)


def beginnings(counts: Sequence[int] | NDArray[np.intp]) -> Ints:
    """Where each row's values begin, from how many it has."""
    first = np.zeros(len(counts) + 1, dtype=np.int32)
    np.cumsum(counts, out=first[1:])
    return first


def picked(first: Ints, rows: Rows) -> tuple[Ints, Ints | slice]:
    """(beginnings of the chosen rows among themselves, where their values stand among all values)."""
    counts = first[rows + 1] - first[rows]
    chosen = beginnings(counts)
    if len(rows) and rows[-1] - rows[0] == len(rows) - 1 and (np.diff(rows) == 1).all():
        return chosen, slice(int(first[rows[0]]), int(first[rows[-1] + 1]))
    positions: Ints = np.arange(chosen[-1], dtype=np.int32) + np.repeat(first[rows] - chosen[:-1], counts)
    return chosen, positions


def at(values: NDArray[Number], positions: Ints | slice) -> NDArray[Number]:
    """The values that stand there."""
    return values[positions].copy() if isinstance(positions, slice) else values.take(positions)


def below(parts: Sequence[Ints]) -> Ints:
    """The beginnings of all parts, one below the other."""
    return beginnings(np.concatenate([np.diff(first) for first in parts]))


@dataclass(frozen=True, kw_only=True)
class Ragged:
    """The beginnings, and the row of every value."""

    first: Ints

    @cached_property
    def row(self) -> Ints:
        """The row each value belongs to."""
        return np.repeat(np.arange(len(self.first) - 1, dtype=np.int32), np.diff(self.first))


@dataclass(frozen=True, kw_only=True)
class Pairs(Ragged):
    """One number a value."""

    value: Ints

    @classmethod
    def of(cls, values: Sequence[Sequence[int]]) -> Self:
        flat = [value for several in values for value in several]
        return cls(first=beginnings([len(several) for several in values]), value=np.array(flat, dtype=np.int32))

    def take(self, rows: Rows) -> Self:
        first, positions = picked(self.first, rows)
        return type(self)(first=first, value=at(self.value, positions))

    @classmethod
    def stacked(cls, parts: Sequence[Self]) -> Self:
        first = below([part.first for part in parts])
        return cls(first=first, value=np.concatenate([part.value for part in parts]))


@dataclass(frozen=True, kw_only=True)
class Slots(Ragged):
    """Layer 4 flattened: one value a slot. Times in minutes, -1 unknown; `time` is its number among `times`.

    Where `days_told` is false, its days are those on which it may be: on which of them it is, nobody has said.
    """

    start: Shorts
    end: Shorts
    open_places: Shorts
    days_told: Bools
    time: Ints
    times: Times

    @cached_property
    def told(self) -> Bools:
        """Slots of which days and hours are known."""
        told: Bools = self.days_told & (self.start >= 0)
        return told

    def take(self, rows: Rows) -> Self:
        first, positions = picked(self.first, rows)
        return type(self)(
            first=first,
            start=at(self.start, positions),
            end=at(self.end, positions),
            open_places=at(self.open_places, positions),
            days_told=at(self.days_told, positions),
            time=at(self.time, positions),
            times=self.times,
        )

    @classmethod
    def stacked(cls, parts: Sequence[Self]) -> Self:
        """One below the other; parts of one pool share their times, supposed ones may bring their own."""
        times, numbers = joined([(part.times, part.time) for part in parts])
        return cls(
            first=below([part.first for part in parts]),
            start=np.concatenate([part.start for part in parts]),
            end=np.concatenate([part.end for part in parts]),
            open_places=np.concatenate([part.open_places for part in parts]),
            days_told=np.concatenate([part.days_told for part in parts]),
            time=np.concatenate(numbers),
            times=times,
        )
