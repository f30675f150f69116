"""Accommodations that would be nice to have (あると良い配慮). Domain S6."""

from __future__ import annotations

import numpy as np

from matching.columns.encodings import FOUR, Floats
from matching.inputs.phrases import listed
from matching.question.question import Question
from matching.rules.kinds import Criterion, Reason
from matching.rules.shared.accommodations import offered
from matching.vocabulary import VOCABULARIES

UNSPOKEN = ("medical_first", "health_check_in")
"""Never said to the person as a reason: it would speak of illness (domain §4.6)."""


class NiceAccommodations(Criterion):
    """あると良い配慮。相談できるものは半分と数える。"""

    code = "nice_accommodations"
    label = "あると良い配慮"

    def _wanted(self, question: Question) -> tuple[str, ...]:
        # Wished and required ones both: what is offered outright is better than what must be talked about.
        return (*question.profile.preferred_accommodations, *question.profile.required_accommodations)

    def scores(self, question: Question) -> Floats:
        wanted = self._wanted(question)
        if not wanted:
            return np.full(len(question), np.nan, dtype=np.float32)
        table = np.stack([offered(question, code) for code in wanted])
        known = table != FOUR["unknown"]
        with np.errstate(invalid="ignore"):
            mean = np.where(known, table / 2, 0).sum(axis=0) / known.sum(axis=0)
        score: Floats = mean.astype(np.float32)
        return score

    def reason(self, question: Question, row: int, score: float) -> Reason:
        words = VOCABULARIES["accommodations"]
        here = {code: int(offered(question, code)[row]) for code in self._wanted(question)}
        given = [code for code, value in here.items() if value == FOUR["yes"]]
        talk = [code for code, value in here.items() if value == FOUR["conditional"]]
        if given:
            staff = f"配慮「{listed(words.label(code) for code in given)}」ができます"
            told = next((code for code in given if code not in UNSPOKEN), None)
            return Reason(staff, f"「{words.easy_label(told)}」と言ってくれています" if told else None)
        if talk:
            return Reason(f"配慮「{listed(words.label(code) for code in talk)}」は相談できます", None)
        return Reason("望む配慮は、まだ用意がありません", None, "望む配慮の用意がありません")

    def unknown(self, question: Question, row: int) -> str:
        if not self._wanted(question):
            return "望む配慮は、とくに聞いていません"
        return "望む配慮ができるか、まだ聞けていません"


RULE = NiceAccommodations()
