"""近所の希望 (domain S11): near for those who like it, away for those who would rather."""

from __future__ import annotations

from typing import Any

import pytest

from tests.matching.making import away, person, place, reason, score, unknown

CODE = "near_home"
NEAR, FAR = place(district="北", **away(1.4)), place(district="北", **away(1.6))
SAME_DISTRICT = place(district="南", **away(6))


def test_near_is_good_for_one_and_bad_for_the_other() -> None:
    prefer, avoid = person(near_home="prefer"), person(near_home="avoid")
    for one, is_near in ((NEAR, True), (SAME_DISTRICT, True), (FAR, False)):
        assert score(CODE, prefer, one) == is_near
        assert score(CODE, avoid, one) == (not is_near)


@pytest.mark.parametrize("wish", ["indifferent", None])
def test_somebody_who_does_not_mind_or_was_not_asked_gets_no_points_either_way(wish: str | None) -> None:
    assert unknown(CODE, person(near_home=wish), NEAR)


@pytest.mark.parametrize("wish", ["prefer", "avoid"])
def test_where_nobody_knows_the_place_or_the_home_it_is_unknown(wish: str) -> None:
    nowhere: dict[str, Any] = {"latitude": None, "longitude": None, "district": None}
    assert unknown(CODE, person(near_home=wish), place(**nowhere))
    assert unknown(CODE, person(near_home=wish, **nowhere), place())


def test_a_neighbour_for_somebody_who_would_rather_not_is_a_worry_and_nothing_is_said_to_them() -> None:
    why = reason(CODE, person(near_home="avoid"), NEAR)
    assert why.worry
    assert why.participant is None


def test_the_wish_to_avoid_is_never_put_before_the_person() -> None:
    assert reason(CODE, person(near_home="avoid"), FAR).participant is None
    assert reason(CODE, person(near_home="prefer"), NEAR).participant
