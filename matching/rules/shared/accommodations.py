"""What a place offers of one accommodation (配慮事項), and what it would be if it were offered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from matching.columns.encodings import FAIL, FOUR, PASS, UNKNOWN, Bytes, Ints, Verdicts, count_bits, has
from matching.question.question import Question
from matching.vocabulary import VOCABULARIES


def offered(question: Question, code: str) -> Bytes:
    """Four-value column of one accommodation: -1 unknown, 0 no, 1 conditional, 2 yes."""
    return question.once(f"offered {code}", lambda: _offered(question, code))


def _offered(question: Question, code: str) -> Bytes:
    pool, mask = question.pool, VOCABULARIES["accommodations"].mask([code])
    answer = np.where(has(pool.accommodations_no, mask), FOUR["no"], FOUR["unknown"])
    answer = np.where(has(pool.accommodations_conditional, mask), FOUR["conditional"], answer)
    return np.where(has(pool.accommodations_yes, mask), FOUR["yes"], answer).astype(np.int8)


def best_of(offers: Sequence[Bytes]) -> Verdicts:
    """Whether any of several helps is there: PASS where one is or can be talked about, FAIL where all are refused."""
    there = np.logical_or.reduce([offer >= FOUR["conditional"] for offer in offers])
    refused = np.logical_and.reduce([offer == FOUR["no"] for offer in offers])
    return np.where(there, PASS, np.where(refused, FAIL, UNKNOWN)).astype(np.int8)


def supposing_offered(question: Question, codes: Iterable[str]) -> Question:
    """The same question, were these accommodations offered."""
    pool, mask = question.pool, np.uint64(VOCABULARIES["accommodations"].mask(codes))
    return question.supposing(
        accommodations_yes=pool.accommodations_yes | mask,
        accommodations_conditional=pool.accommodations_conditional & ~mask,
        accommodations_no=pool.accommodations_no & ~mask,
    )


EFFORT = {"伝え方": 1, "時間・連絡": 2, "関わり方": 2, "環境": 3, "体・安心": 3}
"""How hard it is for a host to grant an accommodation nobody has asked about yet, by its group: a note is written
quickly, a windowless room stays windowless."""
SKILLED = ("sign_language", "other_language")
GIVEN = 3
"""The effort that no goodwill makes up for: surroundings, and languages somebody has to know."""


def effort_of(code: str) -> int:
    """What it takes to grant one accommodation, 1 (a word) to 3 (it is there or it is not)."""
    return GIVEN if code in SKILLED else EFFORT.get(VOCABULARIES["accommodations"].group(code), GIVEN)


def unasked(question: Question, codes: Iterable[str]) -> Ints:
    """How many of these accommodations nobody has asked each host about (N,)."""
    pool, mask = question.pool, np.uint64(VOCABULARIES["accommodations"].mask(codes))
    told = pool.accommodations_yes | pool.accommodations_conditional | pool.accommodations_no
    missing: Ints = count_bits(mask & ~told).astype(np.int32)
    return missing
