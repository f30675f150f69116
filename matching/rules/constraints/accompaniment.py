"""Coming with a supporter (付き添い・同行), or coming alone, where one of the two sides needs it. Domain H6."""

from __future__ import annotations

import numpy as np

from matching.columns.encodings import FAIL, FOUR, PASS, UNKNOWN, Verdicts
from matching.question.answers import Change, Objection, ToAsk
from matching.question.question import Question
from matching.rules.kinds import Constraint
from matching.rules.shared.accommodations import offered, supposing_offered


class Accompaniment(Constraint):
    """付き添いが要る場と要らない人、同行が要る人と同行できない場。"""

    code = "accompaniment"
    label = "付き添い・同行"
    stage = "eligible"

    def verdicts(self, question: Question) -> Verdicts:
        pool, wish = question.pool, question.profile.accompaniment
        verdict = np.full(len(pool), PASS, dtype=np.int8)
        if wish == "none":
            verdict = np.where(pool.accompaniment_required == FOUR["yes"], FAIL, verdict)
        if wish == "always":
            welcome = offered(question, "supporter_welcome")
            refused = np.where(welcome == FOUR["no"], FAIL, np.where(welcome == FOUR["yes"], PASS, UNKNOWN))
            verdict = np.minimum(verdict, refused)
        return verdict.astype(np.int8)

    def objection(self, question: Question, row: int) -> Objection:
        if question.profile.accompaniment == "none":
            change = Change("最初だけでも職員が付き添うことにすれば", _accompanied)
            return Objection(self.code, "付き添いが要る場です（ご本人は同行を望んでいません）", True, change)
        change = Change("職員の同行を受け入れてもらえれば", _welcoming)
        return Objection(self.code, "職員の同行を受け入れていません（ご本人は毎回の同行を望んでいます）", True, change)

    def to_ask(self, question: Question, row: int) -> ToAsk:
        return ToAsk(self.code, "職員が毎回いっしょに行ってよいか確かめる", False)


def _accompanied(question: Question) -> Question:
    return question.supposing(accompaniment_required=np.full(len(question), FOUR["no"], dtype=np.int8))


def _welcoming(question: Question) -> Question:
    return supposing_offered(question, ["supporter_welcome"])


RULE = Accompaniment()
