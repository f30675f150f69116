"""A 24-hour emergency place (緊急受け入れ) is used by the emergency button alone, never ranked. Domain T-01, scene 14."""

from __future__ import annotations

import numpy as np

from matching.columns.encodings import FAIL, FOUR, PASS, Verdicts
from matching.question.answers import Objection
from matching.question.question import Question
from matching.rules.kinds import Constraint


class EmergencyOnly(Constraint):
    """緊急の場は順位に出さない。"""

    code = "emergency_only"
    label = "ふだんの参加の場"
    stage = "open"
    same_for_everybody = True
    never_lifted = True

    def verdicts(self, question: Question) -> Verdicts:
        emergency = question.pool.emergency_24h == FOUR["yes"]
        return np.where(emergency, FAIL, PASS).astype(np.int8)

    def objection(self, question: Question, row: int) -> Objection:
        return Objection(self.code, "緊急のときの受け入れ先です。ふだんの提案には出しません", False, None)


RULE = EmergencyOnly()
