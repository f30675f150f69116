"""Closeness of words: pieces in common, of this place's words alone."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as some

from matching.columns.text import TextColumn

WORDS = some.text(alphabet="犬猫の散歩をするカフェでABCお茶、。 ー々ぱ１", max_size=14)


def test_the_same_words_are_as_close_as_can_be_and_other_words_are_not_close_at_all() -> None:
    column = TextColumn.of(["犬の散歩", "犬とあそぶ", "編み物"])
    same, akin, other = column.closeness(["犬の散歩"]).tolist()
    assert (same, other) == (1.0, 0.0)
    assert 0 < akin < 1


def test_the_best_of_several_likes_counts() -> None:
    column = TextColumn.of(["犬の散歩", "編み物"])
    both = column.closeness(["編み物", "犬の散歩"])
    assert both.tolist() == [1.0, 1.0]


def test_width_and_case_make_no_difference() -> None:
    assert TextColumn.of(["ＰＣ教室"]).closeness(["pc教室"]).tolist() == [1.0]


def test_endings_in_hiragana_and_marks_between_words_are_no_likeness() -> None:
    assert TextColumn.of(["絵をかく。 茶"]).closeness(["字をよむ。 菓"]).tolist() == [0.0]


def test_nothing_to_compare_is_no_likeness() -> None:
    assert TextColumn.of(["犬", ""]).closeness([]).tolist() == [0.0, 0.0]
    assert TextColumn.of(["犬", ""]).closeness(["、"]).tolist() == [0.0, 0.0]
    assert TextColumn.of([]).closeness(["犬"]).tolist() == []


@given(some.lists(WORDS, min_size=1, max_size=6), some.lists(WORDS, max_size=3))
def test_no_place_depends_on_its_neighbours(texts: list[str], likes: list[str]) -> None:
    together = TextColumn.of(texts)
    alone = TextColumn.stacked([TextColumn.of([text]) for text in texts])
    assert np.array_equal(together.first, alone.first)
    assert np.array_equal(together.pieces, alone.pieces)
    assert np.array_equal(together.closeness(likes), alone.closeness(likes))
    backwards = np.arange(len(texts))[::-1]
    assert np.array_equal(together.take(backwards).closeness(likes), together.closeness(likes)[::-1])
