"""時間 (domain H10): the person's windows and the place's slots overlap by the shortest stay at least."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from matching.inputs.facts import OpportunityFacts, SlotFacts
from matching.inputs.profile import ParticipantProfile
from matching.inputs.recurrence import Calendar
from matching.shortlist.dates import next_dates
from tests.matching.making import (
    alternate,
    constraint,
    judged,
    lifted,
    objection,
    person,
    place,
    question,
    slot,
    to_ask,
    verdict,
    window,
)

CODE = "time"


def free(days: str | None, start: str | None = None, end: str | None = None) -> ParticipantProfile:
    return person(available=(window(days, start, end),))


def open_at(*slots: SlotFacts, **facts: Any) -> OpportunityFacts:
    return place(slots=slots, **facts)


TUESDAY = open_at(slot("tue", "10:00", "11:30"))


def test_an_overlap_of_exactly_the_shortest_stay_is_enough_and_a_minute_less_is_not() -> None:
    assert verdict(CODE, free("tue", "10:30", "12:00"), TUESDAY) == "pass"
    assert verdict(CODE, free("tue", "10:31", "12:00"), TUESDAY) == "fail"
    assert verdict(CODE, free("tue", "08:00", "11:00"), TUESDAY) == "pass"
    assert verdict(CODE, free("tue", "08:00", "10:59"), TUESDAY) == "fail"


def test_the_day_before_and_the_day_after_are_other_days() -> None:
    for day in ("mon", "wed"):
        assert verdict(CODE, free(day, "09:00", "17:00"), TUESDAY) == "fail"


def test_a_window_without_hours_is_the_whole_day() -> None:
    assert verdict(CODE, free("tue"), TUESDAY) == "pass"


def test_blocked_times_win_and_end_where_they_end() -> None:
    def blocked(start: str, end: str) -> str:
        return verdict(CODE, person(blocked=(window("tue", start, end),)), TUESDAY)

    assert blocked("11:30", "13:00") == "pass"
    assert blocked("08:00", "10:00") == "pass"
    assert blocked("08:00", "10:30") == "pass"
    assert blocked("08:00", "10:31") == "fail"
    assert blocked("10:30", "11:00") == "fail"


def test_a_slot_past_midnight_belongs_to_the_evening_it_begins() -> None:
    night = open_at(slot("fri", "22:00", "01:00"))
    assert verdict(CODE, free("fri", "22:00", "23:00"), night) == "pass"
    assert verdict(CODE, free("fri", "00:00", "01:00"), night) == "fail"
    assert verdict(CODE, free("sat", "22:00", "23:00"), night) == "fail"


def test_a_window_past_midnight_reaches_into_the_next_morning() -> None:
    owl = free("fri", "23:00", "02:00")
    assert verdict(CODE, owl, open_at(slot("sat", "00:30", "01:30"))) == "pass"
    assert verdict(CODE, owl, open_at(slot("fri", "00:30", "01:30"))) == "fail"


def test_the_weeks_must_meet_too() -> None:
    even, odd = alternate(date(2026, 11, 30)), alternate(date(2026, 12, 7))
    fortnightly = open_at(slot("tue", "10:00", "11:30", pattern=even))
    assert verdict(CODE, person(available=(window("tue", pattern=even),)), fortnightly) == "pass"
    assert verdict(CODE, person(available=(window("tue", pattern=odd),)), fortnightly) == "fail"


def test_a_slot_that_is_only_on_closed_holidays_never_meets_anybody() -> None:
    new_year = Calendar(frozenset({date(2027, 1, 1)}), ())
    one = place(slots=(slot(None, dates=frozenset({date(2027, 1, 1)}), on_holidays="no"),))
    assert judged(CODE, question(person(), one, calendar=new_year)) == "fail"


def test_times_nobody_asked_about_are_unknown_on_either_side() -> None:
    assert to_ask(CODE, person(available=None), TUESDAY).sentence
    assert verdict(CODE, person(), place(slots=())) == "unknown"
    assert to_ask(CODE, person(), open_at(slot("tue", None, None))).sentence
    assert to_ask(CODE, person(), open_at(slot("tue", "10:00", None))).sentence


def test_asked_and_never_is_an_answer() -> None:
    assert verdict(CODE, person(available=()), TUESDAY) == "fail"


def test_a_shortest_stay_nobody_told_makes_a_short_overlap_a_question_that_names_its_length() -> None:
    somebody = free("tue", "11:00", "12:00")
    assert "30" in to_ask(CODE, somebody, open_at(slot("tue", "10:00", "11:30"), min_stay_minutes=None)).sentence


def test_one_slot_that_fits_is_enough() -> None:
    assert verdict(CODE, free("tue"), open_at(slot("sat", "10:00", "11:30"), slot("tue", "10:00", "11:30"))) == "pass"


@pytest.mark.parametrize(("start", "end", "shift"), [("10:45", "12:00", "30分遅く"), ("08:00", "10:30", "30分早く")])
def test_hours_that_miss_by_little_are_negotiated_by_the_least_that_is_enough(start: str, end: str, shift: str) -> None:
    somebody = free("tue", start, end)
    found = objection(CODE, somebody, TUESDAY)
    assert "10:00" in found.sentence
    assert found.overridable
    assert found.change is not None
    assert shift in found.change.sentence
    assert lifted(found, somebody, TUESDAY)


def test_another_half_of_the_day_is_no_small_change() -> None:
    found = objection(CODE, free("tue", "16:00", "18:00"), TUESDAY)
    assert found.overridable
    assert found.change is None


def test_a_small_place_whose_hours_fit_on_another_day_can_be_asked_for_that_day() -> None:
    somebody = person(available=(window("fri", "09:00", "12:00"),))
    small = place(group_size="one_to_one", slots=(slot("mon", "10:00", "11:30"),))
    found = objection(CODE, somebody, small)
    assert "金曜日" in found.change.sentence  # type: ignore[union-attr]
    assert lifted(found, somebody, small)


def test_a_gathering_of_many_opens_on_no_other_day_for_one_person() -> None:
    somebody = person(available=(window("fri", "09:00", "12:00"),))
    for size in ("medium_5_9", "large_10_plus", None):
        assert objection(CODE, somebody, place(group_size=size, slots=(slot("mon", "10:00", "11:30"),))).change is None


def test_days_nobody_told_are_unknown_whoever_asks_and_promise_no_date() -> None:
    unsaid = place(slots=(slot(days=None),))
    asked = question(person(), unsaid)
    assert verdict(CODE, person(), unsaid) == "unknown"
    assert next_dates(asked, 0) == ()
    # The rule on the season asks for days and hours already.
    assert constraint(CODE).to_ask(asked, 0) is None


def test_beside_hours_that_do_not_meet_days_nobody_told_may() -> None:
    monday = person(available=(window("mon"),))
    known, unsaid = slot(), slot(days=None)
    assert verdict(CODE, monday, place(slots=(known,))) == "fail"
    assert "ほかに" in to_ask(CODE, monday, place(slots=(known, unsaid))).sentence
    summer = slot(days=None, season=((6, 1), (8, 31)))
    assert verdict(CODE, monday, place(slots=(known, summer))) == "fail"
