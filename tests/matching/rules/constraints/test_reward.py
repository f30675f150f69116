"""謝礼が「必要」 (domain §3.1 reward_pref): somebody who needs a little money is not fobbed off with unpaid places."""

from __future__ import annotations

import pytest

from tests.matching.making import lifted, objection, person, place, to_ask, verdict, way

CODE = "reward"
NEEDS_MONEY = person(reward="needed")


def test_an_unpaid_place_is_an_objection_that_can_be_negotiated() -> None:
    found = objection(CODE, NEEDS_MONEY, place(reward_yen=0))
    assert found.overridable
    assert lifted(found, NEEDS_MONEY, place(reward_yen=0))


def test_a_little_is_something() -> None:
    assert verdict(CODE, NEEDS_MONEY, place(reward_yen=1)) == "pass"


def test_a_fare_that_eats_up_the_reward_is_to_be_talked_about_before() -> None:
    rider = person(reward="needed", transport=(way("bus", cost_yen=520),))
    assert verdict(CODE, rider, place(reward_yen=521, engagement_type="paid_volunteer")) == "pass"
    eaten = place(reward_yen=500, engagement_type="paid_volunteer")
    assert verdict(CODE, rider, eaten) == "unknown"
    assert to_ask(CODE, rider, eaten).sentence == ("交通費の手当てがあるか確かめる（謝礼は500円、交通費は520円です）")


def test_wages_by_the_hour_are_not_set_against_a_fare() -> None:
    rider = person(reward="needed", transport=(way("bus", cost_yen=1_200),))
    assert verdict(CODE, rider, place(reward_yen=1_100, reward_per="hour", engagement_type="employment")) == "pass"


def test_what_nobody_told_is_asked() -> None:
    assert to_ask(CODE, NEEDS_MONEY, place(reward_yen=None)).sentence


@pytest.mark.parametrize("wish", ["not_needed", "welcome"])
@pytest.mark.parametrize("yen", [0, 500, None])
def test_a_milder_wish_excludes_nothing(wish: str, yen: int | None) -> None:
    assert verdict(CODE, person(reward=wish), place(reward_yen=yen)) == "pass"
