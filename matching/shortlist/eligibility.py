"""Sifting (ふるい): which places have no objection, and which exactly one; the others need no further look.

Only the neighbourhood is looked at. Rules are asked in the order of the waterfall, and a place with two objections is
asked about no more: it can be neither a candidate nor a near miss. Its objections are worked out when somebody asks.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matching.columns.encodings import FAIL, Verdicts
from matching.columns.jagged import Rows
from matching.question.answers import Step
from matching.question.question import Question
from matching.rules.kinds import Constraint, constraints
from matching.shortlist.neighbourhood import around, reach, within
from matching.shortlist.place_verdicts import Daily, daily, failed
from matching.shortlist.scoring import Scores

OPEN = "open"
STEPS = ((OPEN, "いま受け入れている"), ("reachable", "時間が合い、通える"), ("eligible", "条件が合う"))
MOST_OBJECTIONS = 1
WORTH_PARTING = 0.8
"""Rows are dropped once fewer than this share of them still matter; until then shorter columns save less than they cost."""


@dataclass(frozen=True)
class Sifted:
    """The places with at most one objection: their rows in the pool, their scores, and how many were left after a stage."""

    question: Question
    rows: Rows
    scores: Scores
    steps: tuple[Step, ...]


def sift(question: Question) -> Sifted:
    """Ask every rule about the places that still matter."""
    rows, part, day = _neighbourhood(question)
    failures = day.failures
    verdicts: list[Verdicts] = []
    steps = [Step("all", "台帳のすべて", len(question))]
    for stage, label in STEPS:
        for rule in _of(stage):
            if rule.same_for_everybody:
                verdicts.append(day.verdicts(rule))
                continue
            verdict = rule.verdicts(part)
            verdicts.append(verdict)
            failures = failures + failed(rule, verdict)
            matter = failures <= MOST_OBJECTIONS
            if np.count_nonzero(matter) < WORTH_PARTING * len(rows):
                kept = np.flatnonzero(matter)
                rows, part, failures, day = rows[kept], part.at(kept), failures[kept], day.take(kept)
                verdicts = [earlier[kept] for earlier in verdicts]
        # A place beyond the neighbourhood may be open, and nothing after that.
        left = _open(question) if stage == OPEN else int(np.count_nonzero(failures == 0))
        steps.append(Step(stage, label, left))
    kept = np.flatnonzero(failures <= MOST_OBJECTIONS)
    scores = Scores.judged(part, np.stack(verdicts)).at(kept)
    return Sifted(question, rows[kept], scores, tuple(steps))


def _of(stage: str) -> list[Constraint]:
    return [rule for rule in constraints() if rule.stage == stage]


def _neighbourhood(question: Question) -> tuple[Rows, Question, Daily]:
    """The rows that may be within reach and matter on this day, the question about them, and what is known of the day."""
    kilometres, today = reach(question), question.pool.once("daily", question.on, daily)
    rows = around(question, kilometres)
    if rows is None:
        rows = np.arange(len(question), dtype=np.intp)
    rows = rows[today.failures.take(rows) <= MOST_OBJECTIONS]
    part = question.at(rows)
    near = np.flatnonzero(within(part, kilometres))
    return rows[near], part.at(near), today.take(rows[near])


def _open(question: Question) -> int:
    """How many places of the whole pool are open to this person, near or far."""
    left = question.pool.once("daily", question.on, daily).failures == 0
    for rule in _of(OPEN):
        if not rule.same_for_everybody:
            left &= rule.verdicts(question) != FAIL
    return int(np.count_nonzero(left))
