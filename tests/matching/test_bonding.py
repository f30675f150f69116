"""いまできること at stage 0: from what is known of the person alone, and nothing that hurries them."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from matching.bonding.bonding import (
    ASK_AT_HOME,
    ASK_FAMILY,
    LIVES_ALONE,
    NOTHING_ONLINE,
    Bonding,
    bonding,
    family_meetings,
)
from matching.bonding.home_ideas import AT_HOME
from matching.engine import propose
from matching.inputs.profile import ParticipantProfile
from matching.pool.opportunity_pool import OpportunityPool
from matching.question.answers import Shortlist
from matching.vocabulary import VOCABULARIES
from tests.conftest import ON
from tests.matching.making import allergens, axes, hazards, host, never, person, place, pool_of

CHAT = place(
    "chat",
    title="文字だけの集まり",
    online="yes",
    activity_types=("online_gathering",),
    meets_needs=("join_online",),
    loads=axes(0, people=1, duration=1, voice=1),
    accommodations={"fixed_helper": "yes"},
    host=host("net"),
)
PARENTS = place(
    "parents",
    title="親の会",
    activity_types=("family_meeting",),
    meets_needs=("family_support",),
    restricted_to=("family_members_only",),
    host=host("circle"),
)
TOWN = pool_of(place(), CHAT, PARENTS)


def somebody(**facts: Any) -> ParticipantProfile:
    """Somebody who does not go out yet."""
    return person(**{"stage": 0, "transport": (), "capacities": axes(0, people=2, duration=1, voice=1), **facts})


NOBODY_ASKED = somebody(
    needs=(), interest_types=(), required_accommodations=(), fears=(), transport=None, available=None,
    capacities=(None,) * 5, near_home=None, group_size=None, goal_path=(),
)  # fmt: skip


def told(
    profile: ParticipantProfile, pool: OpportunityPool = TOWN, *, family: bool | None = True
) -> tuple[Bonding, Shortlist]:
    shortlist = propose(profile, pool, on=ON)
    return (
        bonding(profile, pool, candidates=shortlist.candidates, others=shortlist.others, family=family),
        shortlist,
    )


def test_what_somebody_likes_becomes_two_ideas_for_home_and_a_line_in_a_letter() -> None:
    said, _ = told(somebody(interest_types=("music", "reading_games", "animal_care"), interest_texts=("深夜ラジオ",)))
    assert said.at_home == (AT_HOME["music"], AT_HOME["reading_games"])
    assert said.at_home_question is None
    assert "「深夜ラジオ」" in said.letter
    assert "お返事はいりません" in said.letter
    assert said.hurry.startswith("急がなくて大丈夫")
    assert "外の場所は、いまは出していません" in said.outside


def test_an_own_word_becomes_an_idea_where_the_kinds_give_too_few() -> None:
    said, _ = told(somebody(interest_types=("online_gathering", "computer_work"), interest_texts=("天気図", "台風")))
    assert len(said.at_home) == 2
    assert said.at_home[0] == AT_HOME["computer_work"]
    assert "「天気図」" in said.at_home[1]


def test_two_likings_with_the_same_quiet_form_are_one_idea() -> None:
    said, _ = told(somebody(interest_types=("weeding", "harvesting")))
    assert said.at_home == (AT_HOME["weeding"],)


def test_what_somebody_does_not_want_is_neither_an_idea_nor_a_topic() -> None:
    dislikes = (never("music"), never(None, "ゲーム"))
    said, _ = told(somebody(interest_types=("music",), interest_texts=("ゲーム",), dislikes=dislikes))
    assert said.at_home == ()
    assert said.at_home_question == ASK_AT_HOME
    assert "ゲーム" not in said.letter


def test_where_nothing_is_known_nothing_is_made_up_and_the_questions_stand_there() -> None:
    said, _ = told(NOBODY_ASKED, pool_of(place()), family=None)
    assert said.at_home == ()
    assert said.at_home_question == ASK_AT_HOME
    assert (said.family_question, said.family_none) == (ASK_FAMILY, None)
    assert said.online_none == NOTHING_ONLINE
    assert "「お返事はいりません」" in said.letter


def test_a_family_that_was_asked_about_leaves_no_question_and_living_alone_is_not_unknown() -> None:
    lives_with_somebody, lives_alone = told(somebody())[0], told(somebody(), family=False)[0]
    assert (lives_with_somebody.family_question, lives_with_somebody.family_none) == (None, None)
    assert (lives_alone.family_question, lives_alone.family_none) == (None, LIVES_ALONE)


@pytest.mark.parametrize(
    "known",
    [
        {"fears": ("phone_calls",)},
        {"required_accommodations": ("non_phone_contact",)},
        {"preferred_accommodations": ("non_phone_contact",)},
    ],
)
def test_whoever_dreads_the_telephone_is_written_to_without_it(known: dict[str, Any]) -> None:
    assert told(somebody(**known))[0].letter.startswith("電話は使わず")
    assert "電話" not in told(somebody())[0].letter


def test_places_to_join_from_home_are_taken_from_the_candidates() -> None:
    said, shortlist = told(somebody(needs=("join_online",), interest_types=("online_gathering",)))
    assert [one.opportunity_ref for one in shortlist.candidates] == ["chat"]
    assert said.online == ("chat",)
    assert said.online_none is None


def test_a_place_that_is_only_perhaps_online_is_not_called_online() -> None:
    perhaps = dataclasses.replace(CHAT, online="conditional")
    said, shortlist = told(somebody(interest_types=("online_gathering",)), pool_of(perhaps))
    assert [one.opportunity_ref for one in (*shortlist.candidates, *shortlist.others)] == ["chat"]
    assert said.online == ()


def test_a_relative_nobody_has_asked_is_told_of_the_place_for_families_and_of_no_other() -> None:
    found = family_meetings(somebody(), TOWN, on=ON)
    assert [one.opportunity_ref for one in found] == ["parents"]
    assert found[0].next_dates


def test_what_is_known_of_the_person_is_not_held_against_the_relative() -> None:
    rough = somebody(
        near_home="never",
        district="北",
        age=15,
        work_limits=("heat",),
        allergies=allergens(dust_mold="yes"),
        dislikes=(never("family_meeting"),),
    )
    hot = dataclasses.replace(PARENTS, hazards=hazards(heat="yes"), allergens=allergens(dust_mold="yes"))
    assert [one.opportunity_ref for one in family_meetings(rough, pool_of(hot), on=ON)] == ["parents"]


def test_a_host_that_is_closed_to_the_person_is_closed_to_the_relative_too() -> None:
    apart = somebody(barred_organizations=frozenset({"circle"}))
    assert family_meetings(apart, TOWN, on=ON) == ()


def test_a_place_for_families_that_rests_is_not_told_of() -> None:
    resting = dataclasses.replace(PARENTS, status="resting")
    assert family_meetings(somebody(), pool_of(resting), on=ON) == ()


def test_every_quiet_form_belongs_to_a_kind_of_activity_and_is_a_whole_sentence() -> None:
    assert set(AT_HOME) <= set(VOCABULARIES["activity_types"].codes)
    assert all(sentence.endswith("。") for sentence in AT_HOME.values())
    # Nothing that has to be done, and nothing that is owed to us.
    assert not [sentence for sentence in AT_HOME.values() if "ください" in sentence or "しましょう" in sentence]
