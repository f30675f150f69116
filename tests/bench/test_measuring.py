"""The yardstick itself: verdicts, paired ratios, who is asked how often, and bytes that are counted once."""

from __future__ import annotations

import time

import numpy as np
import pytest

from tests.bench.report import Bar, Line, Report, aligned
from tests.bench.timing import Times, in_turn, ratio
from tests.bench.weights import bytes_of

MORE, LESS = Bar("more", 5, 15), Bar("less", 600, 350)


@pytest.mark.parametrize(
    ("bar", "measured", "verdict"),
    [
        (MORE, 15, "met, moonshot"),
        (MORE, 5, "met"),
        (MORE, 2.5, "MISSED, 2x off"),
        (LESS, 350, "met, moonshot"),
        (LESS, 600, "met"),
        (LESS, 900, "MISSED, 1.5x off"),
        (Bar("less", 0, 0), 0, "met"),
        (Bar("less", 0, 0), 3, "MISSED"),
        (Bar("more", 1, 1), 0, "MISSED"),
    ],
)
def test_a_bar_says_whether_it_is_met_and_by_how_much_not(bar: Bar, measured: float, verdict: str) -> None:
    assert Line("", measured, bar=bar).verdict == verdict


def test_what_was_not_measured_is_skipped_and_never_passed() -> None:
    report = Report({})
    report.add("", [Line("peer", None, bar=MORE, note="no server"), Line("later", None, note="not part yet")])
    assert [line.what for line in report.skipped()] == ["peer"]
    assert report.missed() == []
    assert "skipped" in str(report.as_json())


def test_ratios_are_paired_by_question_and_taken_by_round() -> None:
    fast = Times(np.array([[1.0, 2.0, 4.0], [1.0, 2.0, 4.0]]))
    slow = Times(np.array([[10.0, 10.0, np.nan], [30.0, 60.0, np.nan]]))
    assert (ratio(slow, fast).low, ratio(slow, fast).median, ratio(slow, fast).high) == (7.5, 18.75, 30.0)
    assert slow.asked == 2


def test_a_slow_peer_is_asked_fewer_questions_spread_over_all() -> None:
    asked: list[int] = []

    def slow(question: int) -> None:
        asked.append(question)
        time.sleep(0.02)

    times = in_turn({"slow": slow, "fast": lambda _: None}, list(range(100)), rounds=2, budget=0.4)
    assert times["fast"].asked == 100
    assert 5 <= times["slow"].asked <= 10
    assert {0, 99} <= set(asked)


def test_columns_stand_under_each_other_in_japanese_too() -> None:
    first, second = aligned([("場所", "12"), ("abcdef", "3")])
    assert first == "場所    12"
    assert second == "abcdef   3"


def test_bytes_are_counted_once_and_a_view_holds_its_whole() -> None:
    column = np.zeros(1_000, dtype=np.uint64)
    assert bytes_of(column) == 8_000
    assert bytes_of([column, column, column[:10]]) < 8_300
    assert bytes_of(column[:10]) == 8_000
    assert bytes_of({"a": "b"}) > bytes_of({})
