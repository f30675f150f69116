"""Where a pool's columns come from when it is a part of another pool: gathered when they are first read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from matching.columns.jagged import Rows
from matching.inputs.facts import OpportunityFacts

SAME_FOR_ALL = {"calendar", "timetable", "hosts", "districts"}
"""What is no column: the same for every row."""


class Columns(Protocol):
    """A pool as its parts see it: its columns are its attributes."""

    def __len__(self) -> int: ...

    def rows_with(self, refs: Iterable[str]) -> Rows: ...


@dataclass(frozen=True, eq=False)
class Part:
    """Some rows of a pool (None: all of them), with some columns supposed otherwise."""

    whole: Columns
    rows: Rows | None
    supposed: Mapping[str, Any]

    def __len__(self) -> int:
        return len(self.whole) if self.rows is None else len(self.rows)

    def column(self, name: str) -> Any:
        if name in self.supposed:
            return self.supposed[name]
        column = getattr(self.whole, name)
        return column if self.rows is None else taken(name, column, self.rows)

    def rows_with(self, refs: Iterable[str]) -> Rows:
        rows = self.whole.rows_with(refs)
        return rows if self.rows is None else np.flatnonzero(np.isin(self.rows, rows))

    def take(self, rows: Rows) -> Part:
        supposed = {name: taken(name, column, rows) for name, column in self.supposed.items()}
        return Part(self.whole, rows if self.rows is None else self.rows[rows], supposed)

    def having(self, columns: Mapping[str, Any]) -> Part:
        return Part(self.whole, self.rows, {**self.supposed, **columns})


def stacked(parts: Sequence[Part]) -> Part:
    """Parts of one pool, one below the other: places with different things supposed, to be asked about together."""
    whole = parts[0].whole
    rows = np.concatenate([np.arange(len(part)) if part.rows is None else part.rows for part in parts])
    supposed = {name for part in parts for name in part.supposed}
    return Part(whole, rows, {name: _below([part.column(name) for part in parts]) for name in supposed})


def _below(columns: Sequence[Any]) -> Any:
    first = columns[0]
    return np.concatenate(columns) if isinstance(first, np.ndarray) else type(first).stacked(columns)


def taken(name: str, column: Any, rows: Rows) -> Any:
    """These rows of one column."""
    if name == "facts":
        return Chosen(column, rows)
    if name in SAME_FOR_ALL:
        return column
    if not isinstance(column, np.ndarray):
        return column.take(rows)
    # A table keeps each of its few columns in one piece, also in a part of it.
    return column.take(rows) if column.ndim == 1 else column.T.take(rows, axis=1).T


class Chosen(Sequence[OpportunityFacts]):
    """The facts of some rows; each is fetched when it is asked for."""

    def __init__(self, whole: Sequence[OpportunityFacts], rows: Rows) -> None:
        self.whole, self.rows = whole, rows

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, place: Any) -> Any:
        return self.whole[int(self.rows[place])]

    @classmethod
    def stacked(cls, parts: Sequence[Chosen]) -> Chosen:
        """Parts of one pool: they were chosen from the same facts."""
        return cls(parts[0].whole, np.concatenate([part.rows for part in parts]))
