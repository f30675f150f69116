"""The distinct days of a pool's slots: many share them (毎週水曜), so they are worked out once a horizon."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from matching.columns.encodings import Bools, Days, Ints
from matching.inputs.recurrence import Horizon, Recurrence, days_on

HORIZONS_KEPT = 4
"""One is asked about at a time; midnight and a second date may overlap with it."""
WEEKLY = tuple(
    Recurrence(
        days=frozenset({day}), dates=frozenset(), except_dates=frozenset(), start=None, end=None, pattern=None,
        valid_from=None, valid_until=None, season=None, school_period="any", on_holidays="unknown",
    )
    for day in range(7)
)  # fmt: skip
"""Every Monday, every Tuesday …: the first seven of all times, so that any slot may be supposed to move there."""


@dataclass(frozen=True)
class _Days:
    """Per distinct time the days it is on, and whether they are worked out yet."""

    on: Days
    known: Bools

    @classmethod
    def unknown(cls, count: int) -> _Days:
        return cls(np.zeros(count, dtype=np.uint64), np.zeros(count, dtype=bool))

    def and_more(self, count: int) -> _Days:
        more = _Days.unknown(count)
        return _Days(np.append(self.on, more.on), np.append(self.known, more.known))


@dataclass(frozen=True, eq=False)
class Times:
    """Distinct recurrences without their hours, numbered in the order in which they were met, after the weekly ones."""

    distinct: tuple[Recurrence, ...]
    _days: dict[Horizon, _Days] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, recurrences: Iterable[Recurrence]) -> tuple[Times, Ints]:
        """(the distinct ones, the number of each recurrence)."""
        return cls(WEEKLY).extended(recurrences)

    def extended(self, recurrences: Iterable[Recurrence]) -> tuple[Times, Ints]:
        """(these times and those that are new among the recurrences, the number of each recurrence)."""
        number = dict(self._number)
        time = [number.setdefault(one.at_any_hour(), len(number)) for one in recurrences]
        numbers = np.array(time, dtype=np.int32)
        if len(number) == len(self.distinct):
            return self, numbers
        more = len(number) - len(self.distinct)
        return Times(tuple(number), {horizon: days.and_more(more) for horizon, days in self._days.items()}), numbers

    @cached_property
    def _number(self) -> dict[Recurrence, int]:
        return {one: number for number, one in enumerate(self.distinct)}

    def days(self, time: Ints, horizon: Horizon) -> Days:
        """Per slot of these times the days it takes place, as bits of the horizon."""
        days = self._of(horizon)
        known = days.known[time]
        if not known.all():
            for number in np.unique(time[~known]).tolist():
                days.on[number], _ = days_on(self.distinct[number], horizon)
                days.known[number] = True
        return days.on.take(time)

    def _of(self, horizon: Horizon) -> _Days:
        kept = self._days.get(horizon)
        if kept is not None:
            return kept
        while len(self._days) >= HORIZONS_KEPT:
            self._days.pop(next(iter(self._days)), None)
        return self._days.setdefault(horizon, _Days.unknown(len(self.distinct)))


def joined(parts: Sequence[tuple[Times, Ints]]) -> tuple[Times, list[Ints]]:
    """(all times, the numbers of each part among them). Those of the first part keep their numbers."""
    first = parts[0][0]
    every, numbers = first, [parts[0][1]]
    for times, time in parts[1:]:
        if times is first:
            numbers.append(time)
            continue
        used, place = np.unique(time, return_inverse=True)
        every, moved = every.extended(times.distinct[number] for number in used.tolist())
        numbers.append(moved[place])
    return every, numbers
