"""あと一歩: places with exactly one overridable objection, and the smallest change that would lift it.

Every change is verified: the place is asked about again with the change supposed, and must come out without objection.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np

from matching.columns.encodings import FAIL
from matching.pool.opportunity_pool import OpportunityPool
from matching.question.answers import NearMiss, Objection
from matching.question.question import Question
from matching.shortlist.scoring import Scores
from matching.shortlist.shortlist_filter import worth_a_call

MOST = 5
WEAKEST = 4_000
"""Hundredths after the change: a place further off than this is not worth a negotiation."""
LOOKED_AT = 60


def near_misses(scores: Scores) -> tuple[NearMiss, ...]:
    """The best few, by their total with the change applied less the effort of the change, then by ref."""
    nearly = scores.at(scores.order(np.flatnonzero(scores.failures == 1), most=LOOKED_AT))
    found = [
        NearMiss(nearly.question.facts(row).ref, objection, total)
        for row, objection, total in _lifted(nearly)
        if total >= WEAKEST
    ]
    found.sort(key=lambda miss: (_effort(miss.objection) - miss.total_if_changed, miss.opportunity_ref))
    return tuple(found[:MOST])


def _effort(objection: Objection) -> int:
    return objection.change.effort if objection.change else 0


def _lifted(scores: Scores) -> Iterator[tuple[int, Objection, int]]:
    """(row, its objection, the total with the change applied) where the change leaves no objection and a wish is answered.

    Places that wait for the same change are supposed changed together, and scored again together as far as it is the
    places that change: another person is another question.
    """
    question, alike = scores.question, defaultdict[tuple[str, str], list[tuple[int, Objection]]](list)
    for row in range(len(question)):
        objection = objections(question, scores, row)[0]
        if objection.overridable and objection.change is not None:
            alike[objection.code, objection.change.sentence].append((row, objection))
    of_places: list[tuple[list[tuple[int, Objection]], Question]] = []
    for changed in alike.values():
        change = changed[0][1].change
        assert change is not None
        supposed = change.suppose(question.anew([row for row, _ in changed]))
        if supposed.profile is question.profile:
            of_places.append((changed, supposed))
        else:
            yield from _again(changed, supposed)
    if of_places:
        together = OpportunityPool.stacked([supposed.pool for _, supposed in of_places])
        every = [place for changed, _ in of_places for place in changed]
        yield from _again(every, Question(question.profile, together, question.on))


def _again(changed: Sequence[tuple[int, Objection]], supposed: Question) -> Iterator[tuple[int, Objection, int]]:
    """Those of the places that come out well when they are asked about again."""
    again = Scores(supposed)
    wished = again.eligible & worth_a_call(again)
    for place, (row, objection) in enumerate(changed):
        if wished[place]:
            yield row, objection, int(again.totals[place])


def objections(question: Question, scores: Scores, row: int) -> tuple[Objection, ...]:
    """All objections of one row, in the order of the waterfall."""
    failed = scores.verdicts[:, row] == FAIL
    return tuple(rule.objection(question, row) for rule, fails in zip(scores.rules, failed, strict=True) if fails)
