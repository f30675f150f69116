"""SOSの余力 0–1 (domain §3.6): only where a fixed helper or a supporter alongside is a clear yes."""

from __future__ import annotations

import pytest

from tests.matching.making import capacity, lifted, objection, person, place, to_ask, verdict

CODE = "sos"
SILENT = person(capacities=capacity(voice=1))
NOBODY = {"fixed_helper": "no", "supporter_welcome": "no"}


@pytest.mark.parametrize("voice", [0, 1])
@pytest.mark.parametrize("helper", ["fixed_helper", "supporter_welcome"])
def test_one_of_the_two_is_enough(voice: int, helper: str) -> None:
    somebody = person(capacities=capacity(voice=voice))
    assert verdict(CODE, somebody, place(accommodations={**NOBODY, helper: "yes"})) == "pass"


@pytest.mark.parametrize("voice", [0, 1])
def test_neither_is_an_objection_that_can_be_negotiated(voice: int) -> None:
    somebody, one = person(capacities=capacity(voice=voice)), place(accommodations=NOBODY)
    found = objection(CODE, somebody, one)
    assert found.overridable
    assert lifted(found, somebody, one)


@pytest.mark.parametrize("voice", [2, 3, 4])
def test_somebody_who_can_say_it_needs_neither(voice: int) -> None:
    assert verdict(CODE, person(capacities=capacity(voice=voice)), place(accommodations=NOBODY)) == "pass"


@pytest.mark.parametrize("helper", ["fixed_helper", "supporter_welcome"])
def test_anything_less_than_a_yes_is_asked(helper: str) -> None:
    assert to_ask(CODE, SILENT, place(accommodations={**NOBODY, helper: "conditional"})).sentence


def test_nobody_having_asked_the_host_is_a_question() -> None:
    assert to_ask(CODE, SILENT, place(accommodations={})).sentence


def test_a_supporter_is_no_help_to_somebody_who_wants_none_along() -> None:
    alone = person(capacities=capacity(voice=1), accompaniment="none")
    assert verdict(CODE, alone, place(accommodations={**NOBODY, "supporter_welcome": "yes"})) == "fail"
    assert verdict(CODE, alone, place(accommodations={**NOBODY, "fixed_helper": "yes"})) == "pass"


def test_at_home_nobody_is_stranded_but_it_is_still_asked() -> None:
    assert to_ask(CODE, SILENT, place(online="yes", accommodations=NOBODY)).sentence


# Three values: a refusal of one and nobody having asked about the other leave it open.
@pytest.mark.parametrize("answer", [{"fixed_helper": "no"}, {"supporter_welcome": "no"}])
def test_one_refusal_leaves_the_other_to_be_asked(answer: dict[str, str]) -> None:
    assert to_ask(CODE, SILENT, place(accommodations=answer)).sentence


def test_whether_somebody_can_say_it_is_asked_where_nobody_knows() -> None:
    somebody = person(capacities=capacity(voice=None))
    assert verdict(CODE, somebody, place(accommodations=NOBODY)) == "unknown"
