"""いまの参加先 (domain §2.4): where somebody already goes, or has a first day, is no proposal."""

from __future__ import annotations

from tests.matching.making import host, objection, person, place, verdict

CODE = "already_there"


def test_a_place_where_the_person_already_goes_is_no_proposal_and_nobody_overrides_that() -> None:
    found = objection(CODE, person(placed_opportunities=frozenset({"o"})), place())
    assert not found.overridable
    assert found.change is None


def test_another_activity_of_the_same_host_may_be() -> None:
    somebody = person(placed_opportunities=frozenset({"o"}), placed_organizations=frozenset({"h"}))
    assert verdict(CODE, somebody, place("another", host=host("h"))) == "pass"


def test_a_place_that_left_the_catalogue_troubles_nobody() -> None:
    assert verdict(CODE, person(placed_opportunities=frozenset({"gone"})), place()) == "pass"
