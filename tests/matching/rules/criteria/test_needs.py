"""参加ニーズ (domain S1): in the person's own order, three at most."""

from __future__ import annotations

import pytest

from matching.vocabulary import VOCABULARIES
from tests.matching.making import person, place, reason, score, unknown

CODE = "needs"
NEEDS = VOCABULARIES["participation_needs"]
THREE = person(needs=("hobbies", "move_body", "relearn"))


def meeting(*needs: str) -> float:
    return score(CODE, THREE, place(meets_needs=needs))


def test_everything_that_is_wanted_is_full_marks_and_nothing_of_it_none() -> None:
    assert meeting("hobbies", "move_body", "relearn") == pytest.approx(1)
    assert meeting("stable_housing") == 0


def test_the_first_wish_counts_most_and_the_third_least() -> None:
    assert 1 > meeting("hobbies") > meeting("move_body") > meeting("relearn") > 0


def test_every_further_wish_that_is_met_helps() -> None:
    assert meeting("hobbies", "relearn") > meeting("hobbies")


def test_more_than_is_wanted_is_not_better() -> None:
    assert meeting("hobbies", "stable_housing", "join_online") == meeting("hobbies")


def test_one_wish_that_is_met_is_full_marks_for_somebody_with_one_wish() -> None:
    assert score(CODE, person(needs=("hobbies",)), place(meets_needs=("hobbies",))) == 1


def test_only_three_wishes_are_ranked() -> None:
    four = person(needs=("hobbies", "move_body", "relearn", "stable_housing"))
    assert score(CODE, four, place(meets_needs=("stable_housing",))) == 0
    assert score(CODE, four, place(meets_needs=("hobbies", "move_body", "relearn"))) == pytest.approx(1)


def test_a_place_for_a_kindred_wish_answers_in_part() -> None:
    somebody = person(needs=("quiet_place",))
    kin, met = (score(CODE, somebody, place(meets_needs=(need,))) for need in ("safe_place", "quiet_place"))
    assert 0 < kin < met


def test_somebody_who_does_not_know_yet_and_somebody_nobody_asked_are_unknown() -> None:
    assert unknown(CODE, person(needs=("not_sure_yet",)), place())
    assert unknown(CODE, person(needs=()), place())


def test_not_knowing_yet_takes_nothing_from_a_wish_that_is_named() -> None:
    somebody = person(needs=("safe_place", "not_sure_yet"))
    assert score(CODE, somebody, place(meets_needs=("safe_place",))) == 1
    assert unknown(CODE, somebody, place(meets_needs=("move_body",)))


def test_a_place_nobody_asked_is_unknown() -> None:
    assert unknown(CODE, THREE, place(meets_needs=()))


def test_the_wish_that_is_met_is_named_in_each_ones_words() -> None:
    why = reason(CODE, THREE, place(meets_needs=("move_body",)))
    assert NEEDS.label("move_body") in why.staff
    assert why.participant is not None
    assert NEEDS.easy_label("move_body") in why.participant


def test_a_place_that_meets_no_wish_is_a_worry_and_nothing_is_said_to_the_person() -> None:
    why = reason(CODE, THREE, place(meets_needs=("stable_housing",)))
    assert why.worry
    assert why.participant is None
