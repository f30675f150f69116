"""負荷の合い具合 (domain S3): just right is best, lighter is good, a stretch is good only where the person wants it."""

from __future__ import annotations

import pytest

from matching.inputs.phrases import AXIS_WORDS
from matching.vocabulary import LOAD_AXES
from tests.matching.making import axes, load, person, place, reason, score, unknown

CODE = "load_fit"
STRONG = person(capacities=axes(4))


def test_as_much_as_one_can_bear_is_best_and_each_step_lighter_a_little_less() -> None:
    points = [score(CODE, STRONG, place(loads=axes(level))) for level in (4, 3, 2, 1, 0)]
    assert points[0] == 1
    assert points == sorted(points, reverse=True)
    assert len(set(points)) == 5
    assert points[-1] > 0.5


@pytest.mark.parametrize("axis", LOAD_AXES)
def test_a_stretch_the_person_wants_is_nearly_as_good_as_a_fit(axis: str) -> None:
    somebody = person(capacities=axes(2), stretch_axes=(axis,))
    fit, stretched = (score(CODE, somebody, place(loads=axes(2, **{axis: level}))) for level in (2, 3))
    assert 0.9 <= stretched < fit


@pytest.mark.parametrize("wanted", [(), None, ("people",)])
def test_a_stretch_nobody_asked_for_is_worse_than_the_lightest_place(wanted: tuple[str, ...] | None) -> None:
    somebody = person(capacities=axes(2), stretch_axes=wanted)
    assert score(CODE, somebody, place(loads=axes(2, body=3))) < score(CODE, somebody, place(loads=axes(0)))


def test_axes_nobody_knows_are_left_out_and_not_counted_as_heavy() -> None:
    somebody = person(capacities=axes(2, body=None))
    assert score(CODE, somebody, place(loads=axes(2, people=None, body=4))) == 1


def test_no_axis_known_on_either_side_is_unknown() -> None:
    assert unknown(CODE, person(capacities=(None,) * 5), place())
    assert unknown(CODE, person(), place(loads=(None,) * 5))


def test_a_stretch_that_is_wanted_is_said_to_be_wanted() -> None:
    why = reason(CODE, person(capacities=axes(2), stretch_axes=("body",)), place(loads=axes(2, body=3)))
    assert AXIS_WORDS["body"] in why.staff
    assert "望" in why.staff
    assert why.worry is None


def test_a_stretch_nobody_asked_for_is_a_worry_for_staff_and_nothing_for_the_person() -> None:
    why = reason(CODE, person(capacities=axes(2), stretch_axes=()), place(loads=axes(2, body=3)))
    assert why.worry is not None
    assert AXIS_WORDS["body"] in why.worry
    assert why.participant is None


def test_light_and_just_right_are_told_apart() -> None:
    fits = reason(CODE, person(capacities=axes(1)), place(loads=load()))
    light = reason(CODE, STRONG, place(loads=load()))
    assert fits.staff != light.staff
