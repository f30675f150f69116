"""What a place offers of one accommodation (配慮事項), and what it would be if it were offered."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from matching.columns import FOUR, Bytes, has
from matching.question import Question
from matching.vocabulary import VOCABULARIES


def offered(question: Question, code: str) -> Bytes:
    """Four-value column of one accommodation: -1 unknown, 0 no, 1 conditional, 2 yes."""
    pool, mask = question.pool, VOCABULARIES["accommodations"].mask([code])
    answer = np.where(has(pool.accommodations_no, mask), FOUR["no"], FOUR["unknown"])
    answer = np.where(has(pool.accommodations_conditional, mask), FOUR["conditional"], answer)
    return np.where(has(pool.accommodations_yes, mask), FOUR["yes"], answer).astype(np.int8)


def supposing_offered(question: Question, codes: Iterable[str]) -> Question:
    """The same question, were these accommodations offered."""
    pool, mask = question.pool, np.uint64(VOCABULARIES["accommodations"].mask(codes))
    return question.supposing(
        accommodations_yes=pool.accommodations_yes | mask,
        accommodations_conditional=pool.accommodations_conditional & ~mask,
        accommodations_no=pool.accommodations_no & ~mask,
    )
