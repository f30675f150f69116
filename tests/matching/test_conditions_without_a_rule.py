"""Hard conditions of domain §4.2 that no rule carries: whatever rule it may be, these places do not go through."""

from __future__ import annotations

from datetime import date
from typing import Any

from matching.engine import propose
from matching.inputs.facts import OpportunityFacts
from matching.inputs.profile import ParticipantProfile
from matching.question.answers import Shortlist
from tests.conftest import ON
from tests.matching.making import hazards, person, place, pool_of, way

EMPLOYMENT: dict[str, Any] = {
    "engagement_type": "employment", "insurance_kind": "workers_compensation", "reward_yen": 1000, "minors_ok": "yes",
}  # fmt: skip


def asked(somebody: ParticipantProfile, one: OpportunityFacts) -> Shortlist:
    return propose(somebody, pool_of(one), on=ON)


# H14 (×): 「15歳到達後最初の3/31までは就労不可。深夜・危険有害業務」
def test_nobody_of_fourteen_is_sent_to_work() -> None:
    shortlist = asked(person(age=14), place(**EMPLOYMENT))
    assert shortlist.excluded
    assert not any(found.overridable for found in shortlist.excluded[0].objections)


def test_nobody_under_eighteen_works_at_night() -> None:
    shortlist = asked(person(age=17), place(**EMPLOYMENT, hazards=hazards(night_work="yes")))
    assert shortlist.excluded
    assert not any(found.overridable for found in shortlist.excluded[0].objections)


# H14: 「実態が労働者なら雇用・最賃」; engagement_types.csv: 「労働者性の確認日が要る」
def test_work_that_nobody_checked_for_being_employment_is_asked_about() -> None:
    def questions(checked: date | None) -> int:
        one = place(engagement_type="work_experience", worker_status_checked_on=checked)
        return sum(len(each.questions) for each in (*asked(person(), one).candidates, *asked(person(), one).others))

    assert questions(date(2026, 10, 1)) == 0
    assert questions(None) > 0


# H6 (△): 自力通所
def test_a_place_that_people_must_reach_by_themselves_is_not_for_somebody_who_is_always_brought() -> None:
    shortlist = asked(person(transport=(way("staff_car"),)), place(self_commute_required="yes"))
    assert shortlist.excluded
    assert all(found.overridable for found in shortlist.excluded[0].objections)
