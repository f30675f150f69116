"""The next dates on which a place is open, day by day against the words of its slots."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as some

from matching.inputs.opening_dates import LOOK_AHEAD_DAYS, next_open_days
from matching.inputs.recurrence import Calendar, Recurrence
from tests.matching.making import NO_CALENDAR, window
from tests.matching.test_engine import naive
from tests.matching.test_recurrence import CALENDARS, DAYS, RULES

TUESDAY = date(2026, 11, 24)


@settings(max_examples=100, deadline=None)
@given(some.lists(RULES, max_size=3), DAYS, CALENDARS)
def test_the_days_are_the_first_that_any_slot_names(slots: list[Recurrence], first: date, calendar: Calendar) -> None:
    ahead = [first + timedelta(days=offset) for offset in range(LOOK_AHEAD_DAYS)]
    named = [day for day in ahead if any(naive(slot, day, calendar) for slot in slots)][:3]
    assert [one.day for one in next_open_days(slots, calendar, first=first)][: len(named)] == named


def test_two_slots_of_one_day_are_one_day_with_both_hours() -> None:
    slots = [window("fri", "13:30", "15:00"), window("fri", "10:00", "11:30")]
    day, *_ = next_open_days(slots, NO_CALENDAR, first=TUESDAY)
    assert (day.day, day.spans) == (date(2026, 11, 27), ((600, 690), (810, 900)))


def test_a_slot_without_hours_still_has_its_days() -> None:
    assert [one.spans for one in next_open_days([window("fri")], NO_CALENDAR, first=TUESDAY)] == [(None,)] * 3


def test_a_holiday_nobody_asked_about_is_to_be_confirmed_unless_another_slot_is_sure() -> None:
    holiday = Calendar(frozenset({TUESDAY}), ())
    unsure, sure = window("tue", on_holidays="unknown"), window("tue", "10:00", "11:00")
    assert next_open_days([unsure], holiday, first=TUESDAY)[0].to_confirm
    assert not next_open_days([unsure, sure], holiday, first=TUESDAY)[0].to_confirm


def test_a_season_far_off_is_found_and_one_that_is_over_for_good_is_not() -> None:
    august = window("mon", season=((8, 1), (8, 31)))
    assert next_open_days([august], NO_CALENDAR, first=TUESDAY)[0].day == date(2027, 8, 2)
    assert next_open_days([window("mon", valid_until=date(2026, 1, 1))], NO_CALENDAR, first=TUESDAY) == ()
