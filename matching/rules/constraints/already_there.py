"""A place where the person already goes, or has a first date, is not a proposal. Domain §2.4."""

from __future__ import annotations

import numpy as np

from matching.columns.encodings import FAIL, PASS, Verdicts
from matching.question.answers import Objection
from matching.question.question import Question
from matching.rules.kinds import Constraint


class AlreadyThere(Constraint):
    """もう通っている場。"""

    code = "already_there"
    label = "いまの参加先でない"
    stage = "open"
    never_lifted = True

    def verdicts(self, question: Question) -> Verdicts:
        verdict = np.full(len(question), PASS, dtype=np.int8)
        verdict[question.pool.rows_with(question.profile.placed_opportunities)] = FAIL
        return verdict

    def objection(self, question: Question, row: int) -> Objection:
        return Objection(self.code, "もう参加しているか、最初の日が決まっています", False, None)


RULE = AlreadyThere()
