"""Dates, spans and ages as a person would say them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.wording import age_band, long_day, minutes, moment, month_day, short_day, waiting

TODAY = date(2026, 11, 24)


def test_a_date_carries_its_weekday() -> None:
    assert short_day(date(2026, 11, 27)) == "11/27(金)"
    assert long_day(TODAY) == "2026年11月24日（火）"


def test_a_date_of_another_year_carries_the_year() -> None:
    assert short_day(date(2027, 1, 8), on=TODAY) == "2027/1/8(金)"
    assert short_day(date(2026, 12, 1), on=TODAY) == "12/1(火)"


def test_a_moment_is_told_in_japanese_time() -> None:
    assert moment(datetime(2026, 11, 27, 15, 30, tzinfo=UTC)) == "11/28(土) 00:30"


@pytest.mark.parametrize(
    ("since", "said"),
    [
        (date(2026, 11, 24), "今日から"),
        (date(2026, 11, 21), "3日"),
        (date(2026, 11, 10), "2週間"),
        (date(2026, 9, 25), "8週間"),
        (date(2026, 9, 24), "2か月"),
        (date(2025, 12, 1), "11か月"),
        (date(2025, 11, 24), "1年"),
        (date(2024, 8, 20), "2年3か月"),
        (date(2026, 12, 1), "12/1(火)から"),
    ],
)
def test_waiting_is_said_in_the_unit_one_would_use(since: date, said: str) -> None:
    assert waiting(since, on=TODAY) == said


def test_an_unknown_start_of_waiting_stays_unknown() -> None:
    assert waiting(None, on=TODAY) is None


@given(st.dates(date(1990, 1, 1), TODAY))
def test_waiting_never_shows_a_zero(since: date) -> None:
    said = waiting(since, on=TODAY)
    assert said is not None
    assert not said.startswith("0")
    assert "0か月" not in said.replace("10か月", "")


@pytest.mark.parametrize(
    ("age", "band"),
    [(17, "18歳未満"), (18, "18〜29歳"), (29, "18〜29歳"), (30, "30〜49歳"), (64, "50〜64歳"), (65, "65歳以上")],
)
def test_an_age_is_shown_as_a_band(age: int, band: str) -> None:
    assert age_band(age) == band


def test_an_unknown_age_has_no_band() -> None:
    assert age_band(None) is None


def test_minutes_and_seasons_read_naturally() -> None:
    assert [minutes(45), minutes(60), minutes(90)] == ["45分", "1時間", "1時間30分"]
    assert month_day("04-01") == "4/1"
