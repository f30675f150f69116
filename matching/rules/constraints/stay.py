"""The shortest stay the host accepts against the longest the person can bear (1回の長さ). Domain H10, §3.1 session_max_min."""

from __future__ import annotations

import numpy as np

from matching.columns.encodings import FAIL, PASS, UNKNOWN, Verdicts
from matching.question.answers import Change, Objection, ToAsk
from matching.question.question import Question
from matching.rules.kinds import Constraint


class Stay(Constraint):
    """最短の時間と、1回の上限。"""

    code = "stay"
    label = "1回の長さ"
    stage = "reachable"

    def verdicts(self, question: Question) -> Verdicts:
        pool, longest = question.pool, question.profile.session_max_minutes
        if longest is None:
            return np.full(len(pool), PASS, dtype=np.int8)
        known = pool.min_stay_minutes >= 0
        short_enough = np.where(pool.min_stay_minutes <= longest, PASS, FAIL)
        usual_fits = (pool.session_minutes >= 0) & (pool.session_minutes <= longest)
        return np.where(known, short_enough, np.where(usual_fits, PASS, UNKNOWN)).astype(np.int8)

    def objection(self, question: Question, row: int) -> Objection:
        shortest, longest = question.facts(row).min_stay_minutes, question.profile.session_max_minutes
        change = Change(f"{longest}分で帰ってよければ", _shorter)
        return Objection(self.code, f"1回{shortest}分からの場です（ご本人は{longest}分まで）", True, change)

    def to_ask(self, question: Question, row: int) -> ToAsk:
        return ToAsk(self.code, f"1回{question.profile.session_max_minutes}分でもよいか確かめる", False)


def _shorter(question: Question) -> Question:
    longest = question.profile.session_max_minutes or 0
    return question.supposing(min_stay_minutes=np.full(len(question), longest, dtype=np.int32))


RULE = Stay()
