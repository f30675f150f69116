"""Accommodations without which the person cannot come (必須の配慮) against what the host can do. Domain H8.

「できない」 excludes but can be talked about; 「条件付き」 and unknown stay and become questions.
"""

from __future__ import annotations

import numpy as np

from matching.accommodations import supposing_offered
from matching.answers import Change, Objection, ToAsk
from matching.columns import FAIL, PASS, UNKNOWN, Ints, Verdicts, count_bits
from matching.question import Question
from matching.rules import Constraint
from matching.vocabulary import VOCABULARIES
from matching.words import listed

UNASKED = 2


class RequiredAccommodations(Constraint):
    """必須の配慮。"""

    code = "accommodations"
    label = "必須の配慮"
    stage = "eligible"

    def _required(self, question: Question) -> np.uint64:
        return np.uint64(VOCABULARIES["accommodations"].mask(question.profile.required_accommodations))

    def verdicts(self, question: Question) -> Verdicts:
        pool, required = question.pool, self._required(question)
        refused = (pool.accommodations_no & required) != 0
        met = (pool.accommodations_yes & required) == required
        return np.where(refused, FAIL, np.where(met, PASS, UNKNOWN)).astype(np.int8)

    def open_facts(self, question: Question, verdicts: Verdicts) -> Ints:
        """Every required accommodation that nobody has asked the host about counts, twice: without it nobody can come."""
        pool = question.pool
        told = pool.accommodations_yes | pool.accommodations_conditional | pool.accommodations_no
        missing: Ints = count_bits(self._required(question) & ~told).astype(np.int32) * UNASKED
        return missing

    def _codes(self, question: Question, row: int, *, refused: bool) -> list[str]:
        pool, required = question.pool, self._required(question)
        unmet = pool.accommodations_no[row] if refused else ~pool.accommodations_yes[row]
        return VOCABULARIES["accommodations"].codes_in(int(required & unmet))

    def objection(self, question: Question, row: int) -> Objection:
        codes = self._codes(question, row, refused=True)
        words = listed(VOCABULARIES["accommodations"].label(code) for code in codes)
        # Two refusals at once are no longer a small change.
        change = None
        if len(codes) == 1:
            change = Change(f"「{words}」ができれば", lambda asked: supposing_offered(asked, codes))
        return Objection(self.code, f"必要な配慮「{words}」ができません", True, change)

    def to_ask(self, question: Question, row: int) -> ToAsk:
        codes = self._codes(question, row, refused=False)
        words = listed((VOCABULARIES["accommodations"].label(code) for code in codes), most=6)
        return ToAsk(self.code, f"必要な配慮をしてもらえるか確かめる：{words}", False)


RULE = RequiredAccommodations()
