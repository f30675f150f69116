"""費用 (domain H12): what one visit costs against what the person can pay, travel counted where they count it."""

from __future__ import annotations

from typing import Any

import pytest

from matching.inputs.facts import OpportunityFacts
from tests.matching.making import away, lifted, objection, person, to_ask, verdict, way
from tests.matching.making import place as any_place

CODE = "cost"
WITH_TRAVEL = person(
    cost_limit_yen=500, cost_limit_includes_travel=True, transport=(way("bus", cost_yen=400, max_minutes=60),)
)


def place(**facts: Any) -> OpportunityFacts:
    """A place that may lower its fee if it is asked nicely."""
    return any_place(**{"cost_waivable": "conditional", **facts})


def test_exactly_the_limit_can_be_paid() -> None:
    assert verdict(CODE, person(cost_limit_yen=500), place(cost_yen=500)) == "pass"


def test_one_yen_more_is_an_objection_that_names_both_sums_and_can_be_negotiated() -> None:
    somebody, dear = person(cost_limit_yen=500), place(cost_yen=501)
    found = objection(CODE, somebody, dear)
    assert "501" in found.sentence
    assert "500" in found.sentence
    assert found.overridable
    assert lifted(found, somebody, dear)


def test_a_host_that_cannot_waive_the_fee_leaves_no_small_change() -> None:
    assert objection(CODE, person(cost_limit_yen=500), place(cost_yen=501, cost_waivable="no")).change is None


def test_a_fee_the_host_waives_is_asked_about() -> None:
    somebody, waived = person(cost_limit_yen=100), place(cost_yen=200, cost_waivable="yes")
    assert verdict(CODE, somebody, waived) == "unknown"
    assert to_ask(CODE, somebody, waived).sentence == "参加費200円を免除してもらえるか確かめる（出せるのは100円まで）"


@pytest.mark.parametrize(("fare", "answer"), [(500, "unknown"), (501, "fail")])
def test_a_waived_fee_helps_only_who_can_pay_the_way(fare: int, answer: str) -> None:
    rider = person(cost_limit_yen=500, cost_limit_includes_travel=True, transport=(way("bus", cost_yen=fare),))
    waived = place(cost_yen=300, cost_waivable="yes")
    assert verdict(CODE, rider, waived) == answer
    if answer == "unknown":
        assert "交通費も入れて500円まで" in to_ask(CODE, rider, waived).sentence


def test_nothing_at_all_is_an_answer_on_both_sides() -> None:
    assert verdict(CODE, person(cost_limit_yen=0), place(cost_yen=0)) == "pass"
    assert verdict(CODE, person(cost_limit_yen=0), place(cost_yen=1)) == "fail"


def test_a_fee_nobody_told_is_asked_of_the_host() -> None:
    assert to_ask(CODE, person(cost_limit_yen=500), place(cost_yen=None)).sentence


def test_a_limit_nobody_asked_about_is_asked_of_the_person_where_there_is_a_fee() -> None:
    assert to_ask(CODE, person(cost_limit_yen=None), place(cost_yen=1)).sentence
    assert verdict(CODE, person(cost_limit_yen=None), place(cost_yen=0)) == "pass"


def test_the_fare_counts_where_the_limit_includes_travel() -> None:
    assert verdict(CODE, WITH_TRAVEL, place(cost_yen=100)) == "pass"
    found = objection(CODE, WITH_TRAVEL, place(cost_yen=101))
    assert "501" in found.sentence
    assert found.overridable
    assert lifted(found, WITH_TRAVEL, place(cost_yen=101))


def test_a_fee_that_takes_all_one_can_pay_leaves_nothing_for_the_fare_and_the_whole_is_named() -> None:
    assert "900" in objection(CODE, WITH_TRAVEL, place(cost_yen=500)).sentence


def test_the_fare_does_not_count_where_it_does_not() -> None:
    somebody = person(cost_limit_yen=500, transport=(way("bus", cost_yen=400, max_minutes=60),))
    assert verdict(CODE, somebody, place(cost_yen=101)) == "pass"


def test_the_cheapest_way_that_reaches_the_place_is_counted() -> None:
    ways = (way("bus", cost_yen=400, max_minutes=60), way("walk", max_minutes=10))
    somebody = person(cost_limit_yen=500, cost_limit_includes_travel=True, transport=ways, max_travel_minutes=60)
    assert verdict(CODE, somebody, place(cost_yen=200, **away(0.5))) == "pass"
    assert verdict(CODE, somebody, place(cost_yen=200, **away(5))) == "fail"


def test_a_fare_beyond_the_limit_excludes_even_where_the_fee_is_unknown() -> None:
    somebody = person(
        cost_limit_yen=300, cost_limit_includes_travel=True, transport=(way("bus", cost_yen=400, max_minutes=60),)
    )
    assert verdict(CODE, somebody, place(cost_yen=None)) == "fail"


# Interchange: `cost_yen: 0` is free; absent is unknown.
def test_a_fee_nobody_told_is_unknown_to_somebody_nobody_asked() -> None:
    assert verdict(CODE, person(cost_limit_yen=None), place(cost_yen=None)) == "unknown"


def test_a_fee_that_is_waived_does_not_pay_the_fare() -> None:
    somebody = person(
        cost_limit_yen=500, cost_limit_includes_travel=True, transport=(way("bus", cost_yen=600, max_minutes=60),)
    )
    found = objection(CODE, somebody, place(cost_yen=600))
    assert found.change is None or lifted(found, somebody, place(cost_yen=600))
