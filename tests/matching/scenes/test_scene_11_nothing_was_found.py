"""場面11: 候補0件。未充足ニーズ票が作られる、その元になることを照合は残らず言う。

The record itself is kept elsewhere: matching owes it why nothing was found, and what is nearly there.
"""

from __future__ import annotations

from matching.engine import propose
from tests.conftest import ON
from tests.matching.conftest import Asked
from tests.matching.making import away, hazards, host, person, place, pool_of, slot, window

EVENINGS = person(available=(window("tue", "11:00", "13:00"),))


def test_a_place_that_is_nearly_there_is_named_with_what_would_make_it_fit() -> None:
    shortlist = propose(EVENINGS, pool_of(place()), on=ON)
    assert not [*shortlist.candidates, *shortlist.others]
    miss = shortlist.near_misses[0]
    assert (miss.opportunity_ref, miss.objection.code) == ("o", "time")
    assert miss.objection.change is not None
    assert "30分" in miss.objection.change.sentence


def test_where_nothing_is_near_every_place_still_says_all_that_stands_against_it() -> None:
    far = place("far", slots=(slot("sun"),), hazards=hazards(heat="yes"), **away(60))
    tired = place("tired", host=host("tired", burden=5))
    shortlist = propose(person(work_limits=("heat",)), pool_of(far, tired), on=ON)
    assert not [*shortlist.candidates, *shortlist.others, *shortlist.near_misses]
    why = {one.opportunity_ref: [found.code for found in one.objections] for one in shortlist.excluded}
    assert set(why["far"]) == {"hazards", "time", "travel"}
    assert why["tired"] == ["intake"]
    assert all(found.sentence for one in shortlist.excluded for found in one.objections)


def test_it_is_told_at_which_step_the_places_went() -> None:
    shortlist = propose(
        person(work_limits=("heat",)),
        pool_of(
            place("a", host=host("tired", burden=5)),
            place("b", slots=(slot("sun"),)),
            place("c", hazards=hazards(heat="yes")),
        ),
        on=ON,
    )
    assert [(step.stage, step.count) for step in shortlist.waterfall] == [
        ("all", 3), ("open", 2), ("reachable", 1), ("eligible", 0), ("chosen", 0),
    ]  # fmt: skip


def test_an_empty_catalogue_is_an_answer_too() -> None:
    shortlist = propose(person(), pool_of(), on=ON)
    assert not [*shortlist.candidates, *shortlist.others, *shortlist.near_misses, *shortlist.excluded]
    assert {step.count for step in shortlist.waterfall} == {0}


def test_nobody_in_oshu_is_left_without_an_answer(oshu: dict[str, Asked]) -> None:
    empty = [one for one in oshu.values() if not one.shortlist.candidates]
    assert empty
    for one in empty:
        assert one.shortlist.others or one.shortlist.near_misses or one.shortlist.excluded
        assert all(each.objections for each in one.shortlist.excluded)
