"""The distinct times of a pool's slots: many share one (水曜の10時から), so its days are worked out once a horizon."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from matching.columns import Bools, Days, Ints
from matching.recurrence import Horizon, Recurrence, days_on

HORIZONS_KEPT = 4
"""One is asked about at a time; midnight and a second date may overlap with it."""


@dataclass(frozen=True)
class _Days:
    """Per distinct time: days on, those of them to be confirmed, and whether they are worked out yet."""

    on: Days
    confirm: Days
    known: Bools


@dataclass(frozen=True, eq=False)
class Times:
    """Distinct recurrences, numbered in the order in which they were met."""

    distinct: tuple[Recurrence, ...]
    _days: dict[Horizon, _Days] = field(default_factory=dict, repr=False)

    def days(self, time: Ints, horizon: Horizon) -> tuple[Days, Days]:
        """Per slot of these times: the days it takes place, and those of them to be confirmed, as bits of the horizon."""
        days = self._of(horizon)
        known = days.known[time]
        if not known.all():
            for number in np.unique(time[~known]).tolist():
                days.on[number], days.confirm[number] = days_on(self.distinct[number], horizon)
                days.known[number] = True
        return days.on[time], days.confirm[time]

    def _of(self, horizon: Horizon) -> _Days:
        kept = self._days.get(horizon)
        if kept is not None:
            return kept
        while len(self._days) >= HORIZONS_KEPT:
            self._days.pop(next(iter(self._days)), None)
        on, confirm = (np.zeros(len(self.distinct), dtype=np.uint64) for _ in range(2))
        return self._days.setdefault(horizon, _Days(on, confirm, np.zeros(len(self.distinct), dtype=bool)))


def numbered(recurrences: Iterable[Recurrence]) -> tuple[Ints, Times]:
    """(the number of each recurrence, the distinct ones)."""
    number: dict[Recurrence, int] = {}
    time = np.array([number.setdefault(one, len(number)) for one in recurrences], dtype=np.int32)
    return time, Times(tuple(number))


def joined(parts: Sequence[tuple[Times, Ints]]) -> tuple[Times, list[Ints]]:
    """(times, the numbers of each part among them): one and the same stay what they are, of others those that are used."""
    first = parts[0][0]
    if all(times is first for times, _ in parts):
        return first, [time for _, time in parts]
    used = numbered(times.distinct[number] for times, time in parts for number in time.tolist())
    ends = np.cumsum([len(time) for _, time in parts])
    return used[1], np.split(used[0], ends[:-1])
