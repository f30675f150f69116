"""24時間・緊急受け入れ (domain T-01, scene 14): the emergency button's alone, never in a list."""

from __future__ import annotations

import pytest

from tests.matching.making import objection, person, place, verdict

CODE = "emergency_only"


def test_a_place_for_tonight_is_never_proposed_and_nobody_can_change_that() -> None:
    found = objection(CODE, person(needs=("urgent_shelter",)), place(emergency_24h="yes"))
    assert not found.overridable
    assert found.change is None


@pytest.mark.parametrize("answer", ["no", "unknown"])
def test_an_ordinary_place_is_no_emergency_place(answer: str) -> None:
    assert verdict(CODE, person(), place(emergency_24h=answer)) == "pass"
