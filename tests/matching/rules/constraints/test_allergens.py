"""アレルギー (domain H7, scene 7): never overridden; what is not known stops the request and keeps the place."""

from __future__ import annotations

import pytest

from matching.vocabulary import VOCABULARIES
from tests.matching.making import allergens, objection, person, place, to_ask, verdict

CODE = "allergens"
LABEL = VOCABULARIES["allergens"].label
ALLERGIC = person(allergies=allergens(animals_allergen="yes"))
UNASKED = person(allergies=allergens(animals_allergen=None))
COWS = place(allergens=allergens(animals_allergen="yes"))


def test_an_allergy_where_the_thing_is_can_be_lifted_by_nobody() -> None:
    found = objection(CODE, ALLERGIC, COWS)
    assert LABEL("animals_allergen") in found.sentence
    assert not found.overridable
    assert found.change is None


def test_an_allergy_does_not_matter_where_the_thing_is_not() -> None:
    assert verdict(CODE, ALLERGIC, place(allergens=allergens())) == "pass"


@pytest.mark.parametrize("answer", ["conditional", "unknown", None])
def test_an_allergy_where_nobody_is_sure_stops_the_request(answer: str | None) -> None:
    asked = to_ask(CODE, ALLERGIC, place(allergens=allergens(animals_allergen=answer)))
    assert LABEL("animals_allergen") in asked.sentence
    assert asked.stops_request


def test_a_person_nobody_has_asked_keeps_the_cows_but_stops_the_request() -> None:
    asked = to_ask(CODE, UNASKED, COWS)
    assert LABEL("animals_allergen") in asked.sentence
    assert asked.stops_request


@pytest.mark.parametrize("answer", ["conditional", "unknown", None])
def test_nobody_asked_on_both_sides_is_still_a_question_that_stops(answer: str | None) -> None:
    assert to_ask(CODE, UNASKED, place(allergens=allergens(animals_allergen=answer))).stops_request


def test_written_down_as_unknown_is_the_same_as_absent() -> None:
    stated = person(allergies=allergens(animals_allergen="unknown"))
    for one in (COWS, place(allergens={}), place()):
        assert verdict(CODE, stated, one) == verdict(CODE, UNASKED, one)


def test_a_thing_that_is_ruled_out_on_either_side_is_no_question() -> None:
    assert verdict(CODE, UNASKED, place(allergens=allergens())) == "pass"
    assert verdict(CODE, person(), COWS) == "pass"
    assert verdict(CODE, person(), place(allergens={})) == "pass"


def test_a_person_and_a_place_nobody_asked_anything_stop_the_request() -> None:
    assert to_ask(CODE, person(allergies={}), place(allergens={})).stops_request


def test_a_known_allergy_excludes_whatever_else_is_unknown() -> None:
    assert verdict(CODE, person(allergies={"animals_allergen": "yes"}), COWS) == "fail"
