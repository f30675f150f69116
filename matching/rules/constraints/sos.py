"""Somebody who can hardly say "this is hard" (SOSの余力 0–1) needs a fixed helper, or staff alongside. Domain §3.6."""

from __future__ import annotations

import numpy as np

from matching.columns.encodings import FOUR, PASS, UNKNOWN, Verdicts
from matching.question.answers import Change, Objection, ToAsk
from matching.question.question import Question
from matching.rules.kinds import Constraint
from matching.rules.shared.accommodations import best_of, offered, supposing_offered

NEEDS_SOMEBODY = 1


class Sos(Constraint):
    """つらいと言いにくい人には、決まった世話役か職員の同行。"""

    code = "sos"
    label = "つらいときに気づく人"
    stage = "eligible"

    def verdicts(self, question: Question) -> Verdicts:
        voice = question.capacity("voice")
        if voice is None:
            return np.full(len(question), UNKNOWN, dtype=np.int8)
        if voice > NEEDS_SOMEBODY:
            return np.full(len(question), PASS, dtype=np.int8)
        helpers = [offered(question, "fixed_helper")]
        if question.profile.accompaniment != "none":
            helpers.append(offered(question, "supporter_welcome"))
        online = question.pool.online == FOUR["yes"]
        # Somebody has to be there for sure: what can only be talked about is still a question.
        there = np.logical_or.reduce([helper == FOUR["yes"] for helper in helpers])
        answer = np.where(there, PASS, np.minimum(best_of(helpers), UNKNOWN))
        # From home nobody is stranded; somebody who looks in is still worth asking for.
        return np.where(online, np.maximum(answer, UNKNOWN), answer).astype(np.int8)

    def objection(self, question: Question, row: int) -> Objection:
        change = Change("いつも同じ世話役が付いてくれれば", lambda asked: supposing_offered(asked, ["fixed_helper"]))
        return Objection(self.code, "つらいときに気づける人（決まった世話役か職員）がいません", True, change)

    def to_ask(self, question: Question, row: int) -> ToAsk:
        if question.capacity("voice") is None:
            return ToAsk(self.code, "ご本人が、つらいときにつらいと言えるかを確かめる", False)
        return ToAsk(self.code, "いつも同じ世話役が付くか、職員がそばにいてよいか確かめる", False)


RULE = Sos()
