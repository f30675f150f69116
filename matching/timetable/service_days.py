"""The kinds of day of a timetable: few, so that whoever asks about nine weeks asks a handful of questions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache

from matching.inputs.recurrence import Horizon
from matching.timetable.timetable import Timetable

Runs = tuple[frozenset[int] | None, frozenset[int], frozenset[int] | None]
"""Services of the day before, of the day, and of the day after; None where that neighbour does not matter."""


@dataclass(frozen=True)
class ServiceDay:
    """Days of a horizon with the same services: a question about one of them is a question about all."""

    runs: Runs
    days: int
    complete: bool
    """Whether all of it is known: every feed valid, also on the neighbouring days that matter."""


@lru_cache(maxsize=256)
def service_days(
    timetable: Timetable, mode: str, horizon: Horizon, *, before: bool, after: bool
) -> tuple[ServiceDay, ...]:
    """The kinds of day of a horizon, by what runs; `before` and `after` say whether last night's and tomorrow's
    vehicles can matter."""
    kinds: dict[tuple[Runs, bool], int] = {}
    for bit in range(horizon.length):
        today = horizon.date_of(bit)
        yesterday, tomorrow = today - timedelta(days=1), today + timedelta(days=1)
        runs = (
            timetable.running(mode, yesterday) if before else None,
            timetable.running(mode, today),
            timetable.running(mode, tomorrow) if after else None,
        )
        needed = [today, *([yesterday] if before else []), *([tomorrow] if after else [])]
        complete = all(timetable.covers(mode, day) for day in needed)
        kinds[runs, complete] = kinds.get((runs, complete), 0) | 1 << bit
    return tuple(ServiceDay(runs, days, complete) for (runs, complete), days in kinds.items())
