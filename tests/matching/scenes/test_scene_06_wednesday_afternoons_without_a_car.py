"""場面6: 48歳・車なし・水曜午後のみ・動物が好き・炎天下不可。

真夏の畑は外れ、冬の選別・動物の世話・図書館が残り、実際の日時が出る。
"""

from __future__ import annotations

from datetime import date

import pytest

from matching.engine import propose
from matching.question.answers import Candidate
from tests.conftest import ON
from tests.matching.making import away, hazards, host, person, place, pool_of, slot, way, window

SOMEBODY = person(
    age=48,
    transport=(way("walk", max_minutes=25), way("bus", max_minutes=40, cost_yen=300)),
    max_travel_minutes=40,
    available=(window("wed", "13:00", "17:00"),),
    needs=("quiet_place", "nature_and_animals"),
    interest_types=("animal_care", "sorting_produce", "book_shelving"),
    work_limits=("heat",),
)
PLACES = [
    place(
        "summer-field", title="真夏の畑の草取り", activity_types=("weeding",), meets_needs=("nature_and_animals",),
        hazards=hazards(heat="yes"), host=host("field"), insurance_until=None,
        slots=(slot("wed", "13:00", "15:00", season=((7, 1), (8, 31))),),
    ),
    place(
        "winter-sorting", title="りんごの選別", activity_types=("sorting_produce",), meets_needs=("quiet_place",),
        host=host("orchard"), slots=(slot("wed", "13:30", "15:30", season=((11, 10), (3, 20))),),
    ),
    place(
        "animals", title="子牛にミルクをあげる", activity_types=("animal_care",), meets_needs=("nature_and_animals",),
        hazards=hazards(near_animals="yes"), host=host("cows"), slots=(slot("wed sat", "14:00", "15:00"),),
    ),
    place(
        "library", title="本をもどす", activity_types=("book_shelving",), meets_needs=("quiet_place",),
        host=host("library"), slots=(slot("mon", "10:00", "12:00"), slot("wed fri", "13:30", "15:00")),
    ),
    place(
        "mountain-farm", title="山の農家の動物の世話", activity_types=("animal_care",), host=host("mountain"),
        meets_needs=("nature_and_animals",), slots=(slot("wed", "14:00", "15:00"),), **away(25),
    ),
    place(
        "thursday-cows", title="木曜の牛舎", activity_types=("animal_care",), host=host("cows"),
        meets_needs=("nature_and_animals",), slots=(slot("thu", "14:00", "15:00"),),
    ),
]  # fmt: skip
POOL = pool_of(*PLACES)
SHORTLIST = propose(SOMEBODY, POOL, on=ON)
OBJECTIONS = {one.opportunity_ref: {found.code: found for found in one.objections} for one in SHORTLIST.excluded}


def test_winter_sorting_animals_and_the_library_remain() -> None:
    assert {one.opportunity_ref for one in SHORTLIST.candidates} == {"winter-sorting", "animals", "library"}


def test_the_field_of_midsummer_is_out_for_its_heat_and_for_its_season() -> None:
    assert set(OBJECTIONS["summer-field"]) >= {"hazards", "season"}
    assert not OBJECTIONS["summer-field"]["hazards"].overridable


def test_in_july_it_is_still_out_for_its_heat() -> None:
    july = propose(SOMEBODY, pool_of(PLACES[0]), on=date(2027, 7, 6))
    assert [one.code for one in july.excluded[0].objections] == ["hazards"]


def test_the_farm_on_the_mountain_is_out_without_a_car() -> None:
    assert set(OBJECTIONS["mountain-farm"]) == {"travel"}


def test_a_thursday_is_no_wednesday() -> None:
    assert set(OBJECTIONS["thursday-cows"]) == {"time"}


@pytest.mark.parametrize("one", SHORTLIST.candidates, ids=lambda one: one.opportunity_ref)
def test_real_dates_are_given_wednesday_afternoons_all_of_them(one: Candidate) -> None:
    assert [when.day for when in one.next_dates] == [date(2026, 11, 25), date(2026, 12, 2), date(2026, 12, 9)]
    assert all(13 * 60 <= when.start < when.end <= 17 * 60 for when in one.next_dates)


def test_the_animals_are_named_as_a_reason_and_the_way_there_is_one_without_a_car() -> None:
    animals = next(one for one in SHORTLIST.candidates if one.opportunity_ref == "animals")
    assert any("動物の世話" in finding.reason_staff for finding in animals.findings)
    assert animals.way is not None
    assert animals.way.mode in ("walk", "bus")
