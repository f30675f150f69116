"""How much room the host has (受け入れ先の余裕): burden, people there now, quick to answer. Domain S8."""

from __future__ import annotations

import numpy as np

from matching.columns.encodings import Floats
from matching.question.question import Question
from matching.rules.kinds import Criterion, Reason

BY_BURDEN = {1: 1.0, 2: 0.85, 3: 0.55, 4: 0.2, 5: 0.0}
SLOW_DAYS = 4


class HostSlack(Criterion):
    """余裕のある受け入れ先から頼む。負担感4は、次に声をかける前に話を聞く。"""

    code = "host_slack"
    label = "受け入れ先の余裕"

    def scores(self, question: Question) -> Floats:
        pool = question.pool
        score = np.full(len(pool), np.nan, dtype=np.float32)
        for level, points in BY_BURDEN.items():
            score = np.where(pool.host_burden == level, points, score)
        slow = pool.host_reply_days >= SLOW_DAYS
        return np.where(slow, score - 0.1, score).clip(0, 1).astype(np.float32)

    def reason(self, question: Question, row: int, score: float) -> Reason:
        burden = question.facts(row).host.burden or 0
        if burden >= 4:
            return Reason(
                "受け入れ先が「少し大変」と言っています",
                None,
                "受け入れ先が少し大変だと言っています。先に様子を聞きます",
            )
        if burden == 3:
            return Reason("受け入れ先は、いまの人数でちょうどよいと言っています", None)
        return Reason("受け入れ先に余裕があります", None)

    def unknown(self, question: Question, row: int) -> str:
        return "受け入れ先の負担は、まだ聞けていません"


RULE = HostSlack()
