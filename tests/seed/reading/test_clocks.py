"""Clock times as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seed.reading.clocks import read_clock, read_hours


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("9:00", "09:00"),
        ("９：３０", "09:30"),
        ("9:00:00", "09:00"),
        ("24:00", "24:00"),
        ("1 day, 0:00:00", "24:00"),
        ("9時", "09:00"),
        ("10時半", "10:30"),
        ("17時30分", "17:30"),
        ("午後1時30分", "13:30"),
        ("午前9時", "09:00"),
        ("正午", "12:00"),
        ("午後4:15", "16:15"),
        ("PM 1:30", "13:30"),
        ("13.30", "13:30"),
    ],
)
def test_a_time_is_read_as_offices_write_it(text: str, clock: str) -> None:
    assert read_clock(text) == clock


@pytest.mark.parametrize("text", ["25:00", "9:75", "24:30", "朝", "", "9", "午後13時", "午後12時", "9:0", "-1:00"])
def test_what_is_no_time_of_day_is_none(text: str) -> None:
    assert read_clock(text) is None


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("9:00-12:00", ("09:00", "12:00")),
        ("10時半～12時", ("10:30", "12:00")),
        ("午後1時30分～3時", ("13:30", "15:00")),
        ("1～3時", ("01:00", "03:00")),
        ("午後1～3時", ("13:00", "15:00")),
        ("午前10時から午後3時まで", ("10:00", "15:00")),
        ("22:00-5:00", ("22:00", "05:00")),
    ],
)
def test_hours_from_and_until(text: str, hours: tuple[str, str]) -> None:
    assert read_hours(text) == hours


@pytest.mark.parametrize("text", ["25:00-26:00", "9:00", "9:00-", "午後", "24:00-25:00", "9-12"])
def test_hours_that_cannot_be_are_none(text: str) -> None:
    assert read_hours(text) is None


@given(st.integers(0, 23), st.integers(0, 59))
def test_every_minute_of_the_day_is_read_in_each_way_of_writing(hours: int, minutes: int) -> None:
    told = f"{hours:02d}:{minutes:02d}"
    half = ("午前" if hours < 12 else "午後") + f"{hours % 12 if hours >= 12 else hours}時{minutes}分"
    for text in (told, f"{hours}:{minutes:02d}:00", f"{hours}時{minutes}分", half):
        assert read_clock(text) == told


@given(st.text(max_size=12))
def test_no_text_breaks_it(text: str) -> None:
    found = read_clock(text)
    assert found is None or read_clock(found) == found
    read_hours(text)
