"""場面1: 30代・ひきこもり10年・家族のみ接触（ステージ0）。外の場は1件も出ず、家の中でできることが出る [S-草②].

How long somebody stayed at home is no fact that the engine can be told.
"""

from __future__ import annotations

import dataclasses
from typing import Any

from matching.bonding.bonding import bonding, family_meetings
from matching.engine import propose
from tests.conftest import ON
from tests.matching.conftest import Asked
from tests.matching.making import axes, person, place, pool_of, verdict

HOME_ONLY: dict[str, Any] = {
    "age": 35,
    "stage": 0,
    "transport": (),
    "capacities": axes(0, people=2, duration=1, voice=1),
}


def test_not_one_outside_place_is_listed(oshu: dict[str, Asked]) -> None:
    haru = oshu["p-haru"]
    for one in haru.listed:
        facts = haru.pool.facts[one.row]
        assert facts.online == "yes" or "family_meeting" in facts.activity_types


def test_what_can_be_joined_from_home_is_proposed(oshu: dict[str, Asked]) -> None:
    assert "opp-yururi" in [one.opportunity_ref for one in oshu["p-haru"].shortlist.candidates]
    assert oshu["p-haru"].shortlist.candidates[0].next_dates


def test_a_person_of_thirty_five_is_answered_as_one_of_twenty_four(oshu: dict[str, Asked]) -> None:
    haru = oshu["p-haru"]
    older = propose(dataclasses.replace(haru.profile, age=35), haru.pool, on=ON)
    assert [one.opportunity_ref for one in older.candidates] == [
        one.opportunity_ref for one in haru.shortlist.candidates
    ]


def test_a_manager_sees_why_each_outside_place_is_held_back() -> None:
    shortlist = propose(person(**HOME_ONLY), pool_of(place()), on=ON)
    assert not [*shortlist.candidates, *shortlist.others]
    assert "stage" in [one.code for one in shortlist.excluded[0].objections]


def test_the_familys_own_place_is_not_held_back_by_the_stage() -> None:
    meeting = place(activity_types=("family_meeting",))
    assert verdict("stage", person(**HOME_ONLY), meeting) == "pass"
    assert verdict("stage", person(**HOME_ONLY), place()) == "fail"


def test_the_mother_of_an_8050_household_is_offered_the_meeting_of_parents(oshu: dict[str, Asked]) -> None:
    assert oshu["p-tomi"].shortlist.candidates[0].opportunity_ref == "opp-kazoku"


def test_what_can_be_done_now_is_said_in_place_of_the_outside_places(oshu: dict[str, Asked]) -> None:
    haru = oshu["p-haru"]
    shortlist = haru.shortlist
    said = bonding(haru.profile, haru.pool, candidates=shortlist.candidates, others=shortlist.others, family=True)
    assert "opp-yururi" in said.online
    assert len(said.at_home) == 2
    assert "お返事はいりません" in said.letter


def test_the_parent_nobody_has_asked_yet_can_be_told_of_the_meeting_of_parents(oshu: dict[str, Asked]) -> None:
    haru = oshu["p-haru"]
    assert [one.opportunity_ref for one in family_meetings(haru.profile, haru.pool, on=ON)] == ["opp-kazoku"]
