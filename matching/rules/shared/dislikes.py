"""Where a thing the person dislikes (いやなこと) stands in a place: in its activities, hazards, company, size or kind of host."""

from __future__ import annotations

import numpy as np

from matching.columns.encodings import FAIL, PASS, UNKNOWN, Verdicts, has
from matching.question.question import Question
from matching.vocabulary import VOCABULARIES

LISTS = ("activity_types", "hazards", "companions", "group_sizes", "organization_types")
"""The lists a dislike's code may come from; codes do not overlap between them."""


def hits(question: Question, code: str) -> Verdicts:
    """FAIL where the place has it, PASS where it surely has not, UNKNOWN where nobody has asked."""
    pool = question.pool
    there = np.zeros(len(pool), dtype=bool)
    unknown = np.zeros(len(pool), dtype=bool)
    if code in VOCABULARIES["activity_types"]:
        there = has(pool.activity_types, VOCABULARIES["activity_types"].mask([code]))
        unknown = pool.activity_types == 0
    elif code in VOCABULARIES["hazards"]:
        mask = VOCABULARIES["hazards"].mask([code])
        there = has(pool.hazards_yes, mask)
        unknown = ~has(pool.hazards_no, mask) & ~there
    elif code in VOCABULARIES["companions"]:
        mask = VOCABULARIES["companions"].mask([code])
        there = has(pool.mix_yes, mask)
        unknown = ~has(pool.mix_no, mask) & ~there
    elif code in VOCABULARIES["group_sizes"]:
        there = pool.group_size == VOCABULARIES["group_sizes"].bit[code]
        unknown = pool.group_size < 0
    elif code in VOCABULARIES["organization_types"]:
        there = pool.organization_type == VOCABULARIES["organization_types"].bit[code]
        unknown = pool.organization_type < 0
    else:
        # A word the lists do not know is for somebody to look at.
        unknown = ~there
    return np.where(there, FAIL, np.where(unknown, UNKNOWN, PASS)).astype(np.int8)


def label_of(code: str) -> str:
    """The staff's word for a dislike."""
    return next((VOCABULARIES[name].label(code) for name in LISTS if code in VOCABULARIES[name]), code)
