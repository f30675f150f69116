"""受け入れの状態 (domain H4, §2.5): the stricter of host and opportunity; a pause that is over is asked about."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from matching.inputs.facts import OpportunityFacts
from matching.vocabulary import ENUMS
from tests.conftest import ON
from tests.matching.making import host, objection, person, place, question, to_ask, verdict

CODE = "status"
HOST_READY = ("agreed", "open")
HOSTS_NOT_READY = [code for code in ENUMS["organization_status"].codes if code not in (*HOST_READY, "full")]
PLACES_NOT_READY = [code for code in ENUMS["opportunity_status"].codes if code not in ("open", "full")]


def pausing(who: str, status: str, until: int | None) -> OpportunityFacts:
    told: dict[str, Any] = {
        "status": status,
        "status_until": None if until is None else ON + timedelta(days=until),
    }
    return place(**told) if who == "place" else place(host=host(**told))


@pytest.mark.parametrize("status", HOST_READY)
def test_a_host_that_agreed_or_is_open_may_be_asked(status: str) -> None:
    assert verdict(CODE, person(), place(host=host(status=status))) == "pass"


@pytest.mark.parametrize("status", HOSTS_NOT_READY)
def test_a_host_in_any_other_state_is_not_and_the_state_is_named(status: str) -> None:
    found = objection(CODE, person(), place(host=host(status=status)))
    assert ENUMS["organization_status"].label(status) in found.sentence
    assert not found.overridable
    assert found.change is None


@pytest.mark.parametrize("status", PLACES_NOT_READY)
def test_an_activity_in_any_other_state_than_open_is_not_and_the_state_is_named(status: str) -> None:
    found = objection(CODE, person(), place(status=status))
    assert ENUMS["opportunity_status"].label(status) in found.sentence
    assert not found.overridable
    assert found.change is None


def test_being_full_is_left_to_the_rule_on_free_places() -> None:
    assert verdict(CODE, person(), place(status="full")) == "pass"
    assert verdict(CODE, person(), place(host=host(status="full"))) == "pass"


@pytest.mark.parametrize("who", ["host", "place"])
def test_a_rest_holds_to_its_last_day_and_is_asked_about_afterwards(who: str) -> None:
    assert verdict(CODE, person(), pausing(who, "resting", None)) == "fail"
    assert verdict(CODE, person(), pausing(who, "resting", 1)) == "fail"
    assert verdict(CODE, person(), pausing(who, "resting", 0)) == "fail"
    assert to_ask(CODE, person(), pausing(who, "resting", -1)).sentence


@pytest.mark.parametrize("who", ["host", "place"])
def test_a_season_that_begins_within_the_weeks_planned_ahead_is_asked_about(who: str) -> None:
    assert verdict(CODE, person(), pausing(who, "off_season", None)) == "fail"
    assert "12月4日" in to_ask(CODE, person(), pausing(who, "off_season", 10)).sentence
    assert verdict(CODE, person(), pausing(who, "off_season", 63)) == "fail"
    assert to_ask(CODE, person(), pausing(who, "off_season", -1)).sentence


def test_nobody_begins_before_the_season_does() -> None:
    asked = question(person(), pausing("place", "off_season", 10))
    assert date.fromordinal(int(asked.first_days[0])) == ON + timedelta(days=11)


def test_until_when_it_rests_is_said() -> None:
    assert "2026年11月27日" in objection(CODE, person(), pausing("host", "resting", 3)).sentence


@pytest.mark.parametrize("status", ["withdrawn", "restricted", "unverified", "prospect"])
def test_what_is_no_pause_does_not_end_by_itself(status: str) -> None:
    assert verdict(CODE, person(), pausing("place", status, -1)) == "fail"
    assert verdict(CODE, person(), pausing("host", status, -1)) == "fail"


def test_the_stricter_of_the_two_counts() -> None:
    over: dict[str, Any] = {"status": "resting", "status_until": ON - timedelta(days=1)}
    assert verdict(CODE, person(), place(status="withdrawn", host=host(**over))) == "fail"
    assert verdict(CODE, person(), place(status="open", host=host(**over))) == "unknown"
