"""働くときの決まり (domain H14): employment is paid, positions like work are checked, the young are protected."""

from __future__ import annotations

from datetime import date

import pytest

from matching.rules.constraints.labour import DANGEROUS, EMPLOYED, LIKE_WORK
from matching.vocabulary import VOCABULARIES
from models.snapshots import may_work_from
from tests.conftest import ON
from tests.matching.making import hazards, objection, person, place, slot, to_ask, verdict

CODE = "labour"
CHECKED = date(2026, 11, 1)


@pytest.mark.parametrize("position", EMPLOYED)
def test_employment_without_wages_is_never_proposed(position: str) -> None:
    assert not objection(CODE, person(), place(engagement_type=position, reward_yen=0)).overridable
    assert verdict(CODE, person(), place(engagement_type=position, reward_yen=1100)) == "pass"
    assert verdict(CODE, person(), place(engagement_type=position, reward_yen=None)) == "pass"


@pytest.mark.parametrize("position", LIKE_WORK)
def test_a_position_like_work_that_nobody_checked_stays_but_stops_the_request(position: str) -> None:
    assert to_ask(CODE, person(), place(engagement_type=position)).stops_request
    assert verdict(CODE, person(), place(engagement_type=position, worker_status_checked_on=CHECKED)) == "pass"


@pytest.mark.parametrize("position", ["ibasho_participation", "unpaid_volunteer", "visit", None])
def test_other_positions_ask_nothing(position: str | None) -> None:
    assert verdict(CODE, person(age=None), place(engagement_type=position)) == "pass"


def test_nobody_is_employed_before_the_school_year_of_fifteen_is_over_and_the_day_is_named() -> None:
    job = place(engagement_type="employment", reward_yen=1000)
    pupil = person(age=15, may_work_from=date(2027, 4, 1))
    assert "2027年4月1日" in objection(CODE, pupil, job).sentence
    assert verdict(CODE, person(age=15, may_work_from=ON), job) == "pass"
    assert verdict(CODE, person(age=14, may_work_from=None), job) == "fail"
    assert to_ask(CODE, person(age=15, may_work_from=None), job).stops_request
    assert verdict(CODE, person(age=16, may_work_from=None), job) == "pass"
    assert to_ask(CODE, person(age=None), job).stops_request


@pytest.mark.parametrize(
    ("born", "first"),
    [
        (date(2011, 4, 2), date(2027, 4, 1)),
        (date(2011, 4, 1), date(2026, 4, 1)),
        (date(2011, 3, 31), date(2026, 4, 1)),
        (date(2011, 12, 31), date(2027, 4, 1)),
    ],
)
def test_the_first_day_of_work_follows_the_school_year(born: date, first: date) -> None:
    assert may_work_from(born) == first
    assert may_work_from(None) is None


def test_the_young_do_not_work_after_ten_at_night() -> None:
    young = person(age=17, may_work_from=date(2025, 4, 1))

    def job(*times: tuple[str, str]) -> str:
        slots = tuple(slot(start=start, end=end) for start, end in times)
        return verdict(CODE, young, place(engagement_type="employment", reward_yen=1000, slots=slots))

    assert job(("17:00", "22:00")) == "pass"
    assert job(("19:00", "22:30")) == "fail"
    assert job(("22:00", "01:00")) == "fail"
    assert job(("04:30", "06:00")) == "fail"
    assert job(("19:00", "22:30"), ("17:00", "19:00")) == "unknown"
    assert (
        verdict(
            CODE,
            person(),
            place(engagement_type="employment", reward_yen=1000, slots=(slot(start="22:00", end="01:00"),)),
        )
        == "pass"
    )


@pytest.mark.parametrize("code", DANGEROUS)
def test_the_young_do_no_dangerous_work_and_it_is_named(code: str) -> None:
    young = person(age=17, may_work_from=date(2025, 4, 1))
    one = place(engagement_type="work_experience", worker_status_checked_on=CHECKED, hazards=hazards(**{code: "yes"}))
    found = objection(CODE, young, one)
    assert VOCABULARIES["hazards"].label(code) in found.sentence
    assert not found.overridable
    assert verdict(CODE, person(age=18), one) == "pass"
