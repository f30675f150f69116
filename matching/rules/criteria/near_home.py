"""Whether the person would rather be near home or away from it (近所の希望). Domain S11."""

from __future__ import annotations

import numpy as np

from matching.columns.encodings import Floats
from matching.question.question import Question
from matching.rules.kinds import Criterion, Reason

NEAR_KM = 1.5


class NearHome(Criterion):
    """近くがよい人には近くを、避けたい人には離れた所を。気にしない人には数えない。"""

    code = "near_home"
    label = "近所の希望"

    def scores(self, question: Question) -> Floats:
        wish = question.profile.near_home
        distance = question.kilometres
        if wish not in ("prefer", "avoid"):
            return np.full(len(question), np.nan, dtype=np.float32)
        district = question.profile.district
        near = (distance <= NEAR_KM) | question.pool.rows_in([district] if district else [])
        score = near if wish == "prefer" else ~near
        return np.where(np.isnan(distance) & ~near, np.nan, score).astype(np.float32)

    def reason(self, question: Question, row: int, score: float) -> Reason:
        prefer = question.profile.near_home == "prefer"
        if score >= 0.5:
            where = "家の近くです" if prefer else "家から離れた所です"
            return Reason(f"{where}（ご本人の希望どおり）", where if prefer else None)
        where = "家の近くではありません" if prefer else "家の近くです（ご本人は近所を避けたいと言っています）"
        return Reason(where, None, None if prefer else where)

    def unknown(self, question: Question, row: int) -> str:
        return "近所かどうかは気にしない、または場所が未確認です"


RULE = NearHome()
