"""Work limits against hazards (作業の制限×危険要素). Never overridden: an accident cannot be taken back. Domain H7.

A hazard that can be avoided on request, an unknown one, and limits nobody has asked about stop a request to the host.
"""

from __future__ import annotations

import numpy as np

from matching.columns.encodings import FAIL, PASS, UNKNOWN, Verdicts, has
from matching.inputs.phrases import listed
from matching.question.answers import Objection, ToAsk
from matching.question.question import Question
from matching.rules.kinds import Constraint
from matching.vocabulary import VOCABULARIES


class Hazards(Constraint):
    """作業の制限。"""

    code = "hazards"
    label = "作業の制限"
    stage = "eligible"
    never_lifted = True

    def _limits(self, question: Question) -> np.uint64:
        return np.uint64(VOCABULARIES["hazards"].mask(question.profile.work_limits))

    def _lift(self, question: Question) -> Verdicts:
        """Verdict on the heaviest thing to lift; a lift that the host can leave out is a question."""
        pool, most = question.pool, question.profile.max_lift_kg
        if most is None:
            return np.full(len(pool), PASS, dtype=np.int8)
        lifting = VOCABULARIES["hazards"].mask(["heavy_lifting"])
        too_heavy, untold = pool.heaviest_lift_kg > most, np.isnan(pool.heaviest_lift_kg)
        light = has(pool.hazards_no, lifting)
        heavy = np.where(has(pool.hazards_yes, lifting), FAIL, UNKNOWN)
        return np.where(too_heavy, heavy, np.where(untold & ~light, UNKNOWN, PASS)).astype(np.int8)

    def verdicts(self, question: Question) -> Verdicts:
        pool, limits = question.pool, self._limits(question)
        meets = (pool.hazards_yes & limits) != 0
        clear = (pool.hazards_no & limits) == limits
        verdict = np.where(meets, FAIL, np.where(clear, PASS, UNKNOWN))
        if not question.profile.work_limits_asked:
            verdict = np.minimum(verdict, UNKNOWN)
        return np.minimum(verdict, self._lift(question)).astype(np.int8)

    def objection(self, question: Question, row: int) -> Objection:
        codes = VOCABULARIES["hazards"].codes_in(int(question.pool.hazards_yes[row] & self._limits(question)))
        if not codes:
            facts = question.facts(row)
            sentence = (
                f"{facts.heaviest_lift_kg:g}kgの物を持つ作業です（持てるのは{question.profile.max_lift_kg:g}kgまで）"
            )
            return Objection(self.code, sentence, False, None)
        words = listed(VOCABULARIES["hazards"].label(code) for code in codes)
        return Objection(self.code, f"避けることになっている「{words}」があります", False, None)

    def to_ask(self, question: Question, row: int) -> ToAsk:
        if not question.profile.work_limits_asked:
            return ToAsk(self.code, "ご本人に、できない作業・避けたい作業を聞く", True)
        open_limits = self._limits(question) & ~question.pool.hazards_no[row]
        codes = VOCABULARIES["hazards"].codes_in(int(open_limits))
        if not codes:
            return ToAsk(
                self.code, f"重い物を持たない形にできるか確かめる（{question.profile.max_lift_kg:g}kgまで）", True
            )
        words = listed((VOCABULARIES["hazards"].label(code) for code in codes), most=6)
        return ToAsk(self.code, f"「{words}」がないか、外せるかを確かめる", True)


RULE = Hazards()
