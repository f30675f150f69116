"""対象の限定 (domain §4.4): matched only with what the person says they can and wish to use, never with who they are."""

from __future__ import annotations

import pytest

from matching.vocabulary import VOCABULARIES
from tests.matching.making import lifted, objection, person, place, verdict

CODE = "restrictions"
RESTRICTIONS = VOCABULARIES["restrictions"]


@pytest.mark.parametrize("code", RESTRICTIONS.codes)
def test_a_place_for_some_people_is_proposed_to_those_who_said_they_can_use_it(code: str) -> None:
    assert verdict(CODE, person(restricted_ok=(code,)), place(restricted_to=(code,))) == "pass"


@pytest.mark.parametrize("code", RESTRICTIONS.codes)
def test_it_is_proposed_to_nobody_else_and_the_sentence_names_the_restriction(code: str) -> None:
    others = tuple(other for other in RESTRICTIONS.codes if other != code)
    found = objection(CODE, person(restricted_ok=others), place(restricted_to=(code,)))
    assert RESTRICTIONS.label(code) in found.sentence


@pytest.mark.parametrize("code", ["program_users", "members_only"])
def test_a_procedure_can_be_done(code: str) -> None:
    one = place(restricted_to=(code,))
    found = objection(CODE, person(), one)
    assert found.overridable
    assert lifted(found, person(), one)


def test_every_restriction_must_be_usable() -> None:
    one = place(restricted_to=("women_only", "members_only"))
    assert verdict(CODE, person(restricted_ok=("women_only", "members_only")), one) == "pass"
    found = objection(CODE, person(restricted_ok=("members_only",)), one)
    assert RESTRICTIONS.label("women_only") in found.sentence
    assert RESTRICTIONS.label("members_only") not in found.sentence


def test_a_place_for_everybody_asks_nobody() -> None:
    assert verdict(CODE, person(restricted_ok=()), place(restricted_to=())) == "pass"
