"""「近所は絶対避けたい」 (domain §3.1, H2): neither the own district nor next door."""

from __future__ import annotations

import pytest

from tests.matching.making import away, objection, person, place, to_ask, verdict

CODE = "near_home_never"
NEVER = person(near_home="never")
FAR = away(8)


def test_the_own_district_is_excluded_however_far_and_nobody_overrides_it() -> None:
    found = objection(CODE, NEVER, place(district="南", **FAR))
    assert not found.overridable
    assert found.change is None


def test_another_district_far_away_passes() -> None:
    assert verdict(CODE, NEVER, place(district="北", **FAR)) == "pass"


def test_next_door_is_excluded_whatever_the_district_is_called() -> None:
    assert verdict(CODE, NEVER, place(district="北", **away(0.1))) == "fail"
    assert verdict(CODE, NEVER, place(district=None, **away(0.1))) == "fail"


def test_somebody_afraid_of_meeting_acquaintances_is_kept_further_away() -> None:
    afraid = person(near_home="never", fears=("meeting_acquaintances",))
    between = place(district="北", **away(2))
    assert verdict(CODE, NEVER, between) == "pass"
    assert verdict(CODE, afraid, between) == "fail"


@pytest.mark.parametrize("wish", ["prefer", "indifferent", "avoid"])
def test_a_milder_wish_excludes_nothing(wish: str) -> None:
    assert verdict(CODE, person(near_home=wish), place(district="南", **away(0.1))) == "pass"


def test_where_a_place_is_must_be_asked_where_nobody_knows() -> None:
    assert to_ask(CODE, NEVER, place(district=None, latitude=None, longitude=None)).sentence


def test_a_place_that_is_joined_from_home_is_next_to_nobody() -> None:
    one = place(online="yes", district=None, latitude=None, longitude=None)
    assert verdict(CODE, NEVER, one) == "pass"


# Domain §3: what nobody knows is not far away.
def test_a_home_nobody_knows_leaves_it_unknown() -> None:
    nowhere = {"district": None, "latitude": None, "longitude": None}
    assert to_ask(CODE, person(near_home="never", **nowhere), place()).sentence


def test_a_district_on_one_side_and_a_spot_on_the_other_cannot_be_compared() -> None:
    somebody = person(near_home="never", district=None)
    assert to_ask(CODE, somebody, place(latitude=None, longitude=None)).sentence
