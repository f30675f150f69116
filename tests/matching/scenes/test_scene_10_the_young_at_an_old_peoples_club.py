"""場面10: 24歳をよさってくらぶへ。年齢で弾かれない（高齢者以外も参加可 [F51]）。"""

from __future__ import annotations

import dataclasses

import pytest

from matching.engine import propose
from tests.conftest import ON
from tests.matching.conftest import Asked
from tests.matching.making import person, place, verdict


@pytest.fixture
def at_24(oshu: dict[str, Asked]) -> Asked:
    """しんじさん, were he twenty-four."""
    shinji = oshu["p-shinji"]
    profile = dataclasses.replace(shinji.profile, age=24)
    return Asked(profile, shinji.pool, propose(profile, shinji.pool, on=ON))


def test_no_club_of_oshu_objects_to_the_age(at_24: Asked) -> None:
    clubs = [facts for facts in at_24.pool.facts if facts.ref.startswith("opp-y-")]
    assert len(clubs) == 5
    assert all(verdict("age", at_24.profile, club) != "fail" for club in clubs)


def test_the_clubs_are_proposed_to_somebody_of_24_as_they_are_at_58(at_24: Asked, oshu: dict[str, Asked]) -> None:
    def clubs(asked: Asked) -> set[str]:
        return {one.opportunity_ref for one in asked.listed if one.opportunity_ref.startswith("opp-y-")}

    assert clubs(at_24) == clubs(oshu["p-shinji"])
    assert clubs(at_24)


def test_who_usually_comes_keeps_nobody_away() -> None:
    club = place(age_bands_present=("65_plus",), activity_types=("exercise",))
    assert verdict("age", person(age=24), club) == "pass"
