"""あと一歩: places with exactly one overridable objection, and the smallest change that would lift it.

Every change is verified: the place is asked about again with the change supposed, and must come out without objection.
"""

from __future__ import annotations

import numpy as np

from matching.answers import NearMiss, Objection
from matching.columns import FAIL
from matching.diversity import answers_a_wish
from matching.question import Question
from matching.scoring import Scores

MOST = 5
WEAKEST = 3_000
"""Hundredths after the change: a place further off than this is not worth a negotiation."""
LOOKED_AT = 60


def near_misses(question: Question, scores: Scores) -> tuple[NearMiss, ...]:
    """The best few, by their total with the change applied, then by ref."""
    single = np.flatnonzero(scores.failures == 1)
    found = [miss for row in scores.order(single)[:LOOKED_AT] if (miss := near_miss(question, scores, row))]
    found.sort(key=lambda miss: (-miss.total_if_changed, miss.opportunity_ref))
    return tuple(found[:MOST])


def near_miss(question: Question, scores: Scores, row: int) -> NearMiss | None:
    """The near miss of one row with one objection, or None where nothing small lifts it."""
    objection = objections(question, scores, row)[0]
    if not objection.overridable or objection.change is None:
        return None
    changed = Scores(objection.change.suppose(question.about(row)))
    if changed.failures[0] or changed.totals[0] < WEAKEST or not answers_a_wish(changed.question, changed, 0):
        return None
    return NearMiss(question.facts(row).ref, objection, int(changed.totals[0]))


def objections(question: Question, scores: Scores, row: int) -> tuple[Objection, ...]:
    """All objections of one row, in the order of the waterfall."""
    failed = scores.verdicts[:, row] == FAIL
    return tuple(rule.objection(question, row) for rule, fails in zip(scores.rules, failed, strict=True) if fails)
