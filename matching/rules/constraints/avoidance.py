"""People and places that must not meet (会いたくない人・同席不可), in both directions. Domain H3, H17.

The reason is not known here and is never shown; the sentence is the same for all of them.
"""

from __future__ import annotations

import numpy as np

from matching.columns.encodings import FAIL, FOUR, PASS, UNKNOWN, Verdicts, among
from matching.question.answers import Objection, ToAsk
from matching.question.question import Question
from matching.rules.kinds import Constraint


class Avoidance(Constraint):
    """理由のない中立の制約。"""

    code = "avoidance"
    label = "取り決め"
    stage = "eligible"
    never_lifted = True

    def verdicts(self, question: Question) -> Verdicts:
        profile, pool = question.profile, question.pool
        barred = pool.rows_in(profile.barred_districts)
        barred[pool.rows_with(profile.barred_opportunities)] = True
        barred |= among(pool.host, pool.host_numbers(profile.barred_organizations))
        somewhere = (pool.district < 0) & (pool.online != FOUR["yes"])
        unsure = somewhere if profile.barred_districts else np.zeros(len(pool), dtype=bool)
        return np.where(barred, FAIL, np.where(unsure, UNKNOWN, PASS)).astype(np.int8)

    def objection(self, question: Question, row: int) -> Objection:
        return Objection(self.code, "この人には出さない場です", False, None)

    def to_ask(self, question: Question, row: int) -> ToAsk:
        return ToAsk(self.code, "場所がどの地区にあるか確かめる", True)


RULE = Avoidance()
