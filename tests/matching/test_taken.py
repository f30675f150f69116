"""Which way one takes to a place: the one that goes on the days on which one may come there."""

from __future__ import annotations

from matching.inputs.profile import ParticipantProfile
from matching.rules.shared.fares import fares
from matching.shortlist.dates import way_there
from tests.matching.making import away, person, place, question, reason, score, slot, to_ask, verdict, way, window

# Half an hour on foot, a few minutes by car.
FAR = away(1.799)
TUESDAYS, THURSDAYS = place(**FAR), place(**FAR, slots=(slot("thu", "10:00", "11:30"),))
WEDNESDAYS_BY_CAR = way("family_car", days="wed")


def going(*ways: object, **facts: object) -> ParticipantProfile:
    return person(transport=ways, available=(window("mon tue wed thu fri", "09:00", "17:00"),), **facts)


def test_whoever_is_driven_on_wednesdays_walks_on_thursdays() -> None:
    somebody = going(way("walk"), WEDNESDAYS_BY_CAR)
    found = way_there(question(somebody, THURSDAYS), 0)
    assert found is not None
    assert found.mode == "walk"
    assert score("travel_ease", somebody, THURSDAYS) == score("travel_ease", going(way("walk")), THURSDAYS)
    assert "徒歩" in reason("travel_ease", somebody, THURSDAYS).staff


def test_whoever_is_driven_on_that_day_is_driven() -> None:
    found = way_there(question(going(way("walk"), way("family_car", days="tue")), TUESDAYS), 0)
    assert found is not None
    assert found.mode == "family_car"


def test_a_bicycle_that_stays_in_the_shed_from_december_on_saves_no_fare() -> None:
    riding = way("bicycle", season=((4, 1), (11, 30)))
    winter = question(going(riding, way("bus", cost_yen=460)), TUESDAYS)
    assert fares(winter)[0] == 460
    assert fares(question(going(way("bicycle"), way("bus", cost_yen=460)), TUESDAYS))[0] == 0
    beyond = going(riding, way("bus", cost_yen=460), cost_limit_yen=400, cost_limit_includes_travel=True)
    assert verdict("cost", beyond, TUESDAYS) == "fail"


def test_where_no_way_goes_on_half_of_the_days_each_of_them_counts() -> None:
    every_day = place(**FAR, slots=(slot("mon tue wed thu fri", "10:00", "11:30"),))
    by_turns = going(*(way("family_car", days=day) for day in ("mon", "wed", "fri")))
    found = way_there(question(by_turns, every_day), 0)
    assert found is not None
    assert found.mode == "family_car"


def test_what_may_be_does_not_stand_before_what_is_sure() -> None:
    """The car on some days is sure; whether the host fetches on all of them nobody knows."""
    often = place(**FAR, slots=(slot("mon tue wed thu fri", "10:00", "11:30"),), pickup="unknown")
    somebody = going(way("host_pickup", max_minutes=60), WEDNESDAYS_BY_CAR)
    found = way_there(question(somebody, often), 0)
    assert found is not None
    assert found.mode == "family_car"
    assert score("travel_ease", somebody, often) == 1


def test_with_the_hours_unknown_any_day_will_do() -> None:
    untold = place(**FAR, slots=(slot("thu", None, None),))
    found = way_there(question(going(WEDNESDAYS_BY_CAR), untold), 0)
    assert found is not None
    assert found.mode == "family_car"


def test_a_host_that_may_fetch_is_asked_whether_it_does() -> None:
    asking = going(way("host_pickup"))
    untold = place(**FAR, pickup="unknown")
    assert verdict("travel", asking, untold) == "unknown"
    assert to_ask("travel", asking, untold).sentence == "送り迎えをしてもらえるか確かめる"
