"""季節・期間 (domain H4, §3.4): does any slot take place within the nine weeks that are planned ahead?"""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from matching.inputs.recurrence import HORIZON_DAYS
from tests.conftest import ON
from tests.matching.making import objection, person, place, slot, to_ask, verdict

CODE = "season"
EVERY_DAY = "mon tue wed thu fri sat sun"
FIRST, LAST = ON + timedelta(days=1), ON + timedelta(days=HORIZON_DAYS)


def on_dates(*days: date) -> str:
    one = place(slots=(slot(days=None, dates=frozenset(days)),))
    return verdict(CODE, person(), one)


def test_tomorrow_and_the_last_day_planned_are_in_time_today_and_the_day_after_are_not() -> None:
    assert on_dates(FIRST) == on_dates(LAST) == "pass"
    assert on_dates(ON) == on_dates(LAST + timedelta(days=1)) == "fail"


def test_the_last_day_of_a_season_still_counts() -> None:
    ends = slot(EVERY_DAY, season=((10, 1), (FIRST.month, FIRST.day)))
    ended = slot(EVERY_DAY, season=((10, 1), (ON.month, ON.day)))
    assert verdict(CODE, person(), place(slots=(ends,))) == "pass"
    assert verdict(CODE, person(), place(slots=(ended,))) == "fail"


def test_a_season_over_the_new_year_is_one_season() -> None:
    winter = slot(EVERY_DAY, season=((12, 1), (2, 28)))
    for on, answer in ((date(2026, 12, 31), "pass"), (date(2027, 2, 27), "pass"), (date(2027, 3, 1), "fail")):
        assert verdict(CODE, person(), place(slots=(winter,)), on=on) == answer


def test_a_season_that_is_over_is_not_negotiated_and_the_next_one_is_named() -> None:
    found = objection(CODE, person(), place(slots=(slot(season=((6, 1), (6, 30))),)))
    assert "2027年6月1日" in found.sentence
    assert not found.overridable
    assert found.change is None


def test_a_term_that_ended_for_good_names_no_next_day() -> None:
    found = objection(CODE, person(), place(slots=(slot(valid_until=ON),)))
    assert "2027" not in found.sentence


@pytest.mark.parametrize("order", [1, -1])
def test_one_slot_in_season_is_enough(order: int) -> None:
    slots = (slot(season=((6, 1), (6, 30))), slot())[::order]
    assert verdict(CODE, person(), place(slots=slots)) == "pass"


def test_a_place_nobody_asked_about_its_times_is_unknown() -> None:
    assert to_ask(CODE, person(), place(slots=())).sentence


def test_days_nobody_told_are_asked_about_and_never_taken_for_every_day() -> None:
    unsaid = slot(days=None)
    assert to_ask(CODE, person(), place(slots=(unsaid,))).sentence == "曜日と時間を確かめる"
    assert verdict(CODE, person(), place(slots=(unsaid, slot()))) == "pass"


def test_whatever_the_days_a_season_that_is_over_is_over_and_no_day_of_the_next_is_invented() -> None:
    found = objection(CODE, person(), place(slots=(slot(days=None, season=((6, 1), (6, 30))),)))
    assert "2027" not in found.sentence
    assert "次に始まる日は未確認" in found.sentence


def test_one_single_date_and_round_the_clock_are_days_that_were_said() -> None:
    assert verdict(CODE, person(), place(slots=(slot(days=None, valid_from=FIRST, valid_until=FIRST),))) == "pass"
    assert verdict(CODE, person(), place(slots=(slot(None, "00:00", "24:00"),))) == "pass"


def test_hours_nobody_told_do_not_put_a_place_out_of_season() -> None:
    assert verdict(CODE, person(), place(slots=(slot(start=None, end=None),))) == "pass"
