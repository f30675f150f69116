"""Position × insurance × dates (位置づけ×保険×期間). Never overridden; an unlisted pair is unknown. Domain H13, §3.3, scene 9."""

from __future__ import annotations

import numpy as np

from matching.columns.encodings import FAIL, Bools, Verdicts
from matching.inputs.phrases import long_day
from matching.pool.host_available_from import insured_days
from matching.pool.participation_roles import NEEDS_INSURANCE, position_of
from matching.question.answers import Change, Objection, ToAsk
from matching.question.question import Question
from matching.rules.kinds import Constraint
from matching.vocabulary import VOCABULARIES


class Insurance(Constraint):
    """保険の整合。候補の日がすべて保険の外なら出さない。"""

    code = "insurance"
    label = "保険"
    stage = "eligible"

    def verdicts(self, question: Question) -> Verdicts:
        pool, horizon = question.pool, question.horizon
        verdict = pool.insurance_fit.astype(np.int8)
        first, last = horizon.first.toordinal(), horizon.date_of(horizon.length - 1).toordinal()
        outside = ((pool.insurance_until >= 0) & (pool.insurance_until < first)) | (pool.insurance_from > last)
        outside |= self._every_day_outside(question)
        return np.where(outside & (pool.insurance_kind >= 0), FAIL, verdict).astype(np.int8)

    def _every_day_outside(self, question: Question) -> Bools:
        """The place has days, and none of them is insured."""
        row, days = question.pool.slots.row, question.slot_days
        has_days, insured = np.zeros(len(question), dtype=bool), np.zeros(len(question), dtype=bool)
        has_days[row[days != 0]] = True
        insured[row[(days & insured_days(question.pool, question.horizon)[row]) != 0]] = True
        return has_days & ~insured

    def objection(self, question: Question, row: int) -> Objection:
        facts = question.facts(row)
        kind = VOCABULARIES["insurance_kinds"].label(facts.insurance_kind or "")
        position = VOCABULARIES["engagement_types"].label(facts.engagement_type or "")
        if question.pool.insurance_fit[row] == FAIL:
            given = "謝礼があるので、" if position_of(facts) != facts.engagement_type else ""
            return Objection(
                self.code, f"{given}「{position}」には「{kind}」は使えません。保険を整えてからにします", False, None
            )
        if facts.insurance_until and facts.insurance_until < question.horizon.first:
            change = Change("切れている保険を更新できれば", _insured)
            return Objection(self.code, f"保険が{long_day(facts.insurance_until)}で切れています", True, change)
        if facts.insurance_from and facts.insurance_from > question.horizon.first:
            change = Change("保険を早く始められれば", _insured)
            return Objection(self.code, f"保険が始まるのは{long_day(facts.insurance_from)}です", True, change)
        change = Change("保険の期間をのばせれば", _insured)
        return Objection(self.code, "保険のきく期間に、開いている日がありません", True, change)

    def to_ask(self, question: Question, row: int) -> ToAsk:
        facts = question.facts(row)
        if facts.insurance_kind == "no_insurance":
            needed = facts.engagement_type in NEEDS_INSURANCE
            return ToAsk(self.code, "保険がありません。始める前に入れるか確かめる", needed)
        return ToAsk(self.code, "保険の種類と期間を確かめる", False)


def _insured(question: Question) -> Question:
    none = np.full(len(question), -1, dtype=np.int32)
    return question.supposing(insurance_from=none, insurance_until=none)


RULE = Insurance()
