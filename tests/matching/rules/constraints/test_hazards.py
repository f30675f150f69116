"""作業の制限 × 危険要素 (domain H7): never overridden; what is not known stops the request to the host."""

from __future__ import annotations

import pytest

from matching.vocabulary import VOCABULARIES
from tests.matching.making import hazards, objection, person, place, to_ask, verdict

CODE = "hazards"
LABEL = VOCABULARIES["hazards"].label
NO_HEAT = person(work_limits=("heat",))


def test_a_limit_that_the_work_meets_can_be_lifted_by_nobody() -> None:
    found = objection(CODE, NO_HEAT, place(hazards=hazards(heat="yes")))
    assert LABEL("heat") in found.sentence
    assert not found.overridable
    assert found.change is None


def test_other_hazards_do_not_matter() -> None:
    assert verdict(CODE, NO_HEAT, place(hazards=hazards(heights="yes"))) == "pass"
    assert verdict(CODE, NO_HEAT, place(hazards={"heat": "no"})) == "pass"


@pytest.mark.parametrize("answer", ["conditional", "unknown", None])
def test_a_hazard_that_can_be_avoided_or_that_nobody_checked_stops_the_request(answer: str | None) -> None:
    asked = to_ask(CODE, NO_HEAT, place(hazards=hazards(heat=answer)))
    assert LABEL("heat") in asked.sentence
    assert asked.stops_request


def test_limits_nobody_asked_about_stop_the_request_even_where_nothing_is_dangerous() -> None:
    assert to_ask(CODE, person(work_limits=(), work_limits_asked=False), place()).stops_request


def test_asked_and_none_is_an_answer() -> None:
    everything = place(hazards=dict.fromkeys(VOCABULARIES["hazards"].codes, "yes"))
    assert verdict(CODE, person(work_limits=(), work_limits_asked=True, max_lift_kg=None), everything) == "pass"


def test_a_known_limit_excludes_before_the_rest_was_asked() -> None:
    somebody = person(work_limits=("heat",), work_limits_asked=False)
    assert verdict(CODE, somebody, place(hazards=hazards(heat="yes"))) == "fail"


def test_one_limit_that_is_met_excludes_whatever_the_others_say() -> None:
    somebody = person(work_limits=("heat", "heights"))
    found = objection(CODE, somebody, place(hazards=hazards(heat="yes", heights="unknown")))
    assert LABEL("heat") in found.sentence
    assert LABEL("heights") not in found.sentence


def test_exactly_what_one_can_lift_may_be_lifted() -> None:
    for most in (0.0, 10.0):
        sacks = place(hazards=hazards(heavy_lifting="yes"), heaviest_lift_kg=most)
        assert verdict(CODE, person(max_lift_kg=most), sacks) == "pass"


def test_a_little_more_is_an_objection_that_names_both_weights_and_stays() -> None:
    found = objection(CODE, person(max_lift_kg=10), place(hazards=hazards(heavy_lifting="yes"), heaviest_lift_kg=10.5))
    assert "10.5" in found.sentence
    assert "10kg" in found.sentence
    assert not found.overridable
    assert found.change is None


def test_a_weight_that_can_be_left_out_stops_the_request_until_that_is_agreed() -> None:
    sacks = place(hazards=hazards(heavy_lifting="conditional"), heaviest_lift_kg=20)
    asked = to_ask(CODE, person(max_lift_kg=10), sacks)
    assert asked.stops_request
    assert "10" in asked.sentence


# Domain §3.1 safety_limits 「重量○kg」: a weight nobody told is unknown, and a matter of safety.
@pytest.mark.parametrize("answer", ["yes", "unknown", None])
def test_a_weight_nobody_told_stops_the_request_of_somebody_who_can_lift_only_so_much(answer: str | None) -> None:
    sacks = place(hazards=hazards(heavy_lifting=answer), heaviest_lift_kg=None)
    assert to_ask(CODE, person(max_lift_kg=5), sacks).stops_request


def test_a_weight_nobody_told_is_no_question_where_nothing_heavy_is_lifted() -> None:
    assert verdict(CODE, person(max_lift_kg=5), place(hazards=hazards(), heaviest_lift_kg=None)) == "pass"
