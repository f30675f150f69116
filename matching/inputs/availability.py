"""On which days and between which minutes the person can come (来られる時間), blocked times taken out.

Days that look alike are one `DayKind`, so a whole catalogue is compared with a handful of kinds, not with 63 days.
A day's minutes run past 24:00 into the next day, because a slot may.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from matching.inputs.recurrence import DAY_MINUTES, Horizon, Recurrence, bits, days_on

Interval = tuple[int, int]


@dataclass(frozen=True)
class DayKind:
    """Days with the same free intervals, in minutes from midnight."""

    days: int
    intervals: tuple[Interval, ...]


@lru_cache(maxsize=256)
def day_kinds(
    available: tuple[Recurrence, ...] | None, blocked: tuple[Recurrence, ...], horizon: Horizon
) -> tuple[DayKind, ...]:
    """The kinds of days of the horizon; with `available` None every minute not blocked counts as free."""
    wide = Horizon(horizon.date_of(-1), horizon.length + 2, horizon.calendar)
    free = _by_day(available, wide) if available is not None else [((0, DAY_MINUTES),)] * wide.length
    taken = _by_day(blocked, wide)
    kinds: dict[tuple[Interval, ...], int] = {}
    alike: dict[tuple[tuple[Interval, ...], ...], tuple[Interval, ...]] = {}
    for bit in range(horizon.length):
        # The person's yesterday, today and tomorrow; weeks repeat, so most days are met again.
        days = (*free[bit : bit + 3], *taken[bit : bit + 3])
        if days not in alike:
            alike[days] = _without(_merged(_on_one_clock(days[:3])), _on_one_clock(days[3:]))
        intervals = alike[days]
        if intervals:
            kinds[intervals] = kinds.get(intervals, 0) | 1 << bit
    return tuple(DayKind(days, intervals) for intervals, days in kinds.items())


def _on_one_clock(days: tuple[tuple[Interval, ...], ...]) -> list[Interval]:
    """Yesterday's, today's and tomorrow's intervals in minutes of today."""
    return [
        (start + offset * DAY_MINUTES, end + offset * DAY_MINUTES)
        for offset, intervals in zip((-1, 0, 1), days, strict=True)
        for start, end in intervals
    ]


def _by_day(windows: Iterable[Recurrence], horizon: Horizon) -> list[tuple[Interval, ...]]:
    by_day: list[list[Interval]] = [[] for _ in range(horizon.length)]
    for window in windows:
        start = window.start or 0
        end = window.end if window.end is not None else DAY_MINUTES
        span = start, end if end > start else end + DAY_MINUTES
        for bit in bits(days_on(window, horizon)[0]):
            by_day[bit].append(span)
    return [tuple(intervals) for intervals in by_day]


def _merged(intervals: list[Interval]) -> list[Interval]:
    merged: list[Interval] = []
    for start, end in sorted(intervals):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(merged[-1][1], end)
        else:
            merged.append((start, end))
    return merged


def _without(free: list[Interval], busy: list[Interval]) -> tuple[Interval, ...]:
    """Free minus busy, cut to today and the night after it."""
    left = free
    for taken_start, taken_end in busy:
        left = [
            piece
            for start, end in left
            for piece in ((start, min(end, taken_start)), (max(start, taken_end), end))
            if piece[1] > piece[0]
        ]
    cut = [(max(start, 0), min(end, 2 * DAY_MINUTES)) for start, end in left]
    # An interval that begins tomorrow belongs to tomorrow.
    return tuple(sorted((start, end) for start, end in cut if end > start and start < DAY_MINUTES))
