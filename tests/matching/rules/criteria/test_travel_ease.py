"""移動の楽さ (domain S5): ten minutes are full marks, the person's own limit half."""

from __future__ import annotations

from typing import Any

import pytest

from tests.matching.making import away, person, place, reason, score, slot, unknown, way

CODE = "travel_ease"
# On foot, 0.06 km a minute.
TEN_MINUTES, TWENTY, THIRTY = away(0.599), away(1.2), away(1.799)


@pytest.mark.parametrize(("where", "points"), [(away(0), 1), (TEN_MINUTES, 1), (TWENTY, 0.75), (THIRTY, 0.5)])
def test_it_falls_from_ten_minutes_to_the_limit(where: dict[str, Any], points: float) -> None:
    assert score(CODE, person(), place(**where)) == pytest.approx(points, abs=0.001)


def test_the_same_way_is_easier_for_somebody_who_goes_further() -> None:
    hardy = person(transport=(way(max_minutes=60),), max_travel_minutes=60)
    assert score(CODE, hardy, place(**THIRTY)) > score(CODE, person(), place(**THIRTY))


def test_the_quickest_way_counts() -> None:
    both = person(transport=(way("walk"), way("family_car")))
    assert score(CODE, both, place(**THIRTY)) == 1


def test_a_way_that_does_not_go_then_does_not_count() -> None:
    never_then = way("family_car", season=((5, 1), (9, 30)))
    assert score(CODE, person(transport=(way(), never_then)), place(**THIRTY)) == score(CODE, person(), place(**THIRTY))


def test_joining_from_home_is_the_easiest() -> None:
    one = place(online="yes", latitude=None, longitude=None, district=None)
    at_home = person(transport=(), needs=("join_online",))
    assert score(CODE, at_home, one) == 1
    assert "家から" in reason(CODE, at_home, one).staff


def test_home_is_no_short_way_for_somebody_who_seeks_to_go_out() -> None:
    assert unknown(CODE, person(), place(online="yes"))


def test_what_nobody_knows_is_unknown_and_not_far() -> None:
    assert unknown(CODE, person(transport=None), place())
    assert unknown(CODE, person(), place(latitude=None, longitude=None))
    assert unknown(CODE, person(transport=(way("bus"),)), place(stop_mode=None))


def test_minutes_and_means_are_named_in_each_ones_words() -> None:
    why = reason(CODE, person(), place(slots=(slot(),), **TWENTY))
    assert "徒歩" in why.staff
    assert "20" in why.staff
    assert why.participant is not None
    assert "歩く" in why.participant
    assert "20" in why.participant


def test_a_way_near_the_limit_is_a_worry_for_staff() -> None:
    assert reason(CODE, person(), place(**THIRTY)).worry
    assert reason(CODE, person(), place(**TEN_MINUTES)).worry is None


def test_the_way_that_is_named_is_one_that_goes_then_and_that_far() -> None:
    not_then = way("family_car", season=((5, 1), (9, 30)))
    not_that_far = way("own_car", max_minutes=3)
    somebody = person(transport=(way(), not_then, not_that_far))
    assert "徒歩" in reason(CODE, somebody, place(**TWENTY)).staff
