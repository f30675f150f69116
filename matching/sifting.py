"""Sifting (ふるい): which places have no objection, and which exactly one; the others need no further look.

Rules are asked in the order of the waterfall, and a place with two objections is asked about no more: it can be
neither a candidate nor a near miss. Its other objections are worked out when somebody asks (`why_not`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matching.answers import Step
from matching.columns import FAIL, Verdicts
from matching.question import Question
from matching.ragged import Rows
from matching.rules import constraints
from matching.scoring import Scores

STEPS = (("open", "いま受け入れている"), ("reachable", "時間が合い、通える"), ("eligible", "条件が合う"))
MOST_OBJECTIONS = 1
WORTH_PARTING = 0.8
"""Rows are dropped once fewer than this share of them still matter; until then a shorter column saves less than it costs."""


@dataclass(frozen=True)
class Sifted:
    """The places with at most one objection: their rows in the pool, their scores, and how many were left after a stage."""

    question: Question
    rows: Rows
    scores: Scores
    steps: tuple[Step, ...]


def sift(question: Question) -> Sifted:
    """Ask every rule about the places that still matter."""
    rows, part = np.arange(len(question), dtype=np.intp), question
    failures = np.zeros(len(question), dtype=np.int8)
    verdicts: list[Verdicts] = []
    steps = [Step("all", "台帳のすべて", len(question))]
    for stage, label in STEPS:
        for rule in constraints():
            if rule.stage != stage:
                continue
            verdict = rule.verdicts(part)
            verdicts.append(verdict)
            failures += verdict == FAIL
            matter = failures <= MOST_OBJECTIONS
            if np.count_nonzero(matter) < WORTH_PARTING * len(rows):
                kept = np.flatnonzero(matter)
                rows, part, failures = rows[kept], part.at(kept), failures[kept]
                verdicts = [earlier[kept] for earlier in verdicts]
        steps.append(Step(stage, label, int(np.count_nonzero(failures == 0))))
    kept = np.flatnonzero(failures <= MOST_OBJECTIONS)
    scores = Scores.judged(part, np.stack(verdicts)).at(kept)
    return Sifted(question, rows[kept], scores, tuple(steps))
