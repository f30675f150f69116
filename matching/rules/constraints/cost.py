"""What one visit costs (参加費と交通費) against what the person can pay. Domain H12. 0 yen is an answer; absent is unknown."""

from __future__ import annotations

import numpy as np

from matching.columns.encodings import FAIL, FOUR, PASS, UNKNOWN, Verdicts
from matching.question.answers import Change, Objection, ToAsk
from matching.question.question import Question
from matching.rules.kinds import Constraint
from matching.rules.shared.fares import fares


class Cost(Constraint):
    """費用の上限。交通費込みのときは、いちばん安い行き方で数える。"""

    code = "cost"
    label = "費用"
    stage = "eligible"

    def verdicts(self, question: Question) -> Verdicts:
        pool, limit = question.pool, question.profile.cost_limit_yen
        if limit is None:
            return np.where(pool.cost_yen != 0, UNKNOWN, PASS).astype(np.int8)
        fee = np.where(pool.cost_yen < 0, 0, pool.cost_yen).astype(np.float64)
        fare = fares(question) if question.profile.cost_limit_includes_travel else np.zeros(len(pool))
        fare = np.nan_to_num(fare)
        # A host that waives its fee is asked to; the way there costs what it costs.
        waived = (pool.cost_waivable == FOUR["yes"]) & (fare <= limit)
        verdict = np.where(pool.cost_yen < 0, UNKNOWN, PASS)
        return np.where(fee + fare <= limit, verdict, np.where(waived, UNKNOWN, FAIL)).astype(np.int8)

    def objection(self, question: Question, row: int) -> Objection:
        facts, limit = question.facts(row), question.profile.cost_limit_yen or 0
        fee = facts.cost_yen or 0
        fare = np.nan_to_num(fares(question)[row]) if question.profile.cost_limit_includes_travel else 0
        if fee > limit:
            # A fee that is waived does not pay the way there.
            waivable = facts.cost_waivable != "no" and fare <= limit
            change = Change("参加費を安くしてもらえれば", _free) if waivable else None
            return Objection(self.code, f"参加費{fee}円が、出せる額（{limit}円まで）をこえます", True, change)
        change = Change("交通費の手当てがつけば", lambda asked: asked.for_person(cost_limit_includes_travel=False))
        sentence = f"交通費も入れると{int(fee + fare)}円で、出せる額（{limit}円まで）をこえます"
        return Objection(self.code, sentence, True, change)

    def to_ask(self, question: Question, row: int) -> ToAsk:
        limit = question.profile.cost_limit_yen
        if limit is None:
            return ToAsk(self.code, "ご本人に、いくらまで出せるか聞く", False)
        fee = question.facts(row).cost_yen
        if fee is None:
            return ToAsk(self.code, "参加費がかかるか確かめる", False)
        most = f"交通費も入れて{limit}円" if question.profile.cost_limit_includes_travel else f"{limit}円"
        return ToAsk(self.code, f"参加費{fee}円を免除してもらえるか確かめる（出せるのは{most}まで）", False)


def _free(question: Question) -> Question:
    return question.supposing(cost_yen=np.zeros(len(question), dtype=np.int32))


RULE = Cost()
