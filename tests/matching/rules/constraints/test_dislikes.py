"""絶対いや (domain H2): activity, hazard, companions, group size, kind of host. Nobody may override it."""

from __future__ import annotations

from typing import Any

import pytest

from matching.inputs.profile import Dislike
from matching.vocabulary import VOCABULARIES
from tests.matching.making import all_told, hazards, host, never, objection, person, place, to_ask, verdict

CODE = "dislikes"
HAS_IT: list[tuple[str, str, dict[str, Any]]] = [
    ("activity_types", "customer_service", {"activity_types": ("sorting_produce", "customer_service")}),
    ("hazards", "near_animals", {"hazards": hazards(near_animals="yes")}),
    ("companions", "children_present", {"mix": all_told("companions", {"children_present": "yes"})}),
    ("group_sizes", "large_10_plus", {"group_size": "large_10_plus"}),
    ("organization_types", "temple_church", {"host": host(type="temple_church")}),
]
MAY_HAVE_IT: list[tuple[str, dict[str, Any]]] = [
    ("near_animals", {"hazards": hazards(near_animals="conditional")}),
    ("near_animals", {"hazards": hazards(near_animals="unknown")}),
    ("near_animals", {"hazards": {}}),
    ("children_present", {"mix": all_told("companions", {"children_present": "conditional"})}),
    ("large_10_plus", {"group_size": None}),
    ("temple_church", {"host": host(type=None)}),
]


@pytest.mark.parametrize(("words", "code", "facts"), HAS_IT)
def test_a_place_that_has_it_is_excluded_for_good_and_the_sentence_names_it(
    words: str, code: str, facts: dict[str, Any]
) -> None:
    found = objection(CODE, person(dislikes=(never(code),)), place(**facts))
    assert VOCABULARIES[words].label(code) in found.sentence
    assert not found.overridable
    assert found.change is None


@pytest.mark.parametrize(("words", "code", "facts"), HAS_IT)
def test_a_place_that_does_not_have_it_passes(words: str, code: str, facts: dict[str, Any]) -> None:
    assert verdict(CODE, person(dislikes=(never(code),)), place()) == "pass"


@pytest.mark.parametrize("kind", [code for code in VOCABULARIES["organization_types"].codes if code != "temple_church"])
def test_no_other_kind_of_host_is_taken_for_it(kind: str) -> None:
    assert verdict(CODE, person(dislikes=(never("temple_church"),)), place(host=host(type=kind))) == "pass"


@pytest.mark.parametrize(("code", "facts"), MAY_HAVE_IT)
def test_a_place_that_may_have_it_is_asked_about(code: str, facts: dict[str, Any]) -> None:
    assert to_ask(CODE, person(dislikes=(never(code),)), place(**facts)).sentence


@pytest.mark.parametrize(("words", "code", "facts"), HAS_IT)
def test_a_dislike_that_is_not_absolute_excludes_nothing(words: str, code: str, facts: dict[str, Any]) -> None:
    mild = (Dislike(code=code, text=None, absolute=False),)
    assert verdict(CODE, person(dislikes=mild), place(**facts)) == "pass"


def test_words_without_a_code_are_looked_at_by_a_person_and_matched_by_nobody_else() -> None:
    asked = to_ask(CODE, person(dislikes=(never(None, "高校の近く"),)), place())
    assert "高校の近く" in asked.sentence


def test_one_that_hits_excludes_whatever_the_others_say() -> None:
    both = (never(None, "高校の近く"), never("large_10_plus"))
    found = objection(CODE, person(dislikes=both), place(group_size="large_10_plus"))
    assert "高校の近く" not in found.sentence


# Interchange: an absent code, an activity nobody described, mean unknown.
def test_companions_nobody_asked_about_are_asked() -> None:
    for mix in ({}, all_told("companions", {"children_present": "unknown"})):
        assert to_ask(CODE, person(dislikes=(never("children_present"),)), place(mix=mix)).sentence


def test_an_activity_nobody_described_is_asked_about() -> None:
    assert to_ask(CODE, person(dislikes=(never("customer_service"),)), place(activity_types=())).sentence


def test_a_word_that_the_lists_do_not_know_is_looked_at_by_a_person() -> None:
    assert to_ask(CODE, person(dislikes=(never("a_newer_word"),)), place()).sentence
