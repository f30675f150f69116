"""情報の新しさ (domain S10)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.conftest import ON
from tests.matching.making import person, place, reason, score, unknown

CODE = "fresh"


@pytest.mark.parametrize(("days_ago", "points"), [(0, 1.0), (45, 0.75), (90, 0.5), (180, 0.0), (400, 0.0)])
def test_it_falls_from_the_day_of_the_visit_to_nothing_after_two_terms(days_ago: int, points: float) -> None:
    one = place(verified_on=ON - timedelta(days=days_ago), stale_after_days=90)
    assert score(CODE, person(), one) == pytest.approx(points)


def test_a_place_nobody_confirmed_is_unknown_and_not_old() -> None:
    assert unknown(CODE, person(), place(verified_on=None))


def test_the_day_is_named_to_staff_and_nothing_is_said_to_the_person() -> None:
    why = reason(CODE, person(), place(verified_on=date(2026, 11, 2)))
    assert "11月2日" in why.staff
    assert why.participant is None
    assert why.worry is None


def test_old_information_is_a_worry_from_the_day_after_its_term() -> None:
    def worry(days_ago: int) -> str | None:
        return reason(CODE, person(), place(verified_on=ON - timedelta(days=days_ago), stale_after_days=90)).worry

    assert worry(90) is None
    assert worry(91) is not None
