"""必須の配慮 × できる配慮 (domain H8): 「できない」 excludes and can be talked about, everything else is asked."""

from __future__ import annotations

import pytest

from matching.vocabulary import VOCABULARIES
from tests.matching.making import constraint, host, lifted, objection, person, place, question, to_ask, verdict

CODE = "accommodations"
LABEL = VOCABULARIES["accommodations"].label
SOMEBODY = person(required_accommodations=("quiet_environment",))
BOTH = person(required_accommodations=("quiet_environment", "seated_work"))


def test_a_place_that_offers_what_is_needed_passes() -> None:
    assert verdict(CODE, SOMEBODY, place(accommodations={"quiet_environment": "yes"})) == "pass"


def test_a_place_that_cannot_is_an_objection_that_names_it_and_can_be_negotiated() -> None:
    loud = place(accommodations={"quiet_environment": "no"})
    found = objection(CODE, SOMEBODY, loud)
    assert LABEL("quiet_environment") in found.sentence
    assert found.overridable
    assert lifted(found, SOMEBODY, loud)


@pytest.mark.parametrize("offer", [{"quiet_environment": "conditional"}, {"quiet_environment": "unknown"}, {}])
def test_what_must_be_talked_about_and_what_nobody_asked_become_a_question(offer: dict[str, str]) -> None:
    assert LABEL("quiet_environment") in to_ask(CODE, SOMEBODY, place(accommodations=offer)).sentence


def test_an_unknown_answer_about_something_else_changes_nothing() -> None:
    assert verdict(CODE, SOMEBODY, place(accommodations={"quiet_environment": "yes", "low_odor": "no"})) == "pass"


def test_what_is_only_nice_to_have_excludes_nothing() -> None:
    somebody = person(preferred_accommodations=("quiet_environment",))
    assert verdict(CODE, somebody, place(accommodations={"quiet_environment": "no"})) == "pass"


def test_one_refusal_counts_more_than_one_offer_and_one_open_question() -> None:
    assert verdict(CODE, BOTH, place(accommodations={"quiet_environment": "yes", "seated_work": "no"})) == "fail"
    assert verdict(CODE, BOTH, place(accommodations={"seated_work": "no"})) == "fail"
    assert verdict(CODE, BOTH, place(accommodations={"quiet_environment": "yes"})) == "unknown"


def test_only_what_is_open_is_asked() -> None:
    asked = to_ask(CODE, BOTH, place(accommodations={"quiet_environment": "yes"}))
    assert LABEL("seated_work") in asked.sentence
    assert LABEL("quiet_environment") not in asked.sentence


def test_an_inn_promises_first_that_there_is_no_alcohol_and_the_promise_lifts_it() -> None:
    somebody = person(required_accommodations=("no_alcohol",))
    inn = place(host=host(type="food_lodging"))
    found = objection(CODE, somebody, inn)
    assert LABEL("no_alcohol") in found.sentence
    assert lifted(found, somebody, inn)
    assert (
        verdict(CODE, somebody, place(host=host(type="food_lodging"), accommodations={"no_alcohol": "yes"})) == "pass"
    )
    assert verdict(CODE, somebody, place(host=host(type="library_culture_sports"))) == "unknown"


def test_what_is_there_or_not_weighs_more_than_what_only_has_to_be_said() -> None:
    def open_facts(code: str) -> int:
        asked = question(person(required_accommodations=(code,)), place())
        return int(constraint(CODE).open_facts(asked, constraint(CODE).verdicts(asked))[0])

    assert open_facts("soft_light") > open_facts("leave_early_ok") > open_facts("written_notes") > 0


def test_two_refusals_at_once_are_both_named_and_are_no_small_change() -> None:
    found = objection(CODE, BOTH, place(accommodations={"quiet_environment": "no", "seated_work": "no"}))
    assert LABEL("quiet_environment") in found.sentence
    assert LABEL("seated_work") in found.sentence
    assert found.change is None


def test_every_needed_accommodation_nobody_asked_about_lowers_the_place() -> None:
    def open_facts(**offer: str) -> int:
        asked = question(BOTH, place(accommodations=offer))
        return int(constraint(CODE).open_facts(asked, constraint(CODE).verdicts(asked))[0])

    assert open_facts() > open_facts(quiet_environment="yes") > open_facts(quiet_environment="yes", seated_work="yes")
    assert open_facts(quiet_environment="yes", seated_work="yes") == 0
