"""What is the same for everybody on one date (その日の受け入れ): the verdicts of the rules that look at the place alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Self, cast

import numpy as np

from matching.columns.encodings import FAIL, Bytes, Masks, Verdicts, word_for
from matching.columns.jagged import Rows
from matching.inputs.profile import ParticipantProfile
from matching.pool.opportunity_pool import OpportunityPool
from matching.question.question import Question
from matching.rules.kinds import Constraint, constraints

NOBODY = cast(ParticipantProfile, None)
"""Who asks: a rule that looks at the person after all, fails aloud."""
BITS = 2
NEVER = 2
"""An objection that nothing lifts counts as two: such a place is no near miss either."""
AT_A_TIME = 65_536


@dataclass(frozen=True)
class Daily:
    """Per place the verdicts of these rules, two bits each, and how many of them it fails."""

    packed: Masks
    failures: Bytes

    def take(self, rows: Rows) -> Self:
        return type(self)(self.packed.take(rows), self.failures.take(rows))

    @classmethod
    def stacked(cls, parts: Sequence[Self]) -> Self:
        return cls(*(np.concatenate([getattr(part, name) for part in parts]) for name in ("packed", "failures")))

    def verdicts(self, rule: Constraint) -> Verdicts:
        """Of one of these rules."""
        word = self.packed.dtype.type
        verdicts: Verdicts = (self.packed >> word(BITS * _rules().index(rule)) & word((1 << BITS) - 1)).astype(np.int8)
        return verdicts


def failed(rule: Constraint, verdicts: Verdicts) -> Bytes:
    """What the objections of this rule count for."""
    counted: Bytes = (verdicts == FAIL) * np.int8(NEVER if rule.never_lifted else 1)
    return counted


def _rules() -> tuple[Constraint, ...]:
    return tuple(rule for rule in constraints() if rule.same_for_everybody)


def daily(pool: OpportunityPool, on: date) -> Daily:
    """Of every place of the pool, some at a time."""
    starts = range(0, max(len(pool), 1), AT_A_TIME)
    chunks = (pool.take(range(start, min(start + AT_A_TIME, len(pool)))) for start in starts)
    return Daily.stacked([_daily(Question(NOBODY, chunk, on)) for chunk in chunks])


def _daily(question: Question) -> Daily:
    packed = np.zeros(len(question), dtype=word_for(BITS * len(_rules())))
    failures = np.zeros(len(question), dtype=np.int8)
    for place, rule in enumerate(_rules()):
        verdicts = rule.verdicts(question)
        packed |= verdicts.astype(packed.dtype) << packed.dtype.type(BITS * place)
        failures += failed(rule, verdicts)
    return Daily(packed, failures)
