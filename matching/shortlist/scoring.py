"""Points (点): how the criteria of one question add up, in whole hundredths so that every sum is exact.

Weights of unknown criteria are partly shared out among the known ones; every condition nobody has checked takes a
point off. The vector totals and the single explanation use the same integers, so they agree to the last digit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np
from numpy.typing import NDArray

from matching.columns.encodings import FAIL, Bools, Ints, Verdicts
from matching.columns.jagged import Rows
from matching.question.question import Question
from matching.rules.kinds import Constraint, Criterion, constraints, criteria
from matching.shortlist.weights import MOST_OPEN_QUESTIONS, POINTS_PER_OPEN_QUESTION, UNKNOWN_CARRIED, WEIGHTS

FULL = 10_000
"""A hundred points, in hundredths."""
BY_ROW = {
    "verdicts", "failures", "eligible", "scores", "known_share", "points", "open_facts", "open_questions", "totals",
}  # fmt: skip
"""Arrays whose last axis is the rows."""


@dataclass(frozen=True)
class Scores:
    """Verdicts (C, N) of every constraint and scores (K, N) of every criterion for one question."""

    question: Question

    @classmethod
    def judged(cls, question: Question, verdicts: Verdicts) -> Self:
        """Of a question whose verdicts are known already."""
        scores = cls(question)
        vars(scores)["verdicts"] = verdicts
        return scores

    def at(self, rows: Sequence[int] | Rows) -> Self:
        """The same scores of these rows alone, in this order."""
        chosen, part = np.asarray(rows, dtype=np.intp), type(self)(self.question.at(rows))
        for name, value in vars(self).items():
            if name in BY_ROW:
                vars(part)[name] = value[..., chosen]
        return part

    @cached_property
    def rules(self) -> tuple[Constraint, ...]:
        return constraints()

    @cached_property
    def criteria(self) -> tuple[Criterion, ...]:
        return criteria()

    @cached_property
    def verdicts(self) -> Verdicts:
        return np.stack([rule.verdicts(self.question) for rule in self.rules])

    @cached_property
    def failures(self) -> Ints:
        """Objections per opportunity."""
        failures: Ints = (self.verdicts == FAIL).sum(axis=0).astype(np.int32)
        return failures

    @cached_property
    def eligible(self) -> Bools:
        eligible: Bools = self.failures == 0
        return eligible

    @cached_property
    def scores(self) -> NDArray[np.float64]:
        return np.stack([rule.scores(self.question).astype(np.float64) for rule in self.criteria])

    def of(self, code: str) -> NDArray[np.float64]:
        """Scores (N,) of one criterion; KeyError where there is none of that code."""
        scores: NDArray[np.float64] = self.scores[self._place[code]]
        return scores

    @cached_property
    def _place(self) -> dict[str, int]:
        return {rule.code: place for place, rule in enumerate(self.criteria)}

    @cached_property
    def _weights(self) -> NDArray[np.float64]:
        return np.array([WEIGHTS[rule.code].value for rule in self.criteria], dtype=np.float64)

    @cached_property
    def known_share(self) -> Ints:
        """Weight of the known criteria, in hundredths of the whole."""
        known = ~np.isnan(self.scores)
        share: Ints = np.rint((known * self._weights[:, None]).sum(axis=0) / self._weights.sum() * 100).astype(np.int32)
        return share

    @cached_property
    def points(self) -> Ints:
        """Hundredths of a point (K, N) that each criterion brings; 0 where it is unknown."""
        known = ~np.isnan(self.scores)
        weights, whole = self._weights[:, None], self._weights.sum()
        known_weight = (known * weights).sum(axis=0)
        carried = known_weight + UNKNOWN_CARRIED * (whole - known_weight)
        with np.errstate(invalid="ignore", divide="ignore"):
            share = np.where(known, weights * carried / known_weight / whole, 0)
        return np.rint(np.nan_to_num(self.scores) * share * FULL).astype(np.int32)

    @cached_property
    def open_facts(self) -> Ints:
        """Facts under a condition that nobody has checked, per opportunity."""
        counted = [
            rule.open_facts(self.question, verdicts) for rule, verdicts in zip(self.rules, self.verdicts, strict=True)
        ]
        total: Ints = np.sum(counted, axis=0, dtype=np.int32)
        return total

    @cached_property
    def open_questions(self) -> Ints:
        """Hundredths taken off for conditions nobody has checked (zero or negative)."""
        unknown = np.minimum(self.open_facts, MOST_OPEN_QUESTIONS)
        off: Ints = (-POINTS_PER_OPEN_QUESTION * unknown).astype(np.int32)
        return off

    @cached_property
    def totals(self) -> Ints:
        totals: Ints = (self.points.sum(axis=0) + self.open_questions).astype(np.int32)
        return totals

    def order(self, rows: Rows, *, most: int | None = None) -> list[int]:
        """Rows by total, then known share, then ref; the best few only, where `most` says how many."""
        rank = self.question.pool.rank
        if most is not None and len(rows) > most:
            totals = self.totals[rows]
            rows = rows[totals >= np.partition(totals, len(rows) - most)[len(rows) - most]]
        best_first: list[int] = rows[np.lexsort((rank[rows], -self.known_share[rows], -self.totals[rows]))].tolist()
        return best_first[:most]
