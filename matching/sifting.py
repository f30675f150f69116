"""Sifting (ふるい): which places have no objection, and which exactly one; the others need no further look.

Only the neighbourhood is looked at. Rules are asked in the order of the waterfall, and a place with two objections is
asked about no more: it can be neither a candidate nor a near miss. Its objections are worked out when somebody asks.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matching.answers import Step
from matching.columns import FAIL, MISSING, Bools, Verdicts
from matching.neighbourhood import around, reach, within
from matching.question import Question
from matching.ragged import Rows
from matching.rules import Constraint, constraints
from matching.scoring import Scores

OPEN = "open"
STEPS = ((OPEN, "いま受け入れている"), ("reachable", "時間が合い、通える"), ("eligible", "条件が合う"))
MOST_OBJECTIONS = 1
WORTH_PARTING = 0.8
"""Rows are dropped once fewer than this share of them still matter; until then shorter columns save less than they cost."""
AT_A_TIME = 65_536


@dataclass(frozen=True)
class Sifted:
    """The places with at most one objection: their rows in the pool, their scores, and how many were left after a stage."""

    question: Question
    rows: Rows
    scores: Scores
    steps: tuple[Step, ...]


def sift(question: Question) -> Sifted:
    """Ask every rule about the places that still matter."""
    rows, part = _neighbourhood(question)
    count = len(rows)
    failures = np.zeros(count, dtype=np.int8)
    verdicts: list[Verdicts] = []
    steps = [Step("all", "台帳のすべて", len(question))]
    for stage, label in STEPS:
        for rule in _of(stage):
            verdict = rule.verdicts(part)
            verdicts.append(verdict)
            failures += verdict == FAIL
            matter = failures <= MOST_OBJECTIONS
            if np.count_nonzero(matter) < WORTH_PARTING * len(rows):
                kept = np.flatnonzero(matter)
                rows, part, failures = rows[kept], part.at(kept), failures[kept]
                verdicts = [earlier[kept] for earlier in verdicts]
        # A place beyond the neighbourhood may be open, and nothing after that.
        whole = stage != OPEN or count == len(question)
        left = np.count_nonzero(failures == 0) if whole else _open(question)
        steps.append(Step(stage, label, int(left)))
    kept = np.flatnonzero(failures <= MOST_OBJECTIONS)
    scores = Scores.judged(part, np.stack(verdicts)).at(kept)
    return Sifted(question, rows[kept], scores, tuple(steps))


def _of(stage: str) -> list[Constraint]:
    return [rule for rule in constraints() if rule.stage == stage]


def _neighbourhood(question: Question) -> tuple[Rows, Question]:
    """The rows that may be within reach, and the question about them."""
    kilometres = reach(question)
    rows = around(question, kilometres)
    rows, part = (np.arange(len(question), dtype=np.intp), question) if rows is None else (rows, question.at(rows))
    near = within(part, kilometres)
    if near.all():
        return rows, part
    kept = np.flatnonzero(near)
    return rows[kept], part.at(kept)


def _open(question: Question) -> int:
    """How many places of the whole pool are open to this person, near or far."""
    left = _open_to_everybody(question)
    for rule in _of(OPEN):
        if not rule.same_for_everybody:
            left = left & (rule.verdicts(question) != FAIL)
    return int(np.count_nonzero(left))


def _open_to_everybody(question: Question) -> Bools:
    """The part of the answer that is the same for every person, worked out once a date and place."""
    kept = question.pool.open_to_all
    column = kept.get(question.on)
    if column is None:
        kept.clear()
        column = kept.setdefault(question.on, np.full(len(question), MISSING, dtype=np.int8))
    unknown = np.flatnonzero(column == MISSING)
    for start in range(0, len(unknown), AT_A_TIME):
        rows = unknown[start : start + AT_A_TIME]
        column[rows] = _open_part(question.at(rows))
    return column > 0


def _open_part(question: Question) -> Bools:
    left = np.ones(len(question), dtype=bool)
    for rule in _of(OPEN):
        if rule.same_for_everybody:
            left &= rule.verdicts(question) != FAIL
    return left
