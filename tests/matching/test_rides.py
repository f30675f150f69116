"""実際の便 (domain H9, §4.6-5): there before the slot starts, home after it ends, on the dates the operator says."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pytest

from matching.inputs.facts import OpportunityFacts
from matching.inputs.profile import ParticipantProfile
from matching.question.answers import NextDate
from matching.question.question import Question
from matching.shortlist.dates import next_dates, way_there
from matching.timetable.feeds import Feed
from matching.timetable.timetable import Timetable
from tests.conftest import ON
from tests.matching.making import away, constraint, criterion, judged, person, place, pool_of, slot, way, window
from tests.matching.timetables import (
    HOME_STOP,
    STOPS,
    TOWN_STOP,
    back,
    feed,
    service,
    stop,
    there,
    timetable,
    trip,
)

TUESDAY, WEDNESDAY = date(2026, 12, 1), date(2026, 11, 25)
WEEKDAYS = feed(STOPS, [there("9:30"), there("11:30"), back("8:40"), back("12:05"), back("17:05")])
FAR_STOP = {**away(6), "stop_mode": "bus"}


def rider(**facts: Any) -> ParticipantProfile:
    """Somebody who goes by bus, forty minutes at most, and is free from nine to five on weekdays."""
    named = {"transport": (way("bus", max_minutes=40),), "max_travel_minutes": 40, "session_max_minutes": None}
    return person(**{**named, **facts})


def far(**facts: Any) -> OpportunityFacts:
    """A place at the town hall, six kilometres away, with fixed hours: Tuesday 10:00 to 12:00."""
    named = {**FAR_STOP, "slots": (slot("tue", "10:00", "12:00"),), "drop_rule": "difficult"}
    return place(**{**named, **facts})


def asked(one: OpportunityFacts, *feeds: Feed, somebody: ParticipantProfile | None = None, on: date = ON) -> Question:
    known: Timetable | None = timetable(*feeds) if feeds else None
    return Question(somebody or rider(), pool_of(one, timetable=known), on)


def verdict(question: Question) -> str:
    return judged("travel", question)


def refused(question: Question) -> str:
    assert verdict(question) == "fail"
    return constraint("travel").objection(question, 0).sentence


def wondered(question: Question) -> str:
    assert verdict(question) == "unknown"
    found = constraint("travel").to_ask(question, 0)
    assert found is not None
    return found.sentence


def days(question: Question) -> list[date]:
    return [one.day for one in next_dates(question, 0)]


def first(question: Question) -> NextDate:
    return next_dates(question, 0)[0]


# --- There and home --------------------------------------------------------------------------------------------------


def test_a_weekday_with_a_bus_there_and_one_home_is_reached_and_the_ride_is_named() -> None:
    question = asked(far(), WEEKDAYS)
    assert verdict(question) == "pass"
    trip_ = first(question).round_trip
    assert trip_ is not None
    assert trip_.there is not None
    assert trip_.back is not None
    assert (trip_.there.from_stop, trip_.there.depart) == ("家のまえ", 9 * 60 + 30)
    assert (trip_.there.to_stop, trip_.there.reach) == ("役場まえ", 9 * 60 + 50)
    assert (trip_.back.from_stop, trip_.back.depart, trip_.back.to_stop) == ("役場まえ", 12 * 60 + 5, "家のまえ")
    # Two hundred metres to the stop: four minutes on foot.
    assert trip_.there.leave == 9 * 60 + 26
    assert trip_.back.arrive == 12 * 60 + 29


def test_without_a_ride_home_the_last_one_is_named() -> None:
    question = asked(far(slots=(slot("tue", "13:00", "17:00"),)), feed(STOPS, [there("12:20"), back("16:45")]))
    assert refused(question) == "帰りのバスがありません（最終 16:45）"


def test_without_a_ride_by_the_start_the_first_one_after_it_is_named() -> None:
    question = asked(far(), feed(STOPS, [there("10:05"), back("12:05")]))
    assert refused(question) == "10:00までに着くバスがありません（いちばん早くて10:25着）"


def test_a_ride_that_comes_much_too_early_is_no_connection() -> None:
    question = asked(far(slots=(slot("tue", "11:30", "13:00"),)), feed(STOPS, [there("9:20"), back("13:05")]))
    assert refused(question) == "11:30に間に合うバスは9:40着で、始まるまで長く待ちます"


def test_a_ride_home_that_comes_much_too_late_is_no_connection() -> None:
    question = asked(far(), feed(STOPS, [there("9:30"), back("11:40"), back("13:45")]))
    assert refused(question) == "帰りのバスまで長く待ちます（11:40の次は13:45発）"


def test_a_place_with_no_stop_in_walking_distance_is_not_reached_by_bus() -> None:
    nowhere_near = far(stop_mode=None, **away(12))
    assert refused(asked(nowhere_near, WEEKDAYS)) == "歩いて行けるバス停がありません"


def test_a_ride_longer_than_the_person_can_bear_does_not_count() -> None:
    patient, tired = (rider(transport=(way("bus", max_minutes=most),)) for most in (24, 23))
    # Twenty minutes aboard, four on foot; the town hall stands at its stop.
    assert verdict(asked(far(), WEEKDAYS, somebody=patient)) == "pass"
    assert refused(asked(far(), WEEKDAYS, somebody=tired)) == "バスでは23分のうちに行けません"


def test_the_hours_of_the_persons_own_way_are_respected() -> None:
    early, late = (
        rider(transport=(way("bus", max_minutes=40, not_before=9 * 60 + 27),)),
        rider(transport=(way("bus", max_minutes=40, after="12:28"),)),
    )
    assert verdict(asked(far(), WEEKDAYS, somebody=early)) == "fail"
    assert verdict(asked(far(), WEEKDAYS, somebody=late)) == "fail"
    in_time = rider(transport=(way("bus", max_minutes=40, not_before=9 * 60 + 26, after="12:29"),))
    assert verdict(asked(far(), WEEKDAYS, somebody=in_time)) == "pass"


def test_who_cannot_walk_to_the_stop_has_no_bus_there() -> None:
    three_minutes = rider(transport=(way("walk", max_minutes=3), way("bus", max_minutes=40)))
    assert verdict(asked(far(), WEEKDAYS, somebody=three_minutes)) == "unknown"


def test_a_place_nearer_than_its_stop_is_walked_to_at_any_hour() -> None:
    question = asked(far(**away(0.5)), feed(STOPS, [there("3:00")]))
    assert verdict(question) == "pass"
    trip_ = first(question).round_trip
    assert trip_ is not None
    assert (trip_.there, trip_.back) == (None, None)
    found = way_there(question, 0)
    assert found is not None
    assert found.mode == "walk"


# --- Which day it is -------------------------------------------------------------------------------------------------


def test_on_a_holiday_without_service_nobody_is_sent() -> None:
    holiday = date(2026, 12, 8)
    resting = feed(STOPS, WEEKDAYS.trips, service(removed=frozenset({holiday})))
    assert days(asked(far(), resting)) == [TUESDAY, date(2026, 12, 15), date(2026, 12, 22)]
    assert verdict(asked(far(), resting)) == "pass"


def test_a_holiday_with_its_own_timetable_follows_it() -> None:
    holiday = date(2026, 12, 8)
    trips = [there("9:30"), back("12:05"), there("9:00", runs=1), back("12:20", runs=1)]
    special = feed(STOPS, trips, service(removed=frozenset({holiday})), service("sun", added=frozenset({holiday})))
    rides = {one.day: one.round_trip for one in next_dates(asked(far(), special), 0)}
    found = rides[holiday]
    assert found is not None
    assert found.there is not None
    assert found.there.depart == 9 * 60


def test_a_slot_served_on_some_of_its_days_stays_with_those_days() -> None:
    anytime = rider(available=(window(None, "09:00", "17:00"),))
    question = asked(far(slots=(slot("wed sat", "10:00", "12:00"),)), WEEKDAYS, somebody=anytime)
    assert verdict(question) == "pass"
    assert days(question) == [WEDNESDAY, date(2026, 12, 2), date(2026, 12, 9)]
    saturdays = asked(far(slots=(slot("sat", "10:00", "12:00"),)), WEEKDAYS, somebody=anytime)
    assert refused(saturdays) == "その曜日・時刻に走るバスがありません"


def test_in_winter_the_bus_goes_where_the_bicycle_does_not() -> None:
    somebody = rider(
        transport=(way("bicycle", max_minutes=60, season=((4, 1), (11, 30))), way("bus", max_minutes=40)),
        max_travel_minutes=60,
    )
    winter = feed(STOPS, WEEKDAYS.trips, service(first=date(2026, 12, 1), last=date(2027, 3, 31)))
    tuesdays = asked(far(), winter, somebody=somebody)
    assert verdict(tuesdays) == "pass"
    assert first(tuesdays).round_trip is not None
    november = asked(far(slots=(slot("wed", "10:00", "12:00"),)), winter, somebody=somebody)
    assert (first(november).day, first(november).round_trip) == (WEDNESDAY, None)
    without = feed(
        STOPS,
        WEEKDAYS.trips,
        service(first=date(2026, 4, 1), last=date(2026, 11, 30), added=frozenset({date(2027, 9, 1)})),
    )
    assert verdict(asked(far(), without, somebody=somebody)) == "fail"


def test_the_last_bus_of_the_night_runs_past_midnight() -> None:
    evening = far(slots=(slot("fri", "22:00", "00:15"),), min_stay_minutes=60)
    night_owl = rider(available=(window("fri", "20:00", "02:00"),))
    fridays = service("fri")
    late = feed(STOPS, [there("21:20"), back("24:20")], fridays)
    question = asked(evening, late, somebody=night_owl)
    assert verdict(question) == "pass"
    trip_ = first(question).round_trip
    assert trip_ is not None
    assert trip_.back is not None
    assert trip_.back.depart == 24 * 60 + 20
    too_early = feed(STOPS, [there("21:20"), back("24:10")], fridays)
    assert refused(asked(evening, too_early, somebody=night_owl)) == "帰りのバスがありません（最終 翌0:10）"


def test_a_bus_written_on_the_next_days_timetable_takes_one_home_after_midnight() -> None:
    evening = far(slots=(slot("fri", "22:00", "00:15"),), min_stay_minutes=60)
    night_owl = rider(available=(window("fri", "20:00", "02:00"),))
    split = feed(STOPS, [there("21:20"), back("0:20", runs=1)], service("fri"), service("sat"))
    assert verdict(asked(evening, split, somebody=night_owl)) == "pass"
    sundays = feed(STOPS, [there("21:20"), back("0:20", runs=1)], service("fri"), service("sun"))
    assert verdict(asked(evening, sundays, somebody=night_owl)) == "fail"


def test_after_the_last_day_of_the_timetable_dates_are_to_be_confirmed_and_never_refused() -> None:
    over = feed(STOPS, WEEKDAYS.trips, last=date(2026, 11, 24))
    question = asked(far(), over)
    assert wondered(question) == "バスの時刻を確かめる（取り込んである時刻表は2026年11月24日まで）"
    assert days(question) == [TUESDAY, date(2026, 12, 8), date(2026, 12, 15)]
    assert all(one.ride_to_confirm and one.round_trip is None for one in next_dates(question, 0))


def test_before_its_first_day_a_new_timetable_says_nothing_yet() -> None:
    new = feed(STOPS, WEEKDAYS.trips, first=date(2027, 4, 1))
    assert wondered(asked(far(), new)) == "バスの時刻を確かめる（取り込んである時刻表は2027年4月1日から）"


def test_known_dates_come_first_and_the_unknown_ones_after_them_are_marked() -> None:
    until = feed(STOPS, WEEKDAYS.trips, last=date(2026, 12, 7))
    question = asked(far(), until)
    assert verdict(question) == "pass"
    assert [(one.day.day, one.ride_to_confirm) for one in next_dates(question, 0)] == [
        (1, False),
        (8, True),
        (15, True),
    ]


def test_a_place_without_a_bus_on_every_known_date_is_not_saved_by_unknown_ones() -> None:
    until = feed(STOPS, [there("9:30")], last=date(2026, 12, 7))
    assert verdict(asked(far(), until)) == "fail"


def test_where_another_operators_timetable_has_ended_a_missing_bus_is_no_refusal() -> None:
    ours = feed(STOPS, [there("9:30")])
    theirs = feed(STOPS, [back("12:05")], last=date(2026, 11, 24))
    assert verdict(asked(far(), ours)) == "fail"
    assert verdict(asked(far(), ours, theirs)) == "unknown"
    still = feed(STOPS, [back("12:05")])
    assert verdict(asked(far(), ours, still)) == "pass"


# --- Where the timetable is silent -----------------------------------------------------------------------------------


def test_who_lives_by_no_stop_of_the_timetable_takes_a_bus_it_does_not_know() -> None:
    elsewhere = feed((stop("となり町", 3), stop("役場まえ", 6)), [there("9:30"), back("12:05")])
    assert verdict(asked(far(), elsewhere)) == "unknown"


def test_a_stop_the_host_names_and_the_timetable_does_not_know_is_asked_about() -> None:
    question = asked(far(**away(8)), WEEKDAYS)
    assert "停留所" in wondered(question)


@pytest.mark.parametrize("roughly", [{"place_error_km": 1.0}, {}])
def test_who_or_what_lies_only_roughly_somewhere_has_no_nearest_stop(roughly: dict[str, float]) -> None:
    somebody = rider() if roughly else rider(home_error_km=1.0)
    assert verdict(asked(far(**roughly), WEEKDAYS, somebody=somebody)) == "unknown"


def test_without_a_timetable_of_this_kind_the_speed_model_stays_as_it_is() -> None:
    trains = feed(STOPS, [there("9:30", mode="train"), back("12:05", mode="train")])
    by_bus = rider(transport=(way("bus", max_minutes=40),))
    assert verdict(asked(far(), trains, somebody=by_bus)) == verdict(asked(far(), somebody=by_bus)) == "pass"
    assert way_there(asked(far(), trains), 0) == way_there(asked(far()), 0)
    by_train = rider(transport=(way("train", max_minutes=40),))
    assert verdict(asked(far(stop_mode=None), trains, somebody=by_train)) == "pass"


def test_a_bus_that_must_be_called_stays_with_the_speed_model() -> None:
    called = rider(transport=(way("demand_transit", max_minutes=40),))
    assert verdict(asked(far(), feed(STOPS, []), somebody=called)) == "pass"


# --- How one rides ---------------------------------------------------------------------------------------------------


THREE = (*STOPS, stop("中央", 3), stop("中央むかい", 3.1))
CENTRE, OPPOSITE = 2, 3


def test_one_changes_where_there_is_time_to() -> None:
    def changing_at(clock: str) -> Question:
        first_leg = trip((HOME_STOP, "9:10"), (CENTRE, "9:20"))
        second_leg = trip((OPPOSITE, clock), (TOWN_STOP, "9:45"))
        return asked(far(), feed(THREE, [first_leg, second_leg, back("12:05")]))

    # A hundred metres are two minutes, and three more to get on.
    assert verdict(changing_at("9:25")) == "pass"
    assert verdict(changing_at("9:24")) == "fail"
    trip_ = first(changing_at("9:25")).round_trip
    assert trip_ is not None
    assert trip_.there is not None
    assert trip_.there.changes == ("中央",)
    assert (trip_.there.depart, trip_.there.reach) == (9 * 60 + 10, 9 * 60 + 45)


def test_a_loop_is_ridden_onwards_and_not_backwards() -> None:
    loop = trip((CENTRE, "9:00"), (HOME_STOP, "9:20"), (TOWN_STOP, "9:40"), (CENTRE, "10:00"), (HOME_STOP, "12:20"))
    assert verdict(asked(far(), feed(THREE, [loop, back("12:05")]))) == "pass"
    assert verdict(asked(far(slots=(slot("tue", "10:30", "11:30"),)), feed(THREE, [loop, back("11:35")]))) == "pass"
    wrong_way = trip((TOWN_STOP, "9:20"), (HOME_STOP, "9:40"), (CENTRE, "10:00"))
    assert verdict(asked(far(), feed(THREE, [wrong_way, back("12:05")]))) == "fail"


def test_nobody_boards_where_the_bus_only_lets_people_off() -> None:
    assert verdict(asked(far(), feed(STOPS, [there("9:30", no_boarding=(0,)), back("12:05")]))) == "fail"
    assert verdict(asked(far(), feed(STOPS, [there("9:30"), back("12:05", no_alighting=(1,))]))) == "fail"


# --- Waiting, coming late, leaving early -----------------------------------------------------------------------------


def waiting(minutes: int, **facts: Any) -> Question:
    at = 12 * 60 + minutes
    return asked(far(**facts), feed(STOPS, [there("9:30"), back(f"{at // 60}:{at % 60:02d}")]))


def test_a_long_wait_for_the_ride_home_counts_into_the_way_home() -> None:
    assert verdict(waiting(20)) == "pass"
    assert wondered(waiting(25)) == "帰りのバスまで25分ほど待てるか、ご本人に聞く"
    assert verdict(waiting(91)) == "fail"
    patient = rider(transport=(way("bus", max_minutes=90),), max_travel_minutes=90)
    question = Question(patient, waiting(45).pool, ON)
    assert verdict(question) == "pass"
    rule = criterion("travel_ease")
    why = rule.reason(question, 0, float(rule.scores(question)[0]))
    assert why.worry == "帰りのバスまで約45分待ちます"
    assert why.participant == "バスで24分くらいです"
    assert "45分待って" in why.staff


def test_where_people_come_and_go_two_buses_a_day_are_enough() -> None:
    open_house = {"slots": (slot("tue", "10:00", "16:00"),), "drop_rule": "free"}
    two_a_day = feed(STOPS, [there("10:20"), back("12:10")])
    question = asked(far(**open_house), two_a_day)
    assert verdict(question) == "pass"
    assert (first(question).start, first(question).end) == (10 * 60 + 40, 12 * 60 + 10)
    fixed = far(**{**open_house, "drop_rule": "difficult"})
    assert verdict(asked(fixed, two_a_day)) == "fail"
    unasked = asked(far(**{**open_house, "drop_rule": None}), two_a_day)
    assert wondered(unasked) == "バスの時刻に合わせて、10:40〜12:10の参加でよいか確かめる"


def test_a_visit_cut_too_short_is_asked_about() -> None:
    half_an_hour = feed(STOPS, [there("9:30"), back("10:30")])
    assert "10:00〜10:30" in wondered(asked(far(drop_rule="free", min_stay_minutes=20), half_an_hour))


def test_who_stays_an_hour_at_most_may_come_with_the_bus_that_fits_the_one_home() -> None:
    brief = rider(session_max_minutes=60)
    open_house = far(slots=(slot("tue", "10:00", "16:00"),), drop_rule="with_notice", min_stay_minutes=30)
    two = feed(STOPS, [there("9:30"), there("12:50"), back("14:15")])
    question = asked(open_house, two, somebody=brief)
    assert verdict(question) == "pass"
    assert (first(question).start, first(question).end) == (13 * 60 + 10, 14 * 60 + 10)


# --- What would help -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("trips", "sentence"),
    [
        ([there("10:05"), back("12:35")], "開始を30分遅くできれば"),
        ([there("8:30"), back("11:15")], "開始を1時間早くできれば"),
    ],
)
def test_another_hour_that_would_bring_the_bus_is_named_and_true(trips: list[Any], sentence: str) -> None:
    question = asked(far(engagement_type="unpaid_volunteer"), feed(STOPS, trips))
    assert verdict(question) == "fail"
    change = constraint("travel").objection(question, 0).change
    assert change is not None
    assert change.sentence == sentence
    assert verdict(change.suppose(question)) == "pass"


def test_where_no_other_hour_helps_somebody_would_have_to_drive() -> None:
    question = asked(far(), feed(STOPS, [there("9:30")]))
    change = constraint("travel").objection(question, 0).change
    assert change is not None
    assert "車" in change.sentence
    assert verdict(change.suppose(question)) == "pass"


def test_a_gathering_does_not_move_for_one_persons_bus() -> None:
    gathering = far(group_size="ten_plus", engagement_type="ibasho_participation")
    change = constraint("travel").objection(asked(gathering, feed(STOPS, [there("10:05"), back("13:00")])), 0).change
    assert change is not None
    assert "車" in change.sentence


# --- The whole catalogue ---------------------------------------------------------------------------------------------


def test_the_easier_of_two_rides_scores_higher() -> None:
    near_end = feed(
        (*STOPS, stop("市場まえ", 3)),
        [*WEEKDAYS.trips, trip((0, "9:40"), (2, "9:50")), trip((2, "12:05"), (0, "12:15"))],
    )
    pool = pool_of(far(), place("near", **{**away(3), "slots": far().slots}), timetable=timetable(near_end))
    scores = criterion("travel_ease").scores(Question(rider(), pool, ON))
    by_ref = dict(zip(pool.refs.tolist(), scores.tolist(), strict=True))
    assert by_ref["near"] > by_ref["o"]


def test_an_empty_timetable_and_an_empty_catalogue_are_answers() -> None:
    assert verdict(asked(far(), feed(STOPS, [there("9:30")]))) == "fail"
    nobody = Question(rider(), pool_of(timetable=timetable(WEEKDAYS)), ON)
    assert nobody.sessions.on_the_way.tolist() == []


def test_the_same_home_is_worked_out_once_for_all_questions_derived_from_it() -> None:
    from matching.timetable.journey_search import fan

    question = asked(far(), WEEKDAYS)
    assert np.all(question.sessions.on_the_way)
    before = fan.cache_info().misses
    assert next_dates(question, 0)
    assert question.about(0).sessions.on_the_way.tolist() == question.sessions.on_the_way.tolist()
    assert question.supposing(session_minutes=np.array([30])).sessions is not None
    assert fan.cache_info().misses == before
