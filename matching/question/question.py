"""The question put to the engine: one person, one pool, one date; and what several rules share in answering it."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from matching.columns.encodings import FOUR, Days, Floats, Ints
from matching.columns.jagged import Rows
from matching.inputs.availability import DayKind, day_kinds
from matching.inputs.facts import OpportunityFacts
from matching.inputs.profile import ParticipantProfile
from matching.inputs.recurrence import Horizon
from matching.pool.host_available_from import first_days
from matching.pool.opportunity_pool import OpportunityPool, horizon_of
from matching.pool.slot_days import slot_days
from matching.travel.sessions import Sessions, meet
from matching.travel.travel_minutes import Way, kilometres, ways
from matching.vocabulary import LOAD_AXES

T = TypeVar("T")
SHARED = {"horizon", "day_kinds"}
BY_ROW = {"first_days", "kilometres", "load_gaps"}
"""What a part of the question takes along: the same for every row, and one value a row."""


@dataclass(frozen=True, eq=False)
class Question:
    """「この人に合う場はどこか」 on one date. Everything shared is worked out once, when first needed."""

    profile: ParticipantProfile
    pool: OpportunityPool
    on: date

    def __len__(self) -> int:
        return len(self.pool)

    def facts(self, row: int) -> OpportunityFacts:
        return self.pool.facts[row]

    def about(self, row: int) -> Question:
        """The same question about one opportunity alone (row 0 of the answer)."""
        return self.at([row])

    def at(self, rows: Sequence[int] | Rows) -> Question:
        """The same question about these rows alone, in this order. What is worked out already is taken along."""
        chosen = np.asarray(rows, dtype=np.intp)
        part, known = Question(self.profile, self.pool.take(chosen), self.on), vars(self)
        taken = vars(part)
        for name in SHARED & known.keys():
            taken[name] = known[name]
        for name in BY_ROW & known.keys():
            taken[name] = known[name].T.take(chosen, axis=-1).T
        if "ways" in known:
            taken["ways"] = tuple(way.take(chosen) for way in self.ways)
        if "sessions" in known:
            taken["sessions"] = self.sessions.take(chosen)
        return part

    def anew(self, rows: Sequence[int] | Rows) -> Question:
        """The same question about these rows alone, with nothing worked out: something else will be supposed of them."""
        return Question(self.profile, self.pool.take(rows), self.on)

    def once(self, name: str, work_out: Callable[[], T]) -> T:
        """What a rule works out for all rows together when the first of them is asked about."""
        if name not in self._kept:
            self._kept[name] = work_out()
        found: T = self._kept[name]
        return found

    @cached_property
    def _kept(self) -> dict[str, Any]:
        return {}

    def supposing(self, **columns: Any) -> Question:
        """The same question with other columns in the pool: what if this were so?"""
        return Question(self.profile, self.pool.having(**columns), self.on)

    def for_person(self, **facts: Any) -> Question:
        """The same question with other facts about the person: what if they could?"""
        return Question(dataclasses.replace(self.profile, **facts), self.pool, self.on)

    @cached_property
    def horizon(self) -> Horizon:
        return horizon_of(self.pool, self.on)

    @cached_property
    def first_days(self) -> Ints:
        """Ordinal of the first day that each host may be given somebody new."""
        return first_days(self.pool, self.on, self.horizon)

    @cached_property
    def slot_days(self) -> Days:
        """Per slot the days it is on and the host may begin."""
        return self.pool.once("slot days", self.on, slot_days).days

    @cached_property
    def day_kinds(self) -> tuple[DayKind, ...]:
        return day_kinds(self.profile.available, self.profile.blocked, self.horizon)

    @cached_property
    def kilometres(self) -> Floats:
        """Great-circle distance from home to every place; NaN where either is unknown."""
        return kilometres(self.profile, self.pool)

    @cached_property
    def ways(self) -> tuple[Way, ...]:
        free = sum(kind.days for kind in self.day_kinds)
        return ways(self.profile, self.pool, self.horizon, self.kilometres, free=free)

    @cached_property
    def sessions(self) -> Sessions:
        return meet(self.profile, self.pool, slot_days=self.slot_days, kinds=self.day_kinds, ways=self.ways)

    @cached_property
    def load_gaps(self) -> NDArray[np.int8]:
        """Load minus capacity (N, 5) on the five axes; -128 where either is unknown."""
        capacities = np.array([-1 if level is None else level for level in self.profile.capacities], dtype=np.int8)
        known = (self.pool.loads >= 0) & (capacities >= 0)
        gaps = np.where(known, self.pool.loads - capacities, UNKNOWN_GAP).astype(np.int8)
        # Light handiwork at one's own table is no more than sitting there.
        at_home = (self.pool.online == FOUR["yes"]) & (self.pool.loads[:, BODY] == 1) & (gaps[:, BODY] == 1)
        gaps[at_home, BODY] = 0
        return gaps

    def capacity(self, axis: str) -> int | None:
        return self.profile.capacities[LOAD_AXES.index(axis)]


UNKNOWN_GAP = np.int8(-128)
BODY = LOAD_AXES.index("body")
