"""自分で通う条件 (domain H6): whoever is driven does not come by themselves."""

from __future__ import annotations

import pytest

from tests.matching.making import lifted, objection, person, place, to_ask, verdict, way

CODE = "self_commute"
ALONE = place(self_commute_required="yes")


@pytest.mark.parametrize("mode", ["walk", "bicycle", "own_car", "bus"])
def test_whoever_has_a_way_of_their_own_may(mode: str) -> None:
    assert verdict(CODE, person(transport=(way("staff_car"), way(mode))), ALONE) == "pass"


@pytest.mark.parametrize("mode", ["family_car", "staff_car", "host_pickup", "welfare_transport"])
def test_whoever_is_only_driven_does_not_and_the_host_can_be_asked(mode: str) -> None:
    somebody = person(transport=(way(mode),))
    found = objection(CODE, somebody, ALONE)
    assert found.overridable
    assert lifted(found, somebody, ALONE)


@pytest.mark.parametrize("required", ["no", "conditional", "unknown"])
def test_only_a_firm_condition_excludes(required: str) -> None:
    assert verdict(CODE, person(transport=(way("staff_car"),)), place(self_commute_required=required)) == "pass"


def test_nobody_travels_to_an_online_place() -> None:
    assert verdict(CODE, person(transport=()), place(self_commute_required="yes", online="yes")) == "pass"


def test_ways_nobody_asked_about_are_asked() -> None:
    assert to_ask(CODE, person(transport=None), ALONE).sentence
