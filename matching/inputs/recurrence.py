"""When a slot (枠) takes place, and when a person can come: the same calendar rules for both.

Source: interchange format "Slots, weeks and seasons". A date is on when every rule given agrees.
All dates of a horizon are answered at once as the bits of one integer: bit 0 is the first day.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, Literal

HORIZON_DAYS = 63
"""Nine weeks: one 64-bit word holds every date that the engine plans ahead."""

DAY_MINUTES = 24 * 60
FourValue = Literal["yes", "conditional", "no", "unknown"]


@dataclass(frozen=True)
class Calendar:
    """The dates that slot rules refer to, of one municipality."""

    holidays: frozenset[date]
    school_breaks: tuple[tuple[date, date], ...]

    def in_school_break(self, day: date) -> bool:
        return any(first <= day <= last for first, last in self.school_breaks)


@dataclass(frozen=True)
class WeekPattern:
    """Which weeks a weekday applies to: the nth of the month, or every second week from an anchor."""

    kind: Literal["every", "nth", "alternate"]
    weeks: tuple[int, ...]
    anchor: date | None


@dataclass(frozen=True)
class Recurrence:
    """One recurring time (枠・来られる時間). Minutes are local; an end not later than its start is on the next day.

    `days` None and no `dates` is any day that the other rules leave: of a person's time each of them, of a slot nobody
    knows which (`SlotFacts.days_told`). `dates` are on whatever `days` and the pattern say.
    """

    days: frozenset[int] | None
    dates: frozenset[date]
    except_dates: frozenset[date]
    start: int | None
    end: int | None
    pattern: WeekPattern | None
    valid_from: date | None
    valid_until: date | None
    season: tuple[tuple[int, int], tuple[int, int]] | None
    school_period: Literal["any", "term", "break"]
    on_holidays: FourValue

    def span(self) -> tuple[int, int] | None:
        """Start and end in minutes of the day, the end beyond 24:00 where it is on the next day; None when unknown."""
        if self.start is None or self.end is None:
            return None
        return self.start, self.end if self.end > self.start else self.end + DAY_MINUTES

    @property
    def round_the_clock(self) -> bool:
        """From midnight to midnight."""
        span = self.span()
        return span is not None and span[1] - span[0] >= DAY_MINUTES

    def at_any_hour(self) -> Recurrence:
        """The same days, whatever the time of day."""
        days, dates, except_dates = (_one_object(one) for one in (self.days, self.dates, self.except_dates))
        return replace(self, start=None, end=None, days=days, dates=dates, except_dates=except_dates)


@lru_cache(maxsize=1_024)
def _one_object(days: frozenset[Any] | None) -> Any:
    """Equal sets as one: thousands of times have no dates of their own."""
    return days


@dataclass(frozen=True)
class Horizon:
    """The days that are looked at: `length` days from `first`, in one municipality's calendar."""

    first: date
    length: int
    calendar: Calendar

    @property
    def all_days(self) -> int:
        return (1 << self.length) - 1

    @property
    def last(self) -> date:
        return self.date_of(self.length - 1)

    def date_of(self, bit: int) -> date:
        return self.first + timedelta(days=bit)

    def bit_of(self, day: date) -> int | None:
        offset = (day - self.first).days
        return offset if 0 <= offset < self.length else None

    def mask_of(self, days: frozenset[date]) -> int:
        mask = 0
        for day in days:
            bit = self.bit_of(day)
            if bit is not None:
                mask |= 1 << bit
        return mask

    def between(self, first: date | None, last: date | None) -> int:
        """Days from `first` to `last`, both included; None is no limit."""
        low = 0 if first is None else max(0, (first - self.first).days)
        high = self.length if last is None else min(self.length, (last - self.first).days + 1)
        return ((1 << high) - 1) & ~((1 << low) - 1) if high > low else 0


@lru_cache(maxsize=4096)
def _weekdays(horizon: Horizon, days: frozenset[int] | None) -> int:
    if days is None:
        return horizon.all_days
    return sum(1 << bit for bit in range(horizon.length) if horizon.date_of(bit).weekday() in days)


def _nth_of_month(day: date) -> tuple[int, bool]:
    """Which occurrence of its weekday this day is in its month, and whether it is the last."""
    return (day.day - 1) // 7 + 1, (day + timedelta(days=7)).month != day.month


@lru_cache(maxsize=4096)
def _pattern(horizon: Horizon, pattern: WeekPattern | None) -> int:
    if pattern is None or pattern.kind == "every":
        return horizon.all_days
    mask = 0
    for bit in range(horizon.length):
        day = horizon.date_of(bit)
        if pattern.kind == "nth":
            nth, last = _nth_of_month(day)
            on = nth in pattern.weeks or (last and -1 in pattern.weeks)
        else:
            anchor = pattern.anchor or day
            monday, anchored = (value - timedelta(days=value.weekday()) for value in (day, anchor))
            on = (monday - anchored).days // 7 % 2 == 0
        mask |= on << bit
    return mask


@lru_cache(maxsize=4096)
def _season(horizon: Horizon, season: tuple[tuple[int, int], tuple[int, int]] | None) -> int:
    if season is None:
        return horizon.all_days
    first, last = season
    # A season that ends on the last day of February includes the 29th.
    last = (2, 29) if last == (2, 28) else last
    mask = 0
    for bit in range(horizon.length):
        day = horizon.date_of(bit)
        today = (day.month, day.day)
        on = first <= today <= last if first <= last else today >= first or today <= last
        mask |= on << bit
    return mask


@lru_cache(maxsize=256)
def _school_breaks(horizon: Horizon) -> int:
    return sum(1 << bit for bit in range(horizon.length) if horizon.calendar.in_school_break(horizon.date_of(bit)))


@lru_cache(maxsize=256)
def _holidays(horizon: Horizon) -> int:
    return horizon.mask_of(horizon.calendar.holidays)


@lru_cache(maxsize=65536)
def days_on(recurrence: Recurrence, horizon: Horizon) -> tuple[int, int]:
    """(days it takes place, those of them to be confirmed because they are public holidays nobody has asked about)."""
    named = horizon.mask_of(recurrence.dates)
    if recurrence.days is None and recurrence.dates:
        mask = named
    else:
        mask = _weekdays(horizon, recurrence.days) & _pattern(horizon, recurrence.pattern) | named
    mask &= horizon.between(recurrence.valid_from, recurrence.valid_until)
    mask &= _season(horizon, recurrence.season)
    mask &= ~horizon.mask_of(recurrence.except_dates)
    if recurrence.school_period != "any":
        breaks = _school_breaks(horizon)
        mask &= breaks if recurrence.school_period == "break" else ~breaks
    holidays = _holidays(horizon)
    if recurrence.on_holidays == "no":
        return mask & ~holidays, 0
    if recurrence.on_holidays == "yes":
        return mask, 0
    return mask, mask & holidays


def bits(mask: int) -> list[int]:
    """Positions of the set bits, lowest first."""
    found = []
    while mask:
        low = mask & -mask
        found.append(low.bit_length() - 1)
        mask ^= low
    return found
