"""場面8: 負担感5を付けた農家は、その日から候補に出ない。休みが明けると戻る。"""

from __future__ import annotations

from datetime import date
from typing import Any

from matching.engine import propose
from matching.question.answers import Shortlist
from tests.conftest import ON
from tests.matching.conftest import Asked
from tests.matching.making import host, person, place, pool_of


def asked(on: date = ON, **facts: Any) -> Shortlist:
    return propose(person(), pool_of(place(host=host(type="farmer", **facts))), on=on)


def test_a_host_that_finds_it_hard_is_spared_before_it_says_five() -> None:
    assert asked(burden=3).candidates
    spared = asked(burden=4)
    assert not spared.candidates
    assert [one.opportunity_ref for one in spared.others] == ["o"]


def test_from_the_day_it_says_five_it_is_proposed_to_nobody() -> None:
    shortlist = asked(burden=5)
    assert not [*shortlist.candidates, *shortlist.others, *shortlist.near_misses]
    assert [one.code for one in shortlist.excluded[0].objections] == ["intake"]


def test_a_host_that_rests_comes_back_the_day_after_its_rest_and_is_asked_how_it_is() -> None:
    resting: dict[str, Any] = {"status": "resting", "status_until": date(2026, 12, 10), "burden": 2}
    assert not asked(on=date(2026, 12, 10), **resting).candidates
    back = asked(on=date(2026, 12, 11), **resting)
    assert [one.opportunity_ref for one in back.candidates] == ["o"]
    assert [question.code for question in back.candidates[0].questions] == ["status"]


def test_a_host_that_feels_better_comes_back() -> None:
    assert asked(burden=3).candidates


def test_nobody_in_oshu_is_sent_to_a_host_that_said_five(oshu: dict[str, Asked]) -> None:
    for one in oshu.values():
        assert "org-kodomo" not in {one.pool.facts[listed.row].host.ref for listed in one.listed}
        assert 5 not in {one.pool.facts[listed.row].host.burden for listed in one.listed}
        tired = next(found for found in one.shortlist.excluded if found.opportunity_ref == "opp-kodomo")
        assert "intake" in [found.code for found in tired.objections]
