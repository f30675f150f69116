"""就労へ急がせない (domain §4.5-9, §3.6): work waits for the person's own wish."""

from __future__ import annotations

import pytest

from matching.rules.constraints.hurry import TOWARDS_WORK
from matching.vocabulary import VOCABULARIES
from tests.matching.making import objection, person, place, to_ask, verdict

CODE = "hurry"
TRIAL = place(engagement_type="work_experience", meets_needs=("daily_rhythm",))


@pytest.mark.parametrize("position", TOWARDS_WORK)
def test_somebody_who_seeks_a_place_to_be_gets_no_place_of_work(position: str) -> None:
    found = objection(CODE, person(), place(engagement_type=position, meets_needs=("daily_rhythm",)))
    assert VOCABULARIES["engagement_types"].label(position) in found.sentence
    assert found.overridable


@pytest.mark.parametrize("need", ["work_experience_wish", "earn_a_little"])
def test_whoever_wishes_to_work_or_earn_may(need: str) -> None:
    assert verdict(CODE, person(needs=("safe_place", need)), TRIAL) == "pass"


@pytest.mark.parametrize("goal", ["try_work", "work"])
def test_whoever_goes_that_way_may(goal: str) -> None:
    assert verdict(CODE, person(goal_path=(goal,)), TRIAL) == "pass"


def test_a_place_for_what_they_want_most_is_no_detour() -> None:
    assert (
        verdict(
            CODE, person(needs=("join_online",)), place(engagement_type="work_experience", meets_needs=("join_online",))
        )
        == "pass"
    )


def test_the_undecided_are_spared_early_and_asked_later() -> None:
    early = person(needs=("not_sure_yet",), goal_path=("undecided",), stage=2)
    later = person(needs=("not_sure_yet",), goal_path=("undecided",), stage=4)
    assert verdict(CODE, early, TRIAL) == "fail"
    assert to_ask(CODE, later, TRIAL).sentence


def test_somebody_nobody_has_asked_is_asked_first() -> None:
    assert to_ask(CODE, person(needs=(), goal_path=(), stage=None), TRIAL).sentence


@pytest.mark.parametrize("position", ["ibasho_participation", "unpaid_volunteer", "paid_volunteer", None])
def test_other_positions_hurry_nobody(position: str | None) -> None:
    assert verdict(CODE, person(), place(engagement_type=position)) == "pass"
