"""場面9: 謝礼ありのメニューにボランティア活動保険だけ → 止まる。3/31 をまたぐ体験も止まる。"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from matching.engine import propose
from tests.conftest import ON
from tests.matching.conftest import Asked
from tests.matching.making import objection, person, place, pool_of, verdict

YEAR: dict[str, Any] = {"insurance_from": date(2026, 4, 1), "insurance_until": date(2027, 3, 31)}

VOLUNTEER: dict[str, Any] = {"engagement_type": "unpaid_volunteer", "insurance_kind": "volunteer_activity"}


def test_paid_work_under_a_volunteers_insurance_is_stopped_and_no_manager_may_let_it_through() -> None:
    one = place(engagement_type="paid_volunteer", reward_yen=500, insurance_kind="volunteer_activity", **YEAR)
    found = objection("insurance", person(), one)
    assert not found.overridable
    assert found.change is None
    assert not propose(person(), pool_of(one), on=ON).near_misses


def test_the_foot_bath_of_oshu_waits_for_the_right_insurance(oshu: dict[str, Asked]) -> None:
    for one in oshu.values():
        found = next(each for each in one.shortlist.excluded if each.opportunity_ref == "opp-ashiyu-soji")
        assert "insurance" in [objected.code for objected in found.objections]


@pytest.mark.parametrize("kind", ["paid_activity", "host_accident_liability"])
def test_the_same_work_under_another_insurance_is_not_stopped(kind: str) -> None:
    one = place(engagement_type="paid_volunteer", reward_yen=500, insurance_kind=kind, **YEAR)
    assert verdict("insurance", person(), one) != "fail"


def test_what_is_planned_wholly_after_the_31st_of_march_is_stopped_until_it_is_renewed() -> None:
    assert verdict("insurance", person(), place(**VOLUNTEER, **YEAR), on=date(2027, 3, 31)) == "fail"
    renewed: dict[str, Any] = {"insurance_from": date(2027, 4, 1), "insurance_until": date(2028, 3, 31)}
    assert verdict("insurance", person(), place(**VOLUNTEER, **renewed), on=date(2027, 3, 31)) == "pass"


def test_what_ends_before_the_31st_of_march_is_not_stopped() -> None:
    assert verdict("insurance", person(), place(**VOLUNTEER, **YEAR), on=date(2026, 12, 1)) == "pass"
