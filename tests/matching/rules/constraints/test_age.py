"""年齢の条件 (domain H6, scene 10): the host's limits, both ends included, and whether the young may come."""

from __future__ import annotations

import pytest

from tests.matching.making import lifted, objection, person, place, to_ask, verdict

CODE = "age"
CLUB = place(min_age=60, max_age=80)


@pytest.mark.parametrize("age", [60, 61, 79, 80])
def test_both_limits_are_included(age: int) -> None:
    assert verdict(CODE, person(age=age), CLUB) == "pass"


@pytest.mark.parametrize(("age", "limit"), [(59, "60"), (81, "80")])
def test_one_year_outside_is_an_objection_that_names_the_limit_and_can_be_negotiated(age: int, limit: str) -> None:
    found = objection(CODE, person(age=age), CLUB)
    assert limit in found.sentence
    assert found.overridable
    assert lifted(found, person(age=age), CLUB)


def test_a_limit_the_host_will_not_talk_about_is_no_small_change() -> None:
    found = objection(CODE, person(age=59), place(min_age=60, age_flexible="no"))
    assert not found.overridable
    assert found.change is None


@pytest.mark.parametrize("flexible", ["yes", "conditional", "unknown"])
def test_nobody_having_asked_whether_it_is_flexible_leaves_it_open_to_talk(flexible: str) -> None:
    assert objection(CODE, person(age=59), place(min_age=60, age_flexible=flexible)).overridable


def test_a_place_without_limits_takes_every_adult() -> None:
    assert verdict(CODE, person(age=18), place(min_age=None, max_age=None, minors_ok="no")) == "pass"
    assert verdict(CODE, person(age=99), place(min_age=None, max_age=None)) == "pass"


def test_an_age_nobody_knows_is_asked_where_it_matters_and_only_there() -> None:
    for one in (CLUB, place(min_age=18), place(max_age=39), place(minors_ok="no")):
        assert to_ask(CODE, person(age=None), one).sentence
    assert verdict(CODE, person(age=None), place()) == "pass"


def test_the_young_do_not_go_where_they_may_not_and_nobody_can_change_that() -> None:
    found = objection(CODE, person(age=17), place(minors_ok="no"))
    assert "18" in found.sentence
    assert not found.overridable


@pytest.mark.parametrize("answer", ["conditional", "unknown"])
def test_whether_the_young_may_come_is_asked_where_nobody_knows(answer: str) -> None:
    assert to_ask(CODE, person(age=17), place(minors_ok=answer)).sentence
    assert verdict(CODE, person(age=17), place(minors_ok="yes")) == "pass"
    assert verdict(CODE, person(age=18), place(minors_ok=answer)) == "pass"


def test_a_lower_limit_that_admits_the_young_is_an_answer() -> None:
    youth = place(min_age=15, minors_ok="unknown")
    assert verdict(CODE, person(age=15), youth) == "pass"
    assert verdict(CODE, person(age=14), youth) == "fail"
