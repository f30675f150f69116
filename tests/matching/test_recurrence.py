"""Dates as bits against the format's own words, read day by day."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as some

from matching.inputs.availability import day_kinds
from matching.inputs.recurrence import Calendar, Horizon, Recurrence, WeekPattern, days_on
from tests.matching.test_engine import naive

DAYS = some.dates(date(2026, 1, 1), date(2029, 12, 31))
MONTH_DAYS = some.tuples(some.integers(1, 12), some.integers(1, 28))
RULES = some.builds(
    Recurrence,
    days=some.none() | some.frozensets(some.integers(0, 6), max_size=3),
    dates=some.frozensets(DAYS, max_size=2),
    except_dates=some.frozensets(DAYS, max_size=3),
    start=some.integers(0, 1439) | some.none(),
    end=some.integers(1, 1440) | some.none(),
    pattern=some.none()
    | some.builds(
        WeekPattern,
        kind=some.just("nth"),
        weeks=some.lists(some.sampled_from([1, 2, 3, 4, 5, -1]), min_size=1, max_size=3).map(tuple),
        anchor=some.none(),
    ),
    valid_from=some.none() | DAYS,
    valid_until=some.none() | DAYS,
    season=some.none() | some.tuples(MONTH_DAYS, MONTH_DAYS),
    school_period=some.sampled_from(["any", "term", "break"]),
    on_holidays=some.sampled_from(["yes", "no", "unknown"]),
)
CALENDARS = some.builds(
    Calendar,
    holidays=some.frozensets(DAYS, max_size=20),
    school_breaks=some.lists(some.tuples(DAYS, DAYS), max_size=2).map(tuple),
)


@settings(max_examples=300, deadline=None)
@given(RULES, DAYS, CALENDARS)
def test_the_bits_say_what_the_text_says(rule: Recurrence, first: date, calendar: Calendar) -> None:
    horizon = Horizon(first, 63, calendar)
    mask, confirm = days_on(rule, horizon)
    for bit in range(63):
        day = first + timedelta(days=bit)
        assert bool(mask >> bit & 1) == naive(rule, day, calendar), day
        unsure = naive(rule, day, calendar) and day in calendar.holidays and rule.on_holidays == "unknown"
        assert bool(confirm >> bit & 1) == unsure


def test_alternate_weeks_count_from_the_anchor_across_the_new_year() -> None:
    rule = plain(days=frozenset({6}), pattern=WeekPattern("alternate", (), date(2026, 11, 29)))
    horizon = Horizon(date(2026, 12, 20), 35, Calendar(frozenset(), ()))
    mask, _ = days_on(rule, horizon)
    on = [horizon.date_of(bit) for bit in range(35) if mask >> bit & 1]
    assert on == [date(2026, 12, 27), date(2027, 1, 10)]


def test_a_blocked_time_wins_and_a_night_reaches_into_the_next_day() -> None:
    evening = plain(start=20 * 60, end=2 * 60)
    carer = plain(start=21 * 60, end=22 * 60)
    kinds = day_kinds((evening,), (carer,), Horizon(date(2026, 12, 1), 3, Calendar(frozenset(), ())))
    assert len(kinds) == 1
    assert kinds[0].intervals == ((0, 120), (1200, 1260), (1320, 1560))


def plain(
    *,
    days: frozenset[int] | None = None,
    start: int | None = None,
    end: int | None = None,
    pattern: WeekPattern | None = None,
) -> Recurrence:
    return Recurrence(
        days=days, dates=frozenset(), except_dates=frozenset(), start=start, end=end, pattern=pattern, valid_from=None,
        valid_until=None, season=None, school_period="any", on_holidays="yes",
    )  # fmt: skip
