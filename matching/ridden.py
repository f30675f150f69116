"""What became of one way by timetable, place by place: the best visit there is, or what is missing for one."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Self

import numpy as np

from matching.columns import FAIL, MISSING, PASS, Bools, Ints, Verdicts
from matching.ragged import Rows
from matching.visits import Connections, Lacks, Visits, Wish

NONE = np.iinfo(np.int32).max
_WORSE = 1 << 20


@dataclass(frozen=True, eq=False)
class Ridden:
    """Columns of N places over all their slots and days.

    Of the best visit: minutes there and back from door to door (the wait for the ride home counts), the waits, and why
    it is only perhaps possible. Of places without one: whether only the ride there or only the one home is missing,
    what ride comes closest, and by how many minutes the slot would have to move for it.
    """

    verdict: Verdicts
    doubt: Ints
    there: Ints
    back: Ints
    wait_before: Ints
    wait_after: Ints
    start: Ints
    end: Ints
    lacks_there: Bools
    lacks_back: Bools
    first_arrival: Ints
    later: Ints
    last_home: Ints
    sooner: Ints
    rank: Ints

    @classmethod
    def nothing(cls, count: int) -> Self:
        missing = {
            name: np.full(count, MISSING, dtype=np.int32)
            for name in [
                "doubt",
                "there",
                "back",
                "wait_before",
                "wait_after",
                "start",
                "end",
                "first_arrival",
                "last_home",
            ]
        }
        return cls(
            verdict=np.full(count, FAIL, dtype=np.int8),
            lacks_there=np.zeros(count, dtype=bool),
            lacks_back=np.zeros(count, dtype=bool),
            later=np.full(count, NONE, dtype=np.int32),
            sooner=np.full(count, NONE, dtype=np.int32),
            rank=np.full(count, NONE, dtype=np.int32),
            **missing,
        )

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
        """Keep the ride that comes closest for each place."""
        only_there, only_back = lacks.there & ~lacks.back, lacks.back & ~lacks.there
        np.logical_or.at(self.lacks_there, wish.row, only_there)
        np.logical_or.at(self.lacks_back, wish.row, only_back)
        arrival, home = lacks.first_arrival, lacks.last_home
        _closest(self.later, self.first_arrival, wish.row, arrival, arrival - wish.start, only_there)
        _closest(self.sooner, self.last_home, wish.row, home, wish.end - home, only_back)


def _closest(distance: Ints, time: Ints, row: Ints, ride: Ints, away: Ints, chosen: Bools) -> None:
    known = np.flatnonzero(chosen & (ride != MISSING))
    np.minimum.at(distance, row[known], away[known])
    best = known[away[known] == distance[row[known]]]
    time[row[best]] = ride[best]
