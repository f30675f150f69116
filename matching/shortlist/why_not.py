"""The places that are not proposed, and why: worked out only when somebody asks for them (「なぜ出ないの？」)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from matching.question.answers import Candidate, Exclusion
from matching.question.errors import MatchingError
from matching.shortlist.candidates import candidates
from matching.shortlist.eligibility import Sifted
from matching.shortlist.near_misses import objections
from matching.shortlist.scoring import Scores


@dataclass(frozen=True)
class NotShown:
    """`chosen` are the proposed places among the sifted ones, best first."""

    sifted: Sifted
    chosen: tuple[int, ...]

    @cached_property
    def _ranked(self) -> list[int]:
        """Every place without objection: the proposed ones, then the others by their total."""
        scores = self.sifted.scores
        proposed = set(self.chosen)
        ordered = scores.order(np.flatnonzero(scores.eligible))
        return [*self.chosen, *(row for row in ordered if row not in proposed)]

    def others(self, most: int | None = None) -> tuple[Candidate, ...]:
        """Places without objection that are not among the proposed ones; with `most`, the first of them."""
        first, last = len(self.chosen), len(self._ranked)
        return self._candidates(range(first, last if most is None else min(last, first + most)))

    def excluded(self, most: int | None = None) -> tuple[Exclusion, ...]:
        """Places with an objection, with all of their objections; with `most`, those with the fewest of them first."""
        question = self.sifted.question
        barred = np.ones(len(question), dtype=bool)
        barred[self.sifted.rows[self.sifted.scores.eligible]] = False
        rows = np.flatnonzero(barred)
        scores = Scores(question.at(rows[np.argsort(question.pool.rank[rows])]))
        if most is not None:
            scores = scores.at(np.argsort(scores.failures, kind="stable")[:most])
        return tuple(
            Exclusion(scores.question.facts(row).ref, objections(scores.question, scores, row))
            for row in range(len(scores.question))
        )

    def why_not(self, ref: str) -> Candidate | Exclusion:
        """Where this one place stands: its candidate with its rank, or all its objections."""
        question = self.sifted.question
        found = question.pool.rows_with([ref])
        if not len(found):
            raise MatchingError("その場は台帳にありません。")
        row = int(found[0])
        place = np.flatnonzero(self.sifted.rows == row)
        if len(place) and self.sifted.scores.eligible[place[0]]:
            rank = self._ranked.index(int(place[0]))
            return self._candidates(range(rank, rank + 1))[0]
        alone = Scores(question.about(row))
        return Exclusion(ref, objections(alone.question, alone, 0))

    def _candidates(self, places: range) -> tuple[Candidate, ...]:
        rows = [self._ranked[place] for place in places]
        ranks = [place + 1 for place in places]
        return tuple(candidates(self.sifted.scores, rows, ranks, self.sifted.rows[rows].tolist()))
