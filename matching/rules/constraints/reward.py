"""Somebody who needs a little money now (謝礼が必要) is not given places that leave them none. Domain §3.1 reward_pref."""

from __future__ import annotations

import numpy as np

from matching.columns.encodings import FAIL, PASS, UNKNOWN, Bools, Verdicts, one_of
from matching.question.answers import Change, Objection, ToAsk
from matching.question.question import Question
from matching.rules.kinds import Constraint
from matching.rules.shared.fares import fares
from matching.vocabulary import VOCABULARIES

BY_THE_VISIT = ("paid_volunteer", "unpaid_volunteer", "work_experience", "certified_training")
"""Positions whose reward is for a visit, so that the fare can eat it up; wages by the hour are not compared."""

PAYING = 500
"""A host that begins to pay takes a new kind of duty upon itself: more to ask for than an hour (hundredths)."""


class Reward(Constraint):
    """謝礼・工賃が「必要」な人に、無償の場で間に合わせない。交通費のほうが高い場は、手当てを確かめてから。"""

    code = "reward"
    label = "謝礼"
    stage = "eligible"

    def _eaten_up(self, question: Question) -> Bools:
        """Rows where the way there and back costs as much as is given."""
        bits = VOCABULARIES["engagement_types"].bit
        by_visit = one_of(question.pool.engagement_type, [bits[code] for code in BY_THE_VISIT])
        reward = question.pool.reward_yen
        return by_visit & (reward > 0) & (np.nan_to_num(fares(question)) >= reward)

    def verdicts(self, question: Question) -> Verdicts:
        reward = question.pool.reward_yen
        if question.profile.reward != "needed":
            return np.full(len(question), PASS, dtype=np.int8)
        left = (reward > 0) & ~self._eaten_up(question)
        return np.where(reward == 0, FAIL, np.where(left, PASS, UNKNOWN)).astype(np.int8)

    def objection(self, question: Question, row: int) -> Objection:
        change = Change("少しでも謝礼がつけば", _paid, PAYING)
        return Objection(self.code, "謝礼がありません（ご本人は少しでも収入が必要です）", True, change)

    def to_ask(self, question: Question, row: int) -> ToAsk:
        reward = question.facts(row).reward_yen
        if reward is None:
            return ToAsk(self.code, "謝礼や工賃が出るか確かめる", False)
        fare = int(np.nan_to_num(fares(question)[row]))
        sentence = f"交通費の手当てがあるか確かめる（謝礼は{reward}円、交通費は{fare}円です）"
        return ToAsk(self.code, sentence, False)


def _paid(question: Question) -> Question:
    """As much as leaves something after the way there and back."""
    more = np.nan_to_num(fares(question)).astype(np.int32) + 1
    return question.supposing(reward_yen=more)


RULE = Reward()
