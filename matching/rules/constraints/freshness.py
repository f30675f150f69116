"""Facts past their day to be checked (情報の期限) are not hidden, but are checked before anybody is called. Domain H15."""

from __future__ import annotations

import numpy as np

from matching.columns.encodings import PASS, UNKNOWN, Verdicts
from matching.inputs.phrases import long_day
from matching.question.answers import Objection, ToAsk
from matching.question.question import Question
from matching.rules.kinds import Constraint


class Freshness(Constraint):
    """確認の期限。切れていたら、打診の前に確かめる。"""

    code = "freshness"
    label = "情報の確認日"
    stage = "open"
    same_for_everybody = True
    never_lifted = True

    def verdicts(self, question: Question) -> Verdicts:
        pool = question.pool
        due = pool.verified_on + pool.stale_after_days
        fresh = (pool.verified_on >= 0) & (due >= question.on.toordinal())
        return np.where(fresh, PASS, UNKNOWN).astype(np.int8)

    def objection(self, question: Question, row: int) -> Objection:
        raise AssertionError(self.code)

    def to_ask(self, question: Question, row: int) -> ToAsk:
        verified = question.facts(row).verified_on
        if verified is None:
            return ToAsk(self.code, "受け入れ先に、いまの様子を確かめる（まだ確認した日がありません）", False)
        return ToAsk(self.code, f"情報が古くなっています（{long_day(verified)}に確認）。いまの様子を確かめる", False)


RULE = Freshness()
