"""関係づくり期 (domain H16, §3.6, scene 1): no outside place; online and the family's own place remain."""

from __future__ import annotations

import pytest

from tests.matching.making import objection, person, place, to_ask, verdict

CODE = "stage"
BONDING = person(stage=0)


def test_an_outside_place_is_not_proposed_yet_and_a_manager_may_allow_it() -> None:
    found = objection(CODE, BONDING, place())
    assert found.overridable
    assert "関係づくり" in found.sentence


def test_a_place_that_is_joined_from_home_may_be() -> None:
    assert verdict(CODE, BONDING, place(online="yes")) == "pass"


def test_a_place_for_the_family_may_be() -> None:
    assert verdict(CODE, BONDING, place(activity_types=("family_meeting",))) == "pass"


def test_joining_from_home_that_must_be_talked_about_is_asked() -> None:
    assert to_ask(CODE, BONDING, place(online="conditional")).sentence


@pytest.mark.parametrize("stage", [1, 2, 3, 4, 5, 6])
def test_from_stage_one_on_nothing_is_excluded(stage: int) -> None:
    assert verdict(CODE, person(stage=stage), place()) == "pass"
