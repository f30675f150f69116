"""What deserves to stand among the five: not every place without an objection does."""

from __future__ import annotations

from typing import Any

import pytest

from matching.engine import propose
from matching.inputs.facts import OpportunityFacts
from matching.inputs.profile import Dislike, ParticipantProfile
from matching.question.answers import Shortlist
from tests.conftest import ON
from tests.matching.making import capacity, host, load, person, place, pool_of


def proposed(somebody: ParticipantProfile, *places: OpportunityFacts) -> Shortlist:
    return propose(somebody, pool_of(*places), on=ON)


def refs(listed: Any) -> list[str]:
    return [one.opportunity_ref for one in listed]


@pytest.mark.parametrize("burden", [1, 3, None])
def test_a_host_that_copes_or_was_not_asked_is_proposed(burden: int | None) -> None:
    assert refs(proposed(person(), place(host=host(burden=burden))).candidates) == ["o"]


def test_what_the_person_would_rather_not_do_is_no_proposal_but_stays_among_the_others() -> None:
    cooking = place("cook", activity_types=("cooking_help", "just_being"))
    rather_not = person(dislikes=(Dislike(code="cooking_help", text=None, absolute=False),))
    answer = proposed(rather_not, cooking, place())
    assert refs(answer.candidates) == ["o"]
    assert refs(answer.others) == ["cook"]
    assert set(refs(proposed(person(), cooking, place()).candidates)) == {"o", "cook"}


def test_a_dislike_that_is_no_activity_only_lowers() -> None:
    somebody = person(dislikes=(Dislike(code="children_present", text=None, absolute=False),))
    lively = place(mix={"children_present": "yes"})
    assert refs(proposed(somebody, lively).candidates) == ["o"]
    assert proposed(somebody, lively).candidates[0].total < proposed(person(), lively).candidates[0].total


UNHEARD: dict[str, Any] = {
    "age": None, "needs": ("not_sure_yet",), "interest_types": (), "capacities": (None,) * 5, "stretch_axes": None,
    "work_limits_asked": False, "max_lift_kg": None, "allergies": {}, "near_home": None, "transport": None,
    "max_travel_minutes": None, "available": None, "frequency_goal": None, "session_max_minutes": None,
    "group_size": None, "reward": None, "cost_limit_yen": None, "accompaniment": None, "goal_path": (),
}  # fmt: skip
QUIET: dict[str, Any] = {"loads": load(voice=0), "min_stay_minutes": 0, "meets_needs": ("not_sure_yet",)}


def test_to_somebody_hardly_heard_a_quiet_door_or_two_can_be_mentioned() -> None:
    doors = [place(name, **QUIET) for name in "abc"]
    answer = proposed(person(**UNHEARD, stage=2), *doors, place("busy", loads=load(outing=3, people=3)))
    assert refs(answer.candidates) == ["a", "b"]
    assert set(refs(answer.others)) == {"c", "busy"}


@pytest.mark.parametrize(
    "less",
    [
        {"loads": load(outing=2)},
        {"loads": load(outing=None)},
        {"drop_rule": "with_notice"},
        {"drop_rule": None},
        {"observe_only_ok": "unknown"},
        {"host": host(burden=4)},
    ],
)
def test_a_place_that_asks_more_or_was_not_asked_is_no_quiet_door(less: dict[str, Any]) -> None:
    assert not proposed(person(**UNHEARD, stage=2), place(**{**QUIET, **less})).candidates


def test_what_is_known_to_be_bearable_may_be_more_than_the_first_step() -> None:
    somebody = person(needs=("not_sure_yet",), interest_types=(), capacities=capacity(outing=2), stage=1)
    quiet = place("room", **{**QUIET, "loads": load(outing=2)})
    assert refs(proposed(somebody, quiet, place("busy", loads=load(outing=3), drop_rule="with_notice")).candidates) == [
        "room"
    ]


@pytest.mark.parametrize("stage", [0, None])
def test_nobody_is_shown_a_door_before_a_relation_has_begun(stage: int | None) -> None:
    assert not proposed(person(**UNHEARD, stage=stage), place(**QUIET)).candidates


def test_whoever_has_been_heard_is_not_given_quiet_doors_in_place_of_what_they_want() -> None:
    heard = person(needs=("earn_a_little",), interest_types=("repair_woodwork",), goal_path=("work",))
    assert not proposed(heard, place(**{**QUIET, "meets_needs": ("safe_place",)})).candidates


YOUNG: dict[str, Any] = {"max_age": 30, "age_flexible": "yes"}


@pytest.mark.parametrize(
    ("put_off", "near"),
    [
        ({}, ["o"]),
        ({"host": host(burden=4)}, []),
        ({"activity_types": ("just_being", "cooking_help")}, []),
    ],
)
def test_no_talk_is_proposed_with_a_tired_host_or_for_what_one_would_rather_not_do(
    put_off: dict[str, Any], near: list[str]
) -> None:
    somebody = person(dislikes=(Dislike(code="cooking_help", text=None, absolute=False),))
    assert refs(proposed(somebody, place(**{**YOUNG, **put_off})).near_misses) == near


@pytest.mark.parametrize(
    ("somebody", "shown"),
    [
        ({"near_home": "avoid", "fears": ("meeting_acquaintances",)}, []),
        ({"near_home": "avoid"}, ["o"]),
        ({"near_home": "indifferent", "fears": ("meeting_acquaintances",)}, ["o"]),
    ],
)
def test_next_door_is_no_proposal_for_somebody_who_keeps_away_and_is_afraid_to_be_met(
    somebody: dict[str, Any], shown: list[str]
) -> None:
    answer = proposed(person(**somebody), place())
    assert refs(answer.candidates) == shown
    assert set(refs(answer.candidates)) | set(refs(answer.others)) == {"o"}


@pytest.mark.parametrize(("wish", "shown"), [("relearn", ["o"]), ("connect_with_people", [])])
def test_from_home_only_what_answers_a_wish_and_a_liking_is_proposed_to_somebody_who_seeks_to_go_out(
    wish: str, shown: list[str]
) -> None:
    online: dict[str, Any] = {"online": "yes", "activity_types": ("computer_work",), "meets_needs": ("relearn",)}
    somebody = person(needs=(wish, "be_useful"), interest_types=("computer_work",))
    assert refs(proposed(somebody, place(**online)).candidates) == shown


@pytest.mark.parametrize(("stage", "shown"), [(1, ["o"]), (2, ["o"]), (3, [])])
def test_who_is_at_the_beginning_may_begin_from_home(stage: int, shown: list[str]) -> None:
    somebody = person(needs=("safe_place", "practice_going_out"), interest_types=("reading_games",), stage=stage)
    quiet: dict[str, Any] = {"online": "yes", "activity_types": ("online_gathering",), "meets_needs": ("safe_place",)}
    assert refs(proposed(somebody, place(**quiet)).candidates) == shown
