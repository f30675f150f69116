"""The host's intake budget (受け入れ予算): hosts tire, so sparing them comes before the list. Domain H5, §6-1.

A full host and one who says it is too much are not asked. A rest after an end and this month's used-up intake only
move the first day: the engine plans weeks ahead, and what it must not do is begin too early (see `matching.pool.host_available_from`).
"""

from __future__ import annotations

import numpy as np

from matching.columns.encodings import FAIL, PASS, UNKNOWN, Bools, Verdicts
from matching.question.answers import Change, Objection, ToAsk
from matching.question.question import Question
from matching.rules.kinds import Constraint

TOO_HEAVY = 5


class Intake(Constraint):
    """同時の上限と負担感5。休む期間と月の新規は、始める日を遅らせる。"""

    code = "intake"
    label = "受け入れ先の余力"
    stage = "open"
    same_for_everybody = True

    def _full(self, question: Question) -> Bools:
        pool = question.pool
        full: Bools = (pool.host_concurrent_limit >= 0) & (pool.host_placed_now >= pool.host_concurrent_limit)
        return full

    def verdicts(self, question: Question) -> Verdicts:
        pool = question.pool
        stopped = self._full(question) | (pool.host_burden >= TOO_HEAVY) | (pool.host_monthly_limit == 0)
        untold = (pool.host_concurrent_limit >= 0) & (pool.host_placed_now < 0)
        return np.where(stopped, FAIL, np.where(untold, UNKNOWN, PASS)).astype(np.int8)

    def objection(self, question: Question, row: int) -> Objection:
        host = question.facts(row).host
        if question.pool.host_burden[row] >= TOO_HEAVY:
            return Objection(self.code, "受け入れ先が「負担が大きい」と答えています。いまは頼みません", False, None)
        if host.new_intakes_per_month == 0:
            change = Change("新しい人をひとり受け入れてもらえれば", _with_one_a_month)
            return Objection(self.code, "いまは新しい人を受け入れていません", True, change)
        sentence = f"受け入れ先の上限（{host.concurrent_limit}人）に達しています"
        return Objection(self.code, sentence, True, Change("受け入れ先にひとり分の余力ができれば", _with_room))

    def to_ask(self, question: Question, row: int) -> ToAsk:
        return ToAsk(self.code, "受け入れ先に、いま何人いるか確かめる", False)


def _with_one_a_month(question: Question) -> Question:
    pool = question.pool
    return question.supposing(
        host_monthly_limit=np.maximum(pool.host_monthly_limit, 1).astype(pool.host_monthly_limit.dtype)
    )


def _with_room(question: Question) -> Question:
    return question.supposing(host_concurrent_limit=np.full(len(question), -1, dtype=np.int32))


RULE = Intake()
