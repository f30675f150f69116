"""負荷 × 余力 (domain H11, §3.6): as much as one can bear fits, one step more on one axis where something carries it."""

from __future__ import annotations

from typing import Any

import pytest

from matching.rules.constraints.load import CARRIERS
from matching.vocabulary import LOAD_AXES, LOAD_LEVELS
from tests.matching.making import capacity, lifted, load, objection, person, place, to_ask, verdict

CODE = "load"


def refusing(axis: str) -> dict[str, str]:
    return dict.fromkeys(CARRIERS[axis], "no")


@pytest.mark.parametrize("axis", LOAD_AXES)
@pytest.mark.parametrize("level", range(5))
def test_a_load_up_to_the_capacity_fits(axis: str, level: int) -> None:
    somebody = person(capacities=capacity(**{axis: level}))
    for lighter in range(level + 1):
        assert verdict(CODE, somebody, place(loads=load(**{axis: lighter}), accommodations=refusing(axis))) == "pass"


@pytest.mark.parametrize("axis", LOAD_AXES)
@pytest.mark.parametrize("level", range(3))
def test_two_steps_more_exclude_whatever_carries_them(axis: str, level: int) -> None:
    somebody, heavy = person(capacities=capacity(**{axis: level})), load(**{axis: level + 2})
    carried = dict.fromkeys(CARRIERS[axis], "yes")
    found = objection(CODE, somebody, place(loads=heavy, accommodations=carried))
    assert LOAD_LEVELS[axis, level + 2].label in found.sentence
    assert found.overridable


@pytest.mark.parametrize("axis", LOAD_AXES)
def test_one_step_more_stays_where_an_accommodation_carries_it(axis: str) -> None:
    for carrier in CARRIERS[axis]:
        one = place(loads=load(**{axis: 3}), accommodations={**refusing(axis), carrier: "yes"})
        assert verdict(CODE, person(), one) == "pass"


@pytest.mark.parametrize("axis", LOAD_AXES)
def test_one_step_more_that_nothing_carries_is_an_objection_that_one_small_change_lifts(axis: str) -> None:
    one = place(loads=load(**{axis: 3}), accommodations=refusing(axis))
    found = objection(CODE, person(), one)
    assert LOAD_LEVELS[axis, 3].label in found.sentence
    assert found.overridable
    assert lifted(found, person(), one)


@pytest.mark.parametrize("axis", [axis for axis in LOAD_AXES if axis != "outing"])
def test_whether_anything_carries_it_is_asked_where_nobody_knows(axis: str) -> None:
    assert to_ask(CODE, person(), place(loads=load(**{axis: 3}), accommodations={})).sentence


def test_a_way_out_that_is_one_step_too_far_is_carried_by_being_fetched() -> None:
    far: dict[str, Any] = {"loads": load(outing=3), "accommodations": refusing("outing")}
    assert verdict(CODE, person(), place(**far, pickup="yes")) == "pass"
    assert verdict(CODE, person(), place(**far, pickup="no")) == "fail"


def test_only_one_axis_may_be_stretched_at_a_time() -> None:
    carried = dict.fromkeys([*CARRIERS["people"], *CARRIERS["body"]], "yes")
    one = place(loads=load(people=3, body=3), accommodations=carried)
    found = objection(CODE, person(), one)
    assert found.overridable
    assert lifted(found, person(), one)


def test_two_stretches_that_no_single_change_eases_stay() -> None:
    one = place(loads=load(outing=3, people=3, duration=3, body=3))
    assert objection(CODE, person(), one).change is None


def test_the_change_named_is_the_one_that_eases_most() -> None:
    both = place(loads=load(people=3, voice=3))
    assert "見ているだけ" in objection(CODE, person(), both).change.sentence  # type: ignore[union-attr]


def test_two_steps_are_no_small_change() -> None:
    assert objection(CODE, person(), place(loads=load(body=4))).change is None


def test_the_two_ends_of_the_scale_are_levels_like_the_others() -> None:
    assert verdict(CODE, person(capacities=capacity(people=0)), place(loads=load(people=0))) == "pass"
    assert verdict(CODE, person(capacities=capacity(body=4)), place(loads=load(body=4))) == "pass"
    assert verdict(CODE, person(capacities=capacity(body=0)), place(loads=load(body=4))) == "fail"


# Domain §3 (four values): an unknown load or capacity is neither a fit nor a misfit.
@pytest.mark.parametrize("axis", LOAD_AXES)
def test_a_load_or_a_capacity_nobody_told_is_unknown(axis: str) -> None:
    assert verdict(CODE, person(), place(loads=load(**{axis: None}))) == "unknown"
    assert verdict(CODE, person(capacities=capacity(**{axis: None})), place()) == "unknown"


@pytest.mark.parametrize("axis", [axis for axis in LOAD_AXES if len(CARRIERS[axis]) > 1])
def test_one_refusal_is_not_a_refusal_of_everything_that_might_carry_it(axis: str) -> None:
    one = place(loads=load(**{axis: 3}), accommodations={CARRIERS[axis][0]: "no"})
    assert to_ask(CODE, person(), one).sentence


def test_whether_somebody_can_be_fetched_is_asked_where_nobody_knows() -> None:
    one = place(loads=load(outing=3), accommodations=refusing("outing"), pickup="unknown")
    assert to_ask(CODE, person(), one).sentence
