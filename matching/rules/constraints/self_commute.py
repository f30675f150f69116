"""Hosts that want people to come by themselves (自力通所), against ways on which somebody else drives. Domain H6, §3.2."""

from __future__ import annotations

import numpy as np

from matching.columns.encodings import FAIL, FOUR, PASS, UNKNOWN, Verdicts
from matching.question.answers import Change, Objection, ToAsk
from matching.question.question import Question
from matching.rules.kinds import Constraint

DRIVEN = frozenset({"family_car", "staff_car", "host_pickup", "welfare_transport"})


class SelfCommute(Constraint):
    """自分で通うことが条件の場と、乗せてもらって通う人。"""

    code = "self_commute"
    label = "自分で通う条件"
    stage = "reachable"

    def verdicts(self, question: Question) -> Verdicts:
        required = question.pool.self_commute_required == FOUR["yes"]
        modes = question.profile.transport
        if modes is None:
            return np.where(required, UNKNOWN, PASS).astype(np.int8)
        driven = all(travel.mode in DRIVEN for travel in modes)
        here = required & (question.pool.online != FOUR["yes"])
        return np.where(here & driven, FAIL, PASS).astype(np.int8)

    def objection(self, question: Question, row: int) -> Objection:
        change = Change("送り迎えで通ってよければ", _by_any_way)
        return Objection(self.code, "自分で通うことが条件の場です（ご本人は乗せてもらって通います）", True, change)

    def to_ask(self, question: Question, row: int) -> ToAsk:
        return ToAsk(self.code, "ご本人が自分で通えるか聞く（自分で通うことが条件の場です）", False)


def _by_any_way(question: Question) -> Question:
    return question.supposing(self_commute_required=np.full(len(question), FOUR["no"], dtype=np.int8))


RULE = SelfCommute()
