"""Days, frequency and length against what the person wishes (時間の合い具合). Domain S7."""

from __future__ import annotations

import numpy as np

from matching.columns.encodings import UNKNOWN, Floats, Ints, count_bits
from matching.question.question import Question
from matching.rules.kinds import Criterion, Reason
from matching.vocabulary import ENUMS

VISITS_IN_NINE_WEEKS = {
    "monthly": 2, "two_three_monthly": 5, "weekly": 9, "two_three_weekly": 22, "four_plus_weekly": 36,
}  # fmt: skip

SHARE_BY_STEPS = (1.0, 0.6, 0.3)
"""What is left where the host wants somebody one or two steps more often than they wish to come."""


class TimeFit(Criterion):
    """来られる日が、望む回数に足りるほどよい。"""

    code = "time_fit"
    label = "時間の合い方"

    def scores(self, question: Question) -> Floats:
        wanted = VISITS_IN_NINE_WEEKS.get(
            question.profile.frequency_goal or "", VISITS_IN_NINE_WEEKS["two_three_monthly"]
        )
        days = count_bits(question.sessions.days).astype(np.float32)
        score = (0.4 + 0.6 * np.minimum(days / wanted, 1)) * self._not_too_often(question)
        unsure = (question.sessions.in_time == UNKNOWN) | (days == 0)
        return np.where(unsure, np.nan, score).astype(np.float32)

    def _too_often(self, question: Question) -> Ints:
        """Steps by which the rarest visits the host accepts are more than the person wishes; 0 where nobody knows."""
        goal = ENUMS["frequency"].bit.get(question.profile.frequency_goal or "")
        steps = question.pool.min_frequency.astype(np.int32) - (goal if goal is not None else len(SHARE_BY_STEPS) * 9)
        return np.where(question.pool.min_frequency < 0, 0, np.clip(steps, 0, len(SHARE_BY_STEPS) - 1)).astype(np.int32)

    def _not_too_often(self, question: Question) -> Floats:
        share: Floats = np.array(SHARE_BY_STEPS, dtype=np.float32)[self._too_often(question)]
        return share

    def reason(self, question: Question, row: int, score: float) -> Reason:
        days = int(count_bits(question.sessions.days[row : row + 1])[0])
        goal = ENUMS["frequency"].label(question.profile.frequency_goal or "")
        if self._too_often(question)[row]:
            least = ENUMS["frequency"].label(question.facts(row).min_frequency or "")
            sentence = f"{least}から来てほしい場です（望みは{goal}）"
            return Reason(sentence, None, sentence)
        if score >= 0.85:
            return Reason(f"これから9週間に来られる日が{days}日あります", "来られる日に開いています")
        wish = f"（望みは{goal}）" if goal else ""
        return Reason(f"これから9週間に来られる日は{days}日です{wish}", None, None)

    def unknown(self, question: Question, row: int) -> str:
        return "曜日と時間の合い方は、まだ確かめていません"


RULE = TimeFit()
