"""What became of one way by timetable, place by place: the best visit there is, or what is missing for one."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from matching.columns import FAIL, MISSING, PASS, Bools, Ints, Verdicts
from matching.ragged import Rows
from matching.visits import Connections, Lacks, Visits, Wish

NONE = np.iinfo(np.int32).max
_WORSE = 1 << 20


@dataclass(frozen=True, eq=False)
class Ridden:
    """Columns of N places over all their slots and days; minutes, MISSING where there is nothing to say.

    Of the best visit: its verdict, the minutes there and back from door to door (the wait for the ride home counts),
    the waits, and why it is only perhaps possible. Of places without one: whether only the ride there or only the one
    home is missing for a slot, the rides on either side of what is wished, and by how many minutes the slot would have
    to move for the nearest.
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
    lacks_there: Bools
    lacks_back: Bools
    wished_start: Ints
    early_arrival: Ints
    late_arrival: Ints
    later: Ints
    early_ride: Ints
    late_ride: Ints
    sooner: Ints

    @classmethod
    def nothing(cls, count: int) -> Self:
        columns: dict[str, Any] = {field.name: np.full(count, MISSING, dtype=np.int32) for field in fields(cls)}
        columns["verdict"] = np.full(count, FAIL, dtype=np.int8)
        columns["lacks_there"], columns["lacks_back"] = (np.zeros(count, dtype=bool) for _ in range(2))
        for name in ("rank", "later", "sooner"):
            columns[name] = np.full(count, NONE, dtype=np.int32)
        return cls(**columns)

    def take(self, rows: Rows) -> Self:
        """The same of these places alone."""
        return type(self)(**{field.name: getattr(self, field.name)[rows] for field in fields(self)})

    def meet(self, wish: Wish, connections: Connections) -> Verdicts:
        """The verdicts on these wishes, and what became of them kept."""
        visits = connections.visits(wish)
        self._note(wish, visits)
        failed = np.flatnonzero(visits.verdict == FAIL)
        if len(failed):
            refused = wish.take(failed)
            self._note_lacks(refused, connections.lacks(refused))
        return visits.verdict

    def _note(self, wish: Wish, visits: Visits) -> None:
        """Keep the visit of each place that is surest, then quickest."""
        there, back = visits.arrive - visits.leave, visits.home - visits.end
        rank = (PASS - visits.verdict).astype(np.int32) * _WORSE + np.maximum(there, back)
        rank[visits.verdict == FAIL] = NONE
        np.minimum.at(self.rank, wish.row, rank)
        # Of equals the first counts: assignment keeps the last.
        best = np.flatnonzero((rank < NONE) & (rank == self.rank[wish.row]))[::-1]
        row = wish.row[best]
        self.verdict[row], self.doubt[row] = visits.verdict[best], visits.doubt[best]
        self.there[row], self.back[row] = there[best], back[best]
        self.wait_before[row] = (visits.start - visits.arrive)[best]
        self.wait_after[row] = (visits.depart - visits.end)[best]
        self.start[row], self.end[row] = visits.start[best], visits.end[best]

    def _note_lacks(self, wish: Wish, lacks: Lacks) -> None:
        """Keep the slot of each place that one misses by least."""
        only_there, only_back = lacks.there & ~lacks.back, lacks.back & ~lacks.there
        np.logical_or.at(self.lacks_there, wish.row, only_there)
        np.logical_or.at(self.lacks_back, wish.row, only_back)
        later = np.where(lacks.late_arrival == MISSING, NONE - 1, lacks.late_arrival - wish.start)
        chosen = _closest(self.later, wish.row, later, only_there)
        row = wish.row[chosen]
        self.wished_start[row], self.early_arrival[row] = wish.start[chosen], lacks.early_arrival[chosen]
        self.late_arrival[row] = lacks.late_arrival[chosen]
        sooner = np.where(lacks.early_leave == MISSING, NONE - 1, wish.end - lacks.early_leave)
        chosen = _closest(self.sooner, wish.row, sooner, only_back)
        row = wish.row[chosen]
        self.early_ride[row], self.late_ride[row] = lacks.early_ride[chosen], lacks.late_ride[chosen]


def _closest(distance: Ints, row: Ints, away: Ints, chosen: Bools) -> NDArray[np.intp]:
    """The entries that are nearer than whatever was noted for their place, which is noted; the first of equals last."""
    known = np.flatnonzero(chosen & (away < distance[row]))
    np.minimum.at(distance, row[known], away[known])
    nearest: NDArray[np.intp] = known[away[known] == distance[row[known]]][::-1]
    return nearest
