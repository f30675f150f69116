"""How lately the host confirmed the facts (情報の新しさ). Domain S10."""

from __future__ import annotations

import numpy as np

from matching.columns.encodings import Floats
from matching.inputs.phrases import long_day
from matching.question.question import Question
from matching.rules.kinds import Criterion, Reason


class Fresh(Criterion):
    """確認したばかりなら満点、期限の日に半分、期限の倍で0。"""

    code = "fresh"
    label = "情報の新しさ"

    def scores(self, question: Question) -> Floats:
        pool = question.pool
        age = question.on.toordinal() - pool.verified_on
        score = 1 - age / (2 * np.maximum(pool.stale_after_days, 1))
        return np.where(pool.verified_on < 0, np.nan, np.clip(score, 0, 1)).astype(np.float32)

    def reason(self, question: Question, row: int, score: float) -> Reason:
        verified = question.facts(row).verified_on
        when = long_day(verified) if verified else ""
        return Reason(f"{when}に確認した情報です", None, "情報が古くなっています" if score < 0.5 else None)

    def unknown(self, question: Question, row: int) -> str:
        return "受け入れ先に確認した日がありません"


RULE = Fresh()
