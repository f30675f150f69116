"""Days, frequency and length against what the person wishes (時間の合い具合). Domain S7."""

from __future__ import annotations

import numpy as np

from matching.columns import UNKNOWN, Floats, count_bits
from matching.question import Question
from matching.rules import Criterion, Reason
from matching.vocabulary import ENUMS

VISITS_IN_NINE_WEEKS = {
    "monthly": 2, "two_three_monthly": 5, "weekly": 9, "two_three_weekly": 22, "four_plus_weekly": 36,
}  # fmt: skip


class TimeFit(Criterion):
    """来られる日が、望む回数に足りるほどよい。"""

    code = "time_fit"
    label = "時間の合い方"

    def scores(self, question: Question) -> Floats:
        wanted = VISITS_IN_NINE_WEEKS.get(
            question.profile.frequency_goal or "", VISITS_IN_NINE_WEEKS["two_three_monthly"]
        )
        days = count_bits(question.sessions.days).astype(np.float32)
        score = 0.4 + 0.6 * np.minimum(days / wanted, 1)
        unsure = (question.sessions.in_time == UNKNOWN) | (days == 0)
        return np.where(unsure, np.nan, score).astype(np.float32)

    def reason(self, question: Question, row: int, score: float) -> Reason:
        days = int(count_bits(question.sessions.days[row : row + 1])[0])
        goal = ENUMS["frequency"].label(question.profile.frequency_goal or "")
        if score >= 0.85:
            return Reason(f"これから9週間に来られる日が{days}日あります", "来られる日に開いています")
        wish = f"（望みは{goal}）" if goal else ""
        return Reason(f"これから9週間に来られる日は{days}日です{wish}", None, None)

    def unknown(self, question: Question, row: int) -> str:
        return "曜日と時間の合い方は、まだ確かめていません"


RULE = TimeFit()
