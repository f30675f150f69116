"""What became of one way by timetable, place by place: the best visit there is."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, Self

import numpy as np

from matching.columns.encodings import FAIL, MISSING, PASS, Ints, Verdicts
from matching.columns.jagged import Rows
from matching.timetable.visits import Visits, Wish

_NONE = np.iinfo(np.int32).max
_WORSE = 1 << 20


@dataclass(frozen=True, eq=False)
class Ridden:
    """The best visit to each of N places over all its slots and days; minutes, MISSING where the verdict is FAIL.

    There and back are from door to door (the wait for the ride home counts); `doubt` is why it is only perhaps possible.
    """

    verdict: Verdicts
    doubt: Ints
    there: Ints
    back: Ints
    wait_before: Ints
    wait_after: Ints
    start: Ints
    end: Ints
    rank: Ints

    @classmethod
    def nothing(cls, count: int) -> Self:
        columns: dict[str, Any] = {field.name: np.full(count, MISSING, dtype=np.int32) for field in fields(cls)}
        columns["verdict"] = np.full(count, FAIL, dtype=np.int8)
        columns["rank"] = np.full(count, _NONE, dtype=np.int32)
        return cls(**columns)

    def take(self, rows: Rows) -> Self:
        """The same of these places alone."""
        return type(self)(**{field.name: getattr(self, field.name)[rows] for field in fields(self)})

    def note(self, wish: Wish, visits: Visits) -> None:
        """Keep the visit of each place that is surest, then quickest."""
        there, back = visits.arrive - visits.leave, visits.home - visits.end
        rank = (PASS - visits.verdict).astype(np.int32) * _WORSE + np.maximum(there, back)
        rank[visits.verdict == FAIL] = _NONE
        np.minimum.at(self.rank, wish.row, rank)
        # Of equals the first counts: assignment keeps the last.
        best = np.flatnonzero((rank < _NONE) & (rank == self.rank[wish.row]))[::-1]
        row = wish.row[best]
        self.verdict[row], self.doubt[row] = visits.verdict[best], visits.doubt[best]
        self.there[row], self.back[row] = there[best], back[best]
        self.wait_before[row] = (visits.start - visits.arrive)[best]
        self.wait_after[row] = (visits.depart - visits.end)[best]
        self.start[row], self.end[row] = visits.start[best], visits.end[best]
