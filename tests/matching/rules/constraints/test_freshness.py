"""情報の確認日 (domain H15): past its day a place is not hidden, but checked before anybody is called."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.conftest import ON
from tests.matching.making import person, place, to_ask, verdict

CODE = "freshness"


@pytest.mark.parametrize(("days_ago", "answer"), [(0, "pass"), (89, "pass"), (90, "pass"), (91, "unknown")])
def test_it_is_fresh_up_to_the_last_day_and_stale_on_the_next(days_ago: int, answer: str) -> None:
    one = place(verified_on=ON - timedelta(days=days_ago), stale_after_days=90)
    assert verdict(CODE, person(), one) == answer


def test_each_place_has_its_own_term() -> None:
    last_spring = ON - timedelta(days=180)
    assert verdict(CODE, person(), place(verified_on=last_spring, stale_after_days=180)) == "pass"
    assert verdict(CODE, person(), place(verified_on=last_spring, stale_after_days=90)) == "unknown"


def test_what_is_asked_names_the_day_it_was_last_confirmed() -> None:
    assert "2026年1月5日" in to_ask(CODE, person(), place(verified_on=date(2026, 1, 5))).sentence


def test_a_place_nobody_ever_confirmed_is_asked_about() -> None:
    assert to_ask(CODE, person(), place(verified_on=None)).sentence
