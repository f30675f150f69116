"""How a place stands: the stricter of the host's state and its own, in words, and why somebody should telephone."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from models.opportunity import Opportunity
from models.organization import Organization
from tests.web.conftest import TODAY
from web.pages.place.standing import NEVER, STALE, Standing, standing


def stands(host: dict[str, Any] | None = None, **said: Any) -> Standing:
    """An open place at an open host, confirmed yesterday, but for what is said."""
    usual = {"status": "open", "verified_on": TODAY - timedelta(days=1)}
    opportunity = Opportunity(ref="o", title="花の水やり", **{**usual, **said})
    return standing(opportunity, Organization(ref="h", name="花の会", **{"status": "open", **(host or {})}), on=TODAY)


@pytest.mark.parametrize(
    ("said", "code", "words"),
    [
        ({}, "open", "受け入れ可"),
        ({"status": "full"}, "full", "満員"),
        ({"open_places": 0, "trial_places": 0}, "full", "満員"),
        ({"open_places": 0, "trial_places": 1}, "open", "受け入れ可"),
        ({"open_places": 0}, "full", "満員"),
        ({"status": "off_season", "status_until": date(2026, 12, 12)}, "off_season", "季節休み 12/12(土)まで"),
        ({"status": "resting", "status_until": date(2027, 3, 31)}, "resting", "お休み 2027/3/31(水)まで"),
        ({"status": None}, "unverified", "情報要確認"),
        ({"status": "moving_house"}, "unverified", "moving_house"),
        ({"status": "prospect"}, "prospect", "候補（未合意）"),
        ({"status": "withdrawn"}, "withdrawn", "取りやめ"),
        ({"status": "restricted"}, "restricted", "要注意（管理者のみ解除）"),
    ],
)
def test_a_state_is_told_in_words(said: dict[str, Any], code: str, words: str) -> None:
    state = stands(**said).state
    assert (state.code, state.words) == (code, words)


@pytest.mark.parametrize(
    ("host", "code", "words"),
    [
        ({"status": "resting", "status_until": date(2027, 1, 31)}, "resting", "受け入れをお休み 2027/1/31(日)まで"),
        ({"status": "contacted"}, "prospect", "打診済"),
        ({"status": None}, "unverified", "情報要確認"),
        ({"status": "full"}, "full", "満員"),
        ({"concurrent_limit": 2, "placed_now": 2}, "full", "満員"),
        ({"concurrent_limit": 2}, "open", "受け入れ可"),
        ({"burden": {"level": 5}}, "resting", "新しいお願いは止めています"),
        ({"status": "agreed"}, "open", "受け入れ可"),
    ],
)
def test_the_hosts_own_state_closes_a_place_that_says_it_is_open(host: dict[str, Any], code: str, words: str) -> None:
    state = stands(host).state
    assert (state.code, state.words) == (code, words)
    assert bool(state.note) == (code != "open")


def test_facts_are_good_for_ninety_days_and_a_public_place_for_half_a_year() -> None:
    old = {"verified_on": TODAY - timedelta(days=100)}
    assert stands(**old).stale == STALE
    assert stands({"type": "community_center"}, **old).stale == ""
    assert stands(**old, stale_after_days=120).stale == ""
    assert stands(verified_on=TODAY - timedelta(days=90)).stale == ""


def test_a_place_nobody_has_confirmed_is_not_called_fresh() -> None:
    never = stands(verified_on=None)
    assert (never.confirmed, never.stale, never.calls) == (None, NEVER, [NEVER])


def test_a_pause_that_is_over_and_a_season_about_to_begin_ask_for_a_call() -> None:
    over = stands(status="resting", status_until=date(2026, 11, 20))
    assert over.state.over
    assert over.calls == ["この期限が過ぎています"]
    assert stands(status="off_season", status_until=date(2026, 12, 12)).calls == ["もうすぐ始まる季節です"]
    assert stands(status="off_season", status_until=date(2027, 5, 1)).calls == []


def test_whoever_rests_is_left_in_peace_until_the_day_they_named() -> None:
    resting = stands(status="resting", status_until=date(2027, 3, 1), verified_on=date(2026, 1, 1))
    assert resting.stale == STALE
    assert resting.calls == []


def test_a_day_to_speak_again_is_a_note_and_then_a_call() -> None:
    later = stands(status="unverified", status_until=date(2026, 12, 7))
    assert (later.state.words, later.state.note) == ("情報要確認", "次に話す日は12/7(月)")
    assert "次に話す日を過ぎています" in stands(status="prospect", status_until=date(2026, 11, 1)).calls


def test_nobody_is_asked_to_call_a_place_that_is_closed_for_good() -> None:
    for status in ("withdrawn", "restricted"):
        assert stands(status=status, status_until=date(2026, 1, 1), verified_on=None).calls == []
