"""The neutral place and the neutral person are what they say they are."""

from __future__ import annotations

import numpy as np
import pytest

from matching.engine import propose
from matching.rules.kinds import constraints
from tests.conftest import ON
from tests.matching.making import person, place, pool_of, question, score, verdict


@pytest.mark.parametrize("code", [rule.code for rule in constraints()])
def test_the_neutral_place_passes_every_constraint_for_the_neutral_person(code: str) -> None:
    assert verdict(code, person(), place()) == "pass"


def test_the_neutral_place_is_proposed_to_the_neutral_person() -> None:
    shortlist = propose(person(), pool_of(place()), on=ON)
    assert [one.opportunity_ref for one in shortlist.candidates] == ["o"]
    assert not shortlist.candidates[0].questions


def test_what_a_builder_does_not_know_is_refused() -> None:
    with pytest.raises(TypeError):
        place(colour="red")
    with pytest.raises(TypeError):
        person(income=0)


def test_places_keep_the_order_of_their_refs_whatever_order_they_are_made_in() -> None:
    assert [facts.ref for facts in question(person(), place("b"), place("a")).pool.facts] == ["a", "b"]


def test_a_score_that_nobody_knows_is_not_a_number() -> None:
    assert np.isnan(score("needs", person(needs=()), place()))
