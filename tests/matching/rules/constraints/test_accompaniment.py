"""付き添い・同行 (domain H6): a place that wants a supporter along, a person who wants one, and those who do not."""

from __future__ import annotations

import pytest

from tests.matching.making import lifted, objection, person, place, to_ask, verdict

CODE = "accompaniment"
ALONE = person(accompaniment="none")
ALWAYS = person(accompaniment="always")


def test_a_place_that_wants_a_supporter_is_an_objection_for_somebody_who_wants_to_come_alone() -> None:
    one = place(accompaniment_required="yes")
    found = objection(CODE, ALONE, one)
    assert found.overridable
    assert lifted(found, ALONE, one)


@pytest.mark.parametrize("wish", ["first", "while", "always"])
def test_it_suits_somebody_who_wants_a_supporter_anyway(wish: str) -> None:
    one = place(accompaniment_required="yes", accommodations={"supporter_welcome": "yes"})
    assert verdict(CODE, person(accompaniment=wish), one) == "pass"


def test_somebody_who_needs_a_supporter_each_time_cannot_go_where_none_may_come() -> None:
    one = place(accommodations={"supporter_welcome": "no"})
    found = objection(CODE, ALWAYS, one)
    assert found.overridable
    assert lifted(found, ALWAYS, one)


@pytest.mark.parametrize("welcome", [{"supporter_welcome": "conditional"}, {"supporter_welcome": "unknown"}, {}])
def test_whether_a_supporter_may_come_is_asked_where_nobody_knows(welcome: dict[str, str]) -> None:
    assert to_ask(CODE, ALWAYS, place(accommodations=welcome)).sentence


def test_a_place_that_wants_no_supporter_does_not_trouble_somebody_who_comes_alone() -> None:
    assert verdict(CODE, ALONE, place(accommodations={"supporter_welcome": "no"})) == "pass"
