"""保険 (domain H13, §3.3): position × insurance × dates."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from matching.shortlist.dates import next_dates
from matching.vocabulary import INSURANCE_FITS, VOCABULARIES
from tests.conftest import ON
from tests.matching.making import lifted, objection, person, place, question, slot, to_ask, verdict

CODE = "insurance"
PAIRS = sorted(INSURANCE_FITS.items())


@pytest.mark.parametrize(("pair", "fit"), PAIRS, ids=[f"{position}+{kind}" for (position, kind), _ in PAIRS])
def test_every_pair_of_the_list_is_judged_as_the_list_says(pair: tuple[str, str], fit: str) -> None:
    said = {"yes": "pass", "conditional": "unknown", "no": "fail"}[fit]
    assert verdict(CODE, person(), place(engagement_type=pair[0], insurance_kind=pair[1])) == said


def test_a_position_its_insurance_does_not_cover_is_excluded_for_good_and_both_are_named() -> None:
    one = place(engagement_type="paid_volunteer", insurance_kind="volunteer_activity")
    found = objection(CODE, person(), one)
    assert VOCABULARIES["engagement_types"].label("paid_volunteer") in found.sentence
    assert VOCABULARIES["insurance_kinds"].label("volunteer_activity") in found.sentence
    assert not found.overridable
    assert found.change is None


def test_a_pair_that_is_not_listed_is_unknown() -> None:
    one = place(engagement_type="unpaid_volunteer", insurance_kind="workers_compensation")
    assert to_ask(CODE, person(), one).sentence


def test_an_insurance_or_a_position_nobody_asked_about_is_unknown() -> None:
    assert to_ask(CODE, person(), place(insurance_kind=None, insurance_from=None, insurance_until=None)).sentence
    assert to_ask(CODE, person(), place(engagement_type=None)).sentence


@pytest.mark.parametrize("position", ["unpaid_volunteer", "paid_volunteer", "work_experience", "certified_training"])
def test_work_that_nobody_insured_stops_the_request(position: str) -> None:
    assert to_ask(CODE, person(), place(engagement_type=position, insurance_kind="no_insurance")).stops_request


def test_an_insurance_that_ended_before_the_first_possible_day_excludes_and_the_day_is_named() -> None:
    found = objection(CODE, person(), place(insurance_until=ON))
    assert "11月24日" in found.sentence


def test_an_insurance_that_begins_after_everything_that_is_planned_excludes_and_the_day_is_named() -> None:
    found = objection(CODE, person(), place(insurance_from=ON + timedelta(days=64)))
    assert "2027年1月27日" in found.sentence


def test_the_first_and_the_last_day_of_an_insurance_are_covered() -> None:
    tomorrow, last = ON + timedelta(days=1), ON + timedelta(days=63)
    once = (slot(None, dates=frozenset({tomorrow})),)
    assert verdict(CODE, person(), place(slots=once, insurance_until=tomorrow)) == "pass"
    much_later = (slot(None, dates=frozenset({last})),)
    assert verdict(CODE, person(), place(slots=much_later, insurance_from=last)) == "pass"


def test_dates_nobody_gave_are_no_limit() -> None:
    assert verdict(CODE, person(), place(insurance_from=None, insurance_until=None)) == "pass"


def test_a_gift_of_money_makes_an_unpaid_volunteer_a_paid_one_whom_this_insurance_does_not_cover() -> None:
    one = place(engagement_type="unpaid_volunteer", reward_yen=500, insurance_kind="volunteer_activity")
    found = objection(CODE, person(), one)
    assert "謝礼" in found.sentence
    assert not found.overridable


def test_a_place_whose_every_open_day_lies_outside_the_insurance_is_lifted_by_a_longer_one() -> None:
    late = place(slots=(slot(days=None, dates=frozenset({date(2026, 12, 22)})),), insurance_until=date(2026, 12, 21))
    found = objection(CODE, person(), late)
    assert found.overridable
    assert lifted(found, person(), late)


def test_no_date_is_offered_on_which_nobody_is_insured() -> None:
    asked = question(person(), place(insurance_until=date(2026, 12, 8)))
    assert [one.day for one in next_dates(asked, 0)] == [date(2026, 12, 1), date(2026, 12, 8)]


# Domain §3.3: 「謝礼ありなのに活動保険だけ」 「体験初日が保険開始前」 are stopped.
def test_a_reward_makes_a_volunteers_insurance_void_whatever_the_position_is_called() -> None:
    one = place(engagement_type="unpaid_volunteer", insurance_kind="volunteer_activity", reward_yen=500)
    assert not objection(CODE, person(), one).overridable
