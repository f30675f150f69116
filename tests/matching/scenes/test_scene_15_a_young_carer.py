"""場面15: ヤングケアラー（平日18–20時は世話）。その時間の枠は出ず、土曜昼の短い枠が出る。"""

from __future__ import annotations

from matching.engine import propose
from tests.conftest import ON
from tests.matching.conftest import Asked
from tests.matching.making import person, place, pool_of, slot, window

CARER = person(
    age=17,
    available=(window("mon tue wed thu fri", "17:00", "21:00"), window("sat", "12:00", "16:00")),
    blocked=(window("mon tue wed thu fri", "18:00", "20:00"),),
    session_max_minutes=60,
)
EVENING = place("evening", slots=(slot("wed", "18:00", "20:00"),), min_stay_minutes=30)
SATURDAY = place("saturday", slots=(slot("sat", "12:30", "13:30"),), min_stay_minutes=30)
AFTERWARDS = place("afterwards", slots=(slot("wed", "19:00", "21:00"),), min_stay_minutes=30)


def test_the_hours_of_care_are_not_touched_and_the_short_saturday_is_proposed() -> None:
    shortlist = propose(CARER, pool_of(EVENING, SATURDAY), on=ON)
    assert [one.opportunity_ref for one in shortlist.candidates] == ["saturday"]
    assert [one.code for one in shortlist.excluded[0].objections] == ["time"]
    assert all(when.day.weekday() == 5 for when in shortlist.candidates[0].next_dates)


def test_an_hour_that_begins_in_the_time_of_care_is_given_from_its_end() -> None:
    dates = propose(CARER, pool_of(AFTERWARDS), on=ON).candidates[0].next_dates
    assert dates
    assert all((when.start, when.end) == (20 * 60, 21 * 60) for when in dates)


def test_yui_of_oshu_gets_the_music_of_saturday_noon_and_no_weekday_evening(oshu: dict[str, Asked]) -> None:
    yui = oshu["p-yui"]
    assert "opp-ongaku" in [one.opportunity_ref for one in yui.shortlist.candidates]
    for one in yui.listed:
        assert all(when.day.weekday() == 5 for when in one.next_dates)
        assert all(when.end - when.start <= 120 for when in one.next_dates)


def test_why_the_hours_are_taken_is_known_to_nobody(oshu: dict[str, Asked]) -> None:
    yui = oshu["p-yui"]
    sentences = [found.sentence for one in yui.shortlist.excluded for found in one.objections]
    assert not [sentence for sentence in sentences for word in ("世話をしている", "ケア", "介護") if word in sentence]
