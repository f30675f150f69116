"""あると良い配慮 (domain S6): offered is whole, to be talked about half, refused nothing."""

from __future__ import annotations

import pytest

from matching.vocabulary import VOCABULARIES
from tests.matching.making import person, place, reason, score, unknown

CODE = "nice_accommodations"
WORDS = VOCABULARIES["accommodations"]
WISH = person(preferred_accommodations=("few_words", "written_steps"))


@pytest.mark.parametrize(
    ("first", "second", "points"),
    [("yes", "yes", 1), ("yes", "conditional", 0.75), ("yes", "no", 0.5), ("no", "no", 0), ("conditional", "no", 0.25)],
)
def test_each_wish_counts_alike(first: str, second: str, points: float) -> None:
    assert score(CODE, WISH, place(accommodations={"few_words": first, "written_steps": second})) == points


@pytest.mark.parametrize("rest", [{"written_steps": "unknown"}, {}])
def test_what_nobody_asked_is_left_out_and_not_counted_as_refused(rest: dict[str, str]) -> None:
    assert score(CODE, WISH, place(accommodations={"few_words": "yes", **rest})) == 1


def test_nothing_known_or_nothing_wished_is_unknown() -> None:
    assert unknown(CODE, WISH, place(accommodations={}))
    assert unknown(CODE, person(), place(accommodations={"few_words": "yes"}))


def test_what_is_offered_is_named_in_each_ones_words() -> None:
    why = reason(CODE, WISH, place(accommodations={"few_words": "yes", "written_steps": "no"}))
    assert WORDS.label("few_words") in why.staff
    assert WORDS.label("written_steps") not in why.staff
    assert why.participant is not None
    assert WORDS.easy_label("few_words") in why.participant


def test_nothing_is_promised_to_the_person_that_must_still_be_talked_about() -> None:
    why = reason(CODE, WISH, place(accommodations={"few_words": "conditional", "written_steps": "no"}))
    assert WORDS.label("few_words") in why.staff
    assert why.participant is None


def test_refusals_are_a_worry_for_staff_alone() -> None:
    why = reason(CODE, WISH, place(accommodations={"few_words": "no", "written_steps": "no"}))
    assert why.worry
    assert why.participant is None


# Domain §4.6: the person's sheet does not talk of illness.
@pytest.mark.parametrize("code", WORDS.codes)
def test_no_offer_is_put_to_the_person_in_words_of_illness(code: str) -> None:
    why = reason(CODE, person(preferred_accommodations=(code,)), place(accommodations={code: "yes"}))
    assert not [word for word in ("病", "障", "診断", "体の調子") if word in (why.participant or "")]
