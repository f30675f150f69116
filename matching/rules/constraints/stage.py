"""Readiness stage 0 (関係づくり期): no outside place; family, letters and online remain. Domain H16, scene 1."""

from __future__ import annotations

import numpy as np

from matching.columns.encodings import FAIL, FOUR, PASS, UNKNOWN, Verdicts, has
from matching.question.answers import Objection, ToAsk
from matching.question.question import Question
from matching.rules.kinds import Constraint
from matching.vocabulary import VOCABULARIES

FAMILY = ("family_meeting",)


class BondingStage(Constraint):
    """関係づくり期の人に外の場を出さない。"""

    code = "stage"
    label = "準備ステージ"
    stage = "eligible"
    never_lifted = True

    def verdicts(self, question: Question) -> Verdicts:
        if question.profile.stage != 0:
            return np.full(len(question), PASS, dtype=np.int8)
        online = question.pool.online == FOUR["yes"]
        family = has(question.pool.activity_types, VOCABULARIES["activity_types"].mask(FAMILY))
        perhaps = question.pool.online == FOUR["conditional"]
        return np.where(online | family, PASS, np.where(perhaps, UNKNOWN, FAIL)).astype(np.int8)

    def objection(self, question: Question, row: int) -> Objection:
        return Objection(self.code, "いまは関係づくりの時期です。外の場はまだ出しません", True, None)

    def to_ask(self, question: Question, row: int) -> ToAsk:
        return ToAsk(self.code, "家からインターネットで参加できるか確かめる", False)


RULE = BondingStage()
