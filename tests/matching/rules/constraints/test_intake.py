"""受け入れ先の余力 (domain H5, §6-1): a full host and a tired one are not asked; a rest moves the first day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from matching.inputs.facts import OpportunityFacts
from matching.shortlist.dates import next_dates
from tests.conftest import ON
from tests.matching.making import host, lifted, objection, person, place, question, slot, to_ask, verdict

CODE = "intake"


@pytest.mark.parametrize(("there", "answer"), [(0, "pass"), (1, "pass"), (2, "fail"), (3, "fail")])
def test_a_host_is_full_when_as_many_are_there_as_it_takes(there: int, answer: str) -> None:
    assert verdict(CODE, person(), place(host=host(concurrent_limit=2, placed_now=there))) == answer


def test_a_full_host_can_be_talked_to_and_the_sentence_names_its_limit() -> None:
    one = place(host=host(concurrent_limit=3, placed_now=3))
    found = objection(CODE, person(), one)
    assert "3" in found.sentence
    assert found.overridable
    assert lifted(found, person(), one)


def test_no_limit_set_is_no_limit() -> None:
    assert verdict(CODE, person(), place(host=host(concurrent_limit=None, placed_now=30))) == "pass"


def test_how_many_are_there_is_asked_where_nobody_knows() -> None:
    assert to_ask(CODE, person(), place(host=host(concurrent_limit=2, placed_now=None))).sentence


@pytest.mark.parametrize(("burden", "answer"), [(1, "pass"), (3, "pass"), (4, "pass"), (5, "fail")])
def test_only_too_heavy_stops_new_proposals(burden: int, answer: str) -> None:
    assert verdict(CODE, person(), place(host=host(burden=burden))) == answer


def test_a_tired_host_is_left_in_peace_by_everybody() -> None:
    found = objection(CODE, person(), place(host=host(burden=5)))
    assert not found.overridable
    assert found.change is None


def first_date(one: OpportunityFacts) -> date:
    return next_dates(question(person(), one), 0)[0].day


def test_a_host_that_rests_after_an_end_is_given_nobody_before_its_rest_is_over() -> None:
    ended = ON - timedelta(days=1)
    assert first_date(place(host=host(last_end_on=None))) == date(2026, 12, 1)
    assert first_date(place(host=host(last_end_on=ended, rest_days_after_end=8))) == date(2026, 12, 1)
    assert first_date(place(host=host(last_end_on=ended, rest_days_after_end=9))) == date(2026, 12, 8)
    assert first_date(place(host=host(last_end_on=ended, rest_days_after_end=0))) == date(2026, 12, 1)


def test_a_rest_nobody_told_is_a_fortnight() -> None:
    ended = date(2026, 11, 17)
    assert first_date(place(host=host(last_end_on=ended, rest_days_after_end=None))) == date(2026, 12, 1)
    assert first_date(place(host=host(last_end_on=ended + timedelta(days=1), rest_days_after_end=None))) == date(
        2026, 12, 8
    )


def test_a_host_that_took_this_months_people_is_given_nobody_before_the_next() -> None:
    def first(limit: int | None, *taken: date) -> date:
        hosts = host(new_intakes_per_month=limit, recent_intakes_on=taken)
        return first_date(place(slots=(slot(days="fri"),), host=hosts))

    assert first(1) == date(2026, 11, 27)
    assert first(1, date(2026, 10, 31)) == date(2026, 11, 27)
    assert first(1, date(2026, 11, 2)) == date(2026, 12, 4)
    assert first(2, date(2026, 11, 2)) == date(2026, 11, 27)
    assert first(2, date(2026, 11, 2), date(2026, 11, 9)) == date(2026, 12, 4)


def test_a_monthly_number_nobody_told_is_one() -> None:
    hosts = host(new_intakes_per_month=None, recent_intakes_on=(date(2026, 11, 2),))
    assert first_date(place(slots=(slot(days="fri"),), host=hosts)) == date(2026, 12, 4)


# Domain H5 lists 「月の新規上限、休み期間」 among the hard conditions (△): not only a later first day.
def test_a_host_that_takes_nobody_new_is_not_proposed() -> None:
    assert verdict(CODE, person(), place(host=host(new_intakes_per_month=0))) == "fail"
