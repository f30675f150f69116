"""Somebody who needs a little money now (謝礼が必要) is not given unpaid places. Domain §3.1 reward_pref."""

from __future__ import annotations

import numpy as np

from matching.answers import Change, Objection, ToAsk
from matching.columns import FAIL, PASS, UNKNOWN, Verdicts
from matching.question import Question
from matching.rules import Constraint


class Reward(Constraint):
    """謝礼・工賃が「必要」な人に、無償の場で間に合わせない。"""

    code = "reward"
    label = "謝礼"
    stage = "eligible"

    def verdicts(self, question: Question) -> Verdicts:
        reward = question.pool.reward_yen
        if question.profile.reward != "needed":
            return np.full(len(question), PASS, dtype=np.int8)
        return np.where(reward > 0, PASS, np.where(reward == 0, FAIL, UNKNOWN)).astype(np.int8)

    def objection(self, question: Question, row: int) -> Objection:
        change = Change("少しでも謝礼がつけば", _paid)
        return Objection(self.code, "謝礼がありません（ご本人は少しでも収入が必要です）", True, change)

    def to_ask(self, question: Question, row: int) -> ToAsk:
        return ToAsk(self.code, "謝礼や工賃が出るか確かめる", False)


def _paid(question: Question) -> Question:
    return question.supposing(reward_yen=np.ones(len(question), dtype=np.int32))


RULE = Reward()
