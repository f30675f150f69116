"""The measure itself is right: a perfect list gets everything, a harmful one is named."""

from __future__ import annotations

import pytest

from tests.quality.scoring import Judge, Shown, measure

JUDGES: list[Judge] = [
    {"p": {"3": ["a"], "2": ["b"], "1": ["n"], "X": ["x"]}},
    {"p": {"3": ["a"], "2": ["b"], "1": ["n"], "X": ["x"]}},
    {"p": {"3": ["b"], "2": [], "1": [], "X": []}},
]


def test_the_order_of_the_panel_is_worth_one_and_finds_everything() -> None:
    score = measure(JUDGES, {"p": Shown(["b", "a"], ["n"])})
    assert score.ndcg is not None
    assert score.best_found == score.near_found == 1.0
    assert (score.forbidden, score.filler) == ([], 0)
    assert measure(JUDGES, {"p": Shown(["b", "a", "n"], [])}).ndcg == pytest.approx(1.0)


def test_what_two_judges_refuse_is_named_and_what_nobody_knows_is_filler() -> None:
    score = measure(JUDGES, {"p": Shown(["x", "z", "a"])})
    assert score.forbidden == [("p", "x")]
    assert score.filler == 1
    assert score.best_found == 1.0
    assert score.near_found == 0.0


def test_only_the_first_five_are_shown() -> None:
    assert measure(JUDGES, {"p": Shown([*"12345", "x", "a"])}).forbidden == []


def test_somebody_who_was_shown_nothing_counts_as_nothing_found() -> None:
    score = measure(JUDGES, {})
    assert (score.ndcg, score.best_found) == (0.0, 0.0)
