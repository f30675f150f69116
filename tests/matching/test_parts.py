"""A part of a question or of its scores takes along what is worked out: whatever is added says how, and nothing is another row's."""

from __future__ import annotations

import dataclasses
import inspect
from functools import cached_property
from typing import Any

import numpy as np
import pytest

from matching.pool.building import build_pool
from matching.question import question as questions
from matching.question.question import Question
from matching.shortlist import scoring
from matching.shortlist.scoring import Scores
from tests.conftest import ON
from tests.matching.practice import practice

TAKEN_BY_HAND = {"ways", "sessions"}
"""What `Question.at` takes along in words of its own."""
WORKED_OUT_ANEW = {
    Question: {"_kept", "slot_days"},
    Scores: {"rules", "criteria", "_place", "_weights"},
}
"""What a part works out for itself: it costs little, or is of the slots and not of the rows."""


def properties(kind: type) -> set[str]:
    return {name for name, value in inspect.getmembers_static(kind) if isinstance(value, cached_property)}


def test_every_property_that_is_kept_says_what_a_part_does_with_it() -> None:
    of_questions = questions.SHARED | questions.BY_ROW | TAKEN_BY_HAND | WORKED_OUT_ANEW[Question]
    assert properties(Question) == of_questions, "name it in matching/question/question.py (SHARED, BY_ROW) or here"
    of_scores = scoring.BY_ROW | WORKED_OUT_ANEW[Scores]
    assert properties(Scores) == of_scores, "name it in matching/shortlist/scoring.py (BY_ROW) or here"


def plain(value: Any) -> Any:
    """The same in values that can be compared."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, np.ndarray):
        return value.tolist()
    return [plain(one) for one in value] if isinstance(value, tuple | list) else repr(value)


@pytest.mark.parametrize("number", range(3))
def test_what_a_part_takes_along_is_what_it_would_work_out(number: int) -> None:
    facts, calendar, people = practice()
    pool = build_pool(facts, calendar, None)
    whole, rows = Scores(Question(people[number], pool, ON)), [7, 2, 11]
    for name in properties(Question):
        getattr(whole.question, name)
    for name in properties(Scores):
        getattr(whole, name)
    part = whole.at(rows)
    fresh = Scores(Question(people[number], pool.take(np.array(rows)), ON))
    for name in scoring.BY_ROW:
        assert name in vars(part), name
        np.testing.assert_array_equal(getattr(part, name), getattr(fresh, name), err_msg=name)
    for name in questions.SHARED | questions.BY_ROW:
        assert name in vars(part.question), name
        assert str(plain(getattr(part.question, name))) == str(plain(getattr(fresh.question, name))), name
    for name in TAKEN_BY_HAND:
        assert name in vars(part.question), name
