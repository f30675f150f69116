"""時間の合い具合 (domain S7): how well the days one can come answer how often one would like to."""

from __future__ import annotations

from datetime import date

import pytest

from matching.inputs.facts import OpportunityFacts
from matching.inputs.recurrence import WeekPattern
from tests.matching.making import alternate, person, place, reason, score, slot, unknown, window

CODE = "time_fit"
WEEKLY = place(slots=(slot("tue"),))
FORTNIGHTLY = place(slots=(slot("tue", pattern=alternate(date(2026, 11, 30))),))
MONTHLY = place(slots=(slot("tue", pattern=WeekPattern(kind="nth", weeks=(1,), anchor=None)),))
ONCE = place(slots=(slot(None, dates=frozenset({date(2026, 12, 15)})),))


def test_as_often_as_one_would_like_is_full_marks() -> None:
    assert score(CODE, person(frequency_goal="weekly"), WEEKLY) == 1
    assert score(CODE, person(frequency_goal="monthly"), MONTHLY) == 1


def test_the_rarer_it_is_the_less_it_answers() -> None:
    points = [score(CODE, person(frequency_goal="weekly"), one) for one in (WEEKLY, FORTNIGHTLY, MONTHLY, ONCE)]
    assert points == sorted(points, reverse=True)
    assert len(set(points)) == 4


def test_more_days_than_wanted_are_not_better() -> None:
    assert score(CODE, person(frequency_goal="monthly"), WEEKLY) == score(CODE, person(frequency_goal="weekly"), WEEKLY)


def test_days_on_which_the_person_cannot_come_do_not_count() -> None:
    daily = place(slots=(slot("mon tue wed thu fri"),))
    somebody = person(frequency_goal="two_three_weekly", available=(window("tue"),))
    assert score(CODE, somebody, daily) == score(CODE, somebody, WEEKLY)
    assert score(CODE, person(frequency_goal="two_three_weekly"), daily) > score(CODE, somebody, daily)


def test_times_nobody_knows_are_unknown() -> None:
    assert unknown(CODE, person(available=None), WEEKLY)
    assert unknown(CODE, person(), place(slots=()))
    assert unknown(CODE, person(), place(slots=(slot("tue", None, None),)))


def test_how_often_nobody_asked_does_not_make_the_times_unknown() -> None:
    assert score(CODE, person(frequency_goal=None), WEEKLY) > 0


@pytest.mark.parametrize(("one", "days"), [(WEEKLY, "9日"), (ONCE, "1日")])
def test_the_number_of_days_is_named(one: OpportunityFacts, days: str) -> None:
    assert days in reason(CODE, person(), one).staff
