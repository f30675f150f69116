"""興味・得意 (domain S2): the activity counts first, closeness of words is the last little push."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from matching.vocabulary import VOCABULARIES
from tests.matching.making import criterion, person, place, question, reason, said, score, unknown

CODE = "interests"
ACTIVITIES = VOCABULARIES["activity_types"]
COWS: dict[str, Any] = {
    "title": "子牛にミルクをあげる",
    "plain_description": "牛のせわ",
    "activity_types": ("animal_care",),
}


def test_doing_what_one_likes_is_better_than_what_one_is_good_at_and_both_better_than_neither() -> None:
    one = place(activity_types=("animal_care",))
    likes = score(CODE, person(interest_types=("animal_care",)), one)
    good_at = score(CODE, person(interest_types=("music",), strength_types=("animal_care",)), one)
    both = score(CODE, person(interest_types=("animal_care",), strength_types=("animal_care",)), one)
    neither = score(CODE, person(interest_types=("music",)), one)
    assert 1 >= both > likes > good_at > neither == 0


def test_words_alone_weigh_less_than_any_shared_activity() -> None:
    words = score(CODE, person(interest_types=(), interest_texts=("子牛にミルクをあげる",)), place(**COWS))
    shared = score(CODE, person(interest_types=("animal_care",)), place(**COWS))
    assert 0 < words < shared


def test_words_decide_between_places_of_the_same_activity() -> None:
    somebody = person(interest_types=("animal_care",), interest_texts=("牛",))
    dogs = place("dogs", title="犬のさんぽ", plain_description="犬とあるく", activity_types=("animal_care",))
    scores = criterion(CODE).scores(question(somebody, place("cows", **COWS), dogs))
    assert scores[0] > scores[1]


@pytest.mark.parametrize("source", ["interest_texts", "strength_texts", "can_teach"])
def test_likes_strengths_and_what_one_can_teach_are_all_read(source: str) -> None:
    assert score(CODE, person(interest_types=(), **{source: ("牛のせわ",)}), place(**COWS)) > 0


def test_a_person_nobody_asked_is_unknown() -> None:
    assert unknown(CODE, person(interest_types=()), place(**COWS))


def test_a_place_whose_activity_nobody_told_is_unknown_and_not_disliked() -> None:
    assert unknown(CODE, person(interest_types=("music",)), place(activity_types=()))


def test_the_activity_is_named_and_the_persons_own_newest_words_are_quoted_to_staff_alone() -> None:
    words = (said("前は犬がいた", date(2026, 9, 1)), said("牛を見るのが好き", date(2026, 10, 14)))
    somebody = person(interest_types=("animal_care",), interest_texts=("牛",), own_words=words)
    why = reason(CODE, somebody, place(**COWS))
    assert ACTIVITIES.label("animal_care") in why.staff
    assert "牛を見るのが好き" in why.staff
    assert "10/14" in why.staff
    assert why.participant is not None
    assert ACTIVITIES.easy_label("animal_care") in why.participant
    assert "牛を見る" not in why.participant


def test_what_one_is_good_at_is_named() -> None:
    why = reason(CODE, person(interest_types=(), strength_types=("animal_care",)), place(**COWS))
    assert ACTIVITIES.label("animal_care") in why.staff


def test_nothing_is_said_to_the_person_about_an_activity_they_did_not_name() -> None:
    assert reason(CODE, person(interest_types=("music",)), place(**COWS)).participant is None
