"""空き (domain H5): a free place for joining or for a trial. A number nobody gave is unknown, not full."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.conftest import ON
from tests.matching.making import host, lifted, objection, person, place, slot, to_ask, verdict

CODE = "open_places"


@pytest.mark.parametrize(
    ("joining", "trial", "answer"),
    [(1, 1, "pass"), (1, 0, "pass"), (0, 1, "pass"), (0, 0, "fail"), (1, None, "pass"), (None, 1, "pass")],
)
def test_one_free_place_of_either_kind_is_enough(joining: int | None, trial: int | None, answer: str) -> None:
    assert verdict(CODE, person(), place(open_places=joining, trial_places=trial)) == answer


def test_a_full_place_can_be_talked_about() -> None:
    full = place(open_places=0, trial_places=0)
    found = objection(CODE, person(), full)
    assert found.overridable
    assert lifted(found, person(), full)


def test_numbers_nobody_gave_are_asked() -> None:
    assert to_ask(CODE, person(), place(open_places=None, trial_places=None)).sentence


def test_a_slots_own_number_counts_where_the_place_gave_none() -> None:
    def judged(*numbers: int | None) -> str:
        slots = tuple(slot(open_places=number) for number in numbers)
        return verdict(CODE, person(), place(open_places=None, trial_places=None, slots=slots))

    assert judged(0) == "fail"
    assert judged(0, 1) == "pass"
    assert judged(0, None) == "unknown"
    assert judged(None) == "unknown"


@pytest.mark.parametrize("who", ["place", "host"])
def test_a_place_or_host_that_says_it_is_full_is_full_to_its_last_day(who: str) -> None:
    def full(until: int | None) -> str:
        told: dict[str, Any] = {"status": "full", "status_until": None if until is None else ON + timedelta(days=until)}
        return verdict(CODE, person(), place(**told) if who == "place" else place(host=host(**told)))

    assert full(None) == "fail"
    assert full(1) == "fail"
    assert full(0) == "fail"
    assert full(-1) == "pass"


def test_until_when_it_is_full_is_said() -> None:
    one = place(status="full", status_until=ON + timedelta(days=68), open_places=0, trial_places=0)
    found = objection(CODE, person(), one)
    assert "1月31日" in found.sentence
    assert lifted(found, person(), one)


# Catalogue schema, slots[].open_places: "absent = use the opportunity's value", so a number given is the slot's own.
def test_a_slot_that_says_it_is_full_is_full_whatever_the_place_says() -> None:
    assert verdict(CODE, person(), place(open_places=3, trial_places=3, slots=(slot(open_places=0),))) == "fail"


def test_until_when_a_host_is_full_is_said() -> None:
    until = ON + timedelta(days=68)
    found = objection(CODE, person(), place(host=host(status="full", status_until=until)))
    assert "1月31日" in found.sentence
