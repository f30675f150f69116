"""The host's age limits (年齢の条件) and whether minors may come. Domain H6, scene 10: an old club may take the young."""

from __future__ import annotations

import numpy as np

from matching.columns.encodings import FAIL, FOUR, PASS, UNKNOWN, Verdicts
from matching.question.answers import Change, Objection, ToAsk
from matching.question.question import Question
from matching.rules.kinds import Constraint

ADULT = 18


class Age(Constraint):
    """年齢幅と未成年の可否。ご本人の年齢が分からなければ未確認。"""

    code = "age"
    label = "年齢の条件"
    stage = "eligible"

    def verdicts(self, question: Question) -> Verdicts:
        pool, age = question.pool, question.profile.age
        limited = (pool.min_age >= 0) | (pool.max_age >= 0)
        if age is None:
            return np.where(limited | (pool.minors_ok == FOUR["no"]), UNKNOWN, PASS).astype(np.int8)
        outside = (age < pool.min_age) | ((pool.max_age >= 0) & (age > pool.max_age))
        if age < ADULT:
            # A lower limit that admits this age is an answer too.
            unasked = (pool.minors_ok < FOUR["yes"]) & (pool.min_age < 0)
            outside |= pool.minors_ok == FOUR["no"]
            return np.where(outside, FAIL, np.where(unasked, UNKNOWN, PASS)).astype(np.int8)
        return np.where(outside, FAIL, PASS).astype(np.int8)

    def objection(self, question: Question, row: int) -> Objection:
        facts, age = question.facts(row), question.profile.age
        if age is not None and facts.min_age is not None and age < facts.min_age:
            sentence = f"{facts.min_age}歳からの場です"
        elif age is not None and facts.max_age is not None and age > facts.max_age:
            sentence = f"{facts.max_age}歳までの場です"
        else:
            return Objection(self.code, "18歳未満の人は参加できません", False, None)
        flexible = facts.age_flexible != "no"
        change = Change("年齢の条件を相談できれば", _without_age_limits) if flexible else None
        return Objection(self.code, sentence, flexible, change)

    def to_ask(self, question: Question, row: int) -> ToAsk:
        if question.profile.age is None:
            return ToAsk(self.code, "ご本人の年代を確かめる（年齢の条件がある場です）", False)
        return ToAsk(self.code, "18歳未満でも参加できるか確かめる", False)


def _without_age_limits(question: Question) -> Question:
    none = np.full(len(question), -1, dtype=np.int32)
    return question.supposing(min_age=none, max_age=none)


RULE = Age()
