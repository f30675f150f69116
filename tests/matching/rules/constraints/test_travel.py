"""行き帰り (domain H9): by the person's own ways, within their limit, on the day and at the hour, and home again."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from matching.inputs.profile import ParticipantProfile, TravelMode
from tests.matching.making import (
    away,
    lifted,
    objection,
    person,
    place,
    slot,
    to_ask,
    verdict,
    way,
    window,
)

CODE = "travel"
HUNDRED_MINUTES = away(5.9999)
"""Six kilometres at 4.5 an hour, with a detour of a quarter."""


def by(*ways: TravelMode, **facts: Any) -> ParticipantProfile:
    return person(**{"transport": ways, "max_travel_minutes": None, **facts})


@pytest.mark.parametrize(
    ("most", "answer"), [(101, "pass"), (100, "pass"), (97, "unknown"), (96, "unknown"), (95, "fail")]
)
def test_exactly_the_limit_is_near_enough_and_a_reckoned_minute_more_is_asked_about(most: int, answer: str) -> None:
    one = place(**HUNDRED_MINUTES)
    assert verdict(CODE, by(way("walk", max_minutes=most)), one) == answer
    assert verdict(CODE, by(way("walk", max_minutes=None), max_travel_minutes=most), one) == answer


def test_what_is_hardly_over_the_limit_is_to_be_timed() -> None:
    asked = to_ask(CODE, by(way("walk", max_minutes=97)), place(**HUNDRED_MINUTES))
    assert asked.sentence == "実際にかかる時間を確かめる（徒歩で約100分の見込み、行けるのは97分まで）"
    assert not asked.stops_request


def test_a_way_that_does_not_go_there_is_not_to_be_timed() -> None:
    both = by(way("walk", max_minutes=97), way("bus", max_minutes=None), way("host_pickup", max_minutes=120))
    nearly = place(**HUNDRED_MINUTES, stop_mode="train", pickup="unknown")
    assert "徒歩" in to_ask(CODE, both, nearly).sentence
    only_by_bus = by(way("bus", max_minutes=30), way("host_pickup", max_minutes=120))
    hardly = place(**away(7.05), stop_mode="train", pickup="unknown")
    assert to_ask(CODE, only_by_bus, hardly).sentence == "送り迎えをしてもらえるか確かめる"


def test_the_stricter_of_the_two_limits_counts() -> None:
    assert verdict(CODE, by(way("walk", max_minutes=60), max_travel_minutes=10), place(**away(1))) == "fail"


def test_too_far_is_an_objection_that_names_the_minutes_and_can_be_arranged() -> None:
    somebody, far = by(way("walk", max_minutes=30)), place(**HUNDRED_MINUTES)
    found = objection(CODE, somebody, far)
    assert "100" in found.sentence
    assert found.overridable
    assert lifted(found, somebody, far)


def test_a_limit_nobody_asked_about_is_a_question_for_a_long_way_and_none_for_a_short_one() -> None:
    unasked = by(way("walk", max_minutes=None))
    assert to_ask(CODE, unasked, place(**HUNDRED_MINUTES)).sentence
    assert verdict(CODE, unasked, place(**away(1))) == "pass"


def test_ways_nobody_asked_about_are_asked_and_none_at_all_is_an_answer() -> None:
    assert to_ask(CODE, person(transport=None), place()).sentence
    found = objection(CODE, person(transport=()), place())
    assert found.overridable
    assert lifted(found, person(transport=()), place())


def test_where_a_place_or_a_home_is_must_be_known_to_tell() -> None:
    assert to_ask(CODE, person(), place(latitude=None, longitude=None)).sentence
    assert to_ask(CODE, person(latitude=None, longitude=None), place()).sentence


def test_joining_from_home_needs_no_way() -> None:
    one = place(online="yes", latitude=None, longitude=None, district=None)
    assert verdict(CODE, person(transport=()), one) == "pass"
    assert verdict(CODE, person(transport=None), one) == "pass"


@pytest.mark.parametrize(("stop", "answer"), [("bus", "pass"), ("train", "fail"), (None, "unknown")])
def test_a_bus_needs_a_stop(stop: str | None, answer: str) -> None:
    assert verdict(CODE, by(way("bus", max_minutes=60)), place(stop_mode=stop, **away(3))) == answer


def test_a_bicycle_is_left_at_home_in_winter() -> None:
    somebody = by(way("bicycle", season=((4, 1), (11, 30))))
    november = place(slots=(slot(days="fri"),))
    december = place(slots=(slot(days="tue"),))
    assert verdict(CODE, somebody, november) == "pass"
    assert verdict(CODE, somebody, december) == "fail"


def test_a_way_that_goes_on_other_days_is_no_way() -> None:
    assert verdict(CODE, by(way("family_car", days="tue")), place()) == "pass"
    found = objection(CODE, by(way("family_car", days="mon")), place())
    assert found.overridable
    assert lifted(found, by(way("family_car", days="mon")), place())


def test_the_last_bus_must_still_leave_after_the_shortest_stay() -> None:
    # Half a kilometre: 0.5 × 1.3 / 25 hours, 6 minutes' waiting and 3 to the stop, 11 in whole minutes.
    def home_by(clock: str) -> str:
        return verdict(CODE, by(way("bus", after=clock)), place(min_stay_minutes=60))

    assert home_by("11:11") == "pass"
    assert home_by("11:10") == "fail"


def test_the_first_bus_must_come_early_enough() -> None:
    def leaving_at(minute: int) -> str:
        return verdict(CODE, by(way("bus", not_before=minute)), place(min_stay_minutes=60))

    assert leaving_at(10 * 60 + 30 - 11) == "pass"
    assert leaving_at(10 * 60 + 30 - 10) == "fail"


@pytest.mark.parametrize(("offer", "answer"), [("yes", "pass"), ("no", "fail"), ("unknown", "unknown")])
def test_being_fetched_needs_a_host_that_fetches(offer: str, answer: str) -> None:
    assert verdict(CODE, by(way("host_pickup")), place(pickup=offer)) == answer


def test_being_fetched_needs_the_right_district_and_the_right_day() -> None:
    fetched = by(way("host_pickup"))
    assert verdict(CODE, fetched, place(pickup="yes", pickup_districts=("南", "東"))) == "pass"
    assert verdict(CODE, fetched, place(pickup="yes", pickup_districts=("東",))) == "fail"
    assert verdict(CODE, fetched, place(pickup="yes", pickup_days=frozenset({1}))) == "pass"
    assert verdict(CODE, fetched, place(pickup="yes", pickup_days=frozenset({2}))) == "fail"


def test_hours_that_do_not_meet_at_all_are_left_to_the_rule_on_time() -> None:
    somebody = by(way("walk"), available=(window("sun"),))
    assert verdict("time", somebody, place()) == "fail"
    assert verdict(CODE, somebody, place()) == "pass"


def test_a_way_that_does_not_go_in_this_season_or_not_that_far_is_no_way_even_where_no_hours_are_known() -> None:
    summer = by(way("bicycle", season=((5, 1), (9, 30))))
    assert verdict(CODE, summer, place(slots=())) == "fail"
    assert verdict(CODE, by(way(max_minutes=30)), place(slots=(), **HUNDRED_MINUTES)) == "fail"
    assert verdict(CODE, person(transport=summer.transport, available=(window("sun"),)), place()) == "fail"


# Catalogue schema, site.winter_access: "Reachable in snow, December to March" (domain H9: in that season).
def test_a_road_that_is_closed_in_winter_is_no_way_in_winter() -> None:
    closed = place(winter_access="no", verified_on=date(2026, 12, 1))
    assert verdict(CODE, person(), closed, on=date(2027, 1, 5)) == "fail"
