"""次の一歩 (domain S9): in the direction the person chose; nobody is hurried."""

from __future__ import annotations

from typing import Any

import pytest

from tests.matching.making import person, place, reason, score, unknown

CODE = "next_step"
IBASHO: dict[str, Any] = {"engagement_type": "ibasho_participation", "activity_types": ("just_being",)}
ROLE: dict[str, Any] = {**IBASHO, "role_offered": "お茶をいれる係"}
STUDY: dict[str, Any] = {**IBASHO, "activity_types": ("study_group",)}
WORK: dict[str, Any] = {"engagement_type": "work_experience", "activity_types": ("packing_shipping",)}


@pytest.mark.parametrize(
    ("goal", "toward", "elsewhere"),
    [
        ("ibasho_is_enough", IBASHO, WORK),
        ("have_a_role", ROLE, IBASHO),
        ("learn", STUDY, IBASHO),
        ("try_work", WORK, IBASHO),
        ("work", WORK, IBASHO),
    ],
)
def test_a_place_in_the_chosen_direction_is_better_than_one_in_another(
    goal: str, toward: dict[str, Any], elsewhere: dict[str, Any]
) -> None:
    somebody = person(goal_path=(goal,))
    assert score(CODE, somebody, place(**toward)) > score(CODE, somebody, place(**elsewhere))


def test_one_of_several_directions_is_enough() -> None:
    somebody = person(goal_path=("learn", "have_a_role"))
    assert score(CODE, somebody, place(**STUDY)) == score(CODE, somebody, place(**ROLE)) == 1


@pytest.mark.parametrize("goals", [("undecided",), (), ("undecided", "work")])
def test_somebody_who_has_not_decided_or_was_not_asked_is_sent_nowhere(goals: tuple[str, ...]) -> None:
    assert unknown(CODE, person(goal_path=goals), place(**WORK))


def test_a_position_nobody_told_is_unknown() -> None:
    assert unknown(CODE, person(goal_path=("work",)), place(engagement_type=None))


def test_the_person_is_told_nothing_about_steps() -> None:
    for facts in (WORK, IBASHO):
        assert reason(CODE, person(goal_path=("work",)), place(**facts)).participant is None


# Domain S9 「次の一歩があるか」, §3.2 next_paths 「ここから先の道」.
def test_a_place_that_leads_on_is_better_than_one_that_leads_nowhere() -> None:
    somebody = person(goal_path=("work",))
    leads_on = place(**IBASHO, next_opportunities=("packing",))
    assert score(CODE, somebody, leads_on) > score(CODE, somebody, place(**IBASHO, next_opportunities=()))
