"""Allergies against allergens (アレルギー). Never overridden. An absent answer is unknown, never no. Domain H7, scene 7."""

from __future__ import annotations

import numpy as np

from matching.columns.encodings import FAIL, PASS, UNKNOWN, Verdicts
from matching.inputs.phrases import listed
from matching.question.answers import Objection, ToAsk
from matching.question.question import Question
from matching.rules.kinds import Constraint
from matching.vocabulary import VOCABULARIES


class Allergens(Constraint):
    """アレルギー。未確認は候補に残すが、打診の前に必ず確かめる。"""

    code = "allergens"
    label = "アレルギー"
    stage = "eligible"
    never_lifted = True

    def _masks(self, question: Question) -> tuple[np.uint64, np.uint64]:
        """(allergies known, codes not ruled out) as masks."""
        words, allergies = VOCABULARIES["allergens"], question.profile.allergies
        known = words.mask(code for code, value in allergies.items() if value == "yes")
        possible = words.mask(code for code in words.codes if allergies.get(code, "unknown") != "no")
        return np.uint64(known), np.uint64(possible)

    def verdicts(self, question: Question) -> Verdicts:
        pool, (known, possible) = question.pool, self._masks(question)
        meets = (pool.allergens_yes & known) != 0
        clear = (pool.allergens_no & possible) == possible
        return np.where(meets, FAIL, np.where(clear, PASS, UNKNOWN)).astype(np.int8)

    def objection(self, question: Question, row: int) -> Objection:
        codes = VOCABULARIES["allergens"].codes_in(int(question.pool.allergens_yes[row] & self._masks(question)[0]))
        words = listed(VOCABULARIES["allergens"].label(code) for code in codes)
        return Objection(self.code, f"アレルギーのある「{words}」があります", False, None)

    def to_ask(self, question: Question, row: int) -> ToAsk:
        known, possible = self._masks(question)
        words = VOCABULARIES["allergens"]
        here = question.pool.allergens_yes[row] | question.pool.allergens_conditional[row]
        at_host = words.codes_in(int(known & ~question.pool.allergens_no[row]))
        if at_host:
            return ToAsk(
                self.code, f"「{listed(words.label(code) for code in at_host)}」にふれずにいられるか確かめる", True
            )
        present = words.codes_in(int(possible & here))
        if present:
            named = listed((words.label(code) for code in present), most=6)
            return ToAsk(self.code, f"ご本人に、アレルギーがないか聞く：{named}", True)
        return ToAsk(self.code, "アレルギーのもとになる物がないか、ご本人と受け入れ先の両方に確かめる", True)


RULE = Allergens()
