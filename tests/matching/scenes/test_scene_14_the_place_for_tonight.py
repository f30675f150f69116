"""場面14: ひなたぼっこ型（24時間）は緊急ボタンだけが使い、通常の順位には出ない [S-仙]。"""

from __future__ import annotations

from matching.engine import propose
from matching.question.answers import Shortlist
from tests.conftest import ON
from tests.matching.conftest import Asked
from tests.matching.making import person, place, pool_of, slot, window

TONIGHT = place(
    "tonight",
    emergency_24h="yes",
    meets_needs=("urgent_shelter", "stable_housing"),
    slots=(slot("mon tue wed thu fri sat sun", "00:00", "24:00"),),
)


def refs_shown(shortlist: Shortlist) -> set[str]:
    listed = {one.opportunity_ref for one in (*shortlist.candidates, *shortlist.others)}
    return listed | {miss.opportunity_ref for miss in shortlist.near_misses}


def test_nobody_in_oshu_finds_it_in_any_list(oshu: dict[str, Asked]) -> None:
    for one in oshu.values():
        assert "opp-anshin" not in refs_shown(one.shortlist)
        held_back = next(each for each in one.shortlist.excluded if each.opportunity_ref == "opp-anshin")
        assert "emergency_only" in [found.code for found in held_back.objections]


def test_not_even_somebody_who_needs_it_tonight_finds_it_among_ordinary_proposals() -> None:
    somebody = person(needs=("urgent_shelter",), available=(window(),))
    shortlist = propose(somebody, pool_of(TONIGHT, place("tuesday")), on=ON)
    assert "tonight" not in refs_shown(shortlist)
    assert [(each.opportunity_ref, each.objections[0].overridable) for each in shortlist.excluded] == [
        ("tonight", False)
    ]


def test_it_takes_no_other_places_rank() -> None:
    alone = propose(person(), pool_of(place("tuesday")), on=ON).candidates[0]
    beside = propose(person(), pool_of(TONIGHT, place("tuesday")), on=ON).candidates[0]
    assert (alone.rank, alone.total, alone.band) == (beside.rank, beside.total, beside.band)
