"""Accommodations without which the person cannot come (必須の配慮) against what the host can do. Domain H8.

「できない」 excludes but can be talked about; 「条件付き」 and unknown stay and become questions.
"""

from __future__ import annotations

import numpy as np

from matching.columns.encodings import FAIL, PASS, UNKNOWN, Ints, Masks, Verdicts
from matching.inputs.phrases import listed
from matching.question.answers import Change, Objection, ToAsk
from matching.question.question import Question
from matching.rules.kinds import Constraint
from matching.rules.shared.accommodations import effort_of, supposing_offered, unasked
from matching.vocabulary import VOCABULARIES

PROMISE_FIRST = {"no_alcohol": "food_lodging", "no_religion_politics": "temple_church"}
"""Where the kind of host makes the opposite usual (酒席・宗教), silence is no offer: there has to be a promise first."""


class RequiredAccommodations(Constraint):
    """必須の配慮。"""

    code = "accommodations"
    label = "必須の配慮"
    stage = "eligible"

    def _required(self, question: Question) -> np.uint64:
        return np.uint64(VOCABULARIES["accommodations"].mask(question.profile.required_accommodations))

    def _refused(self, question: Question) -> Masks:
        """Accommodations that the host refuses, or that it has to promise first, as masks (N,)."""
        pool, words = question.pool, VOCABULARIES["accommodations"]
        refused = pool.accommodations_no
        for code, kind in PROMISE_FIRST.items():
            mask = np.uint64(words.mask([code]))
            untold = (self._told(question) & mask) == 0
            usual = pool.organization_type == VOCABULARIES["organization_types"].bit[kind]
            refused = np.where(untold & usual, refused | mask, refused)
        return refused

    def _told(self, question: Question) -> Masks:
        pool = question.pool
        return pool.accommodations_yes | pool.accommodations_conditional | pool.accommodations_no

    def verdicts(self, question: Question) -> Verdicts:
        required = self._required(question)
        refused = (self._refused(question) & required) != 0
        met = (question.pool.accommodations_yes & required) == required
        return np.where(refused, FAIL, np.where(met, PASS, UNKNOWN)).astype(np.int8)

    def open_facts(self, question: Question, verdicts: Verdicts) -> Ints:
        """A required accommodation nobody has asked the host about counts by what it takes to grant it."""
        counted = np.zeros(len(question), dtype=np.int32)
        for code in question.profile.required_accommodations:
            counted += effort_of(code) * unasked(question, [code])
        return counted

    def objection(self, question: Question, row: int) -> Objection:
        words = VOCABULARIES["accommodations"]
        refused = question.once("refused accommodations", lambda: self._refused(question))
        mask = int(self._required(question) & refused[row])
        codes = words.codes_in(mask)
        labels = listed(words.label(code) for code in codes)
        # Two refusals at once are no longer a small change.
        change = None
        if len(codes) == 1:
            change = Change(f"「{labels}」ができれば", lambda asked: supposing_offered(asked, codes))
        if mask & ~int(question.pool.accommodations_no[row]) and len(codes) == 1:
            kind = VOCABULARIES["organization_types"].label(PROMISE_FIRST[codes[0]])
            return Objection(
                self.code, f"必要な配慮「{labels}」の約束が、まだありません（{kind}の場です）", True, change
            )
        return Objection(self.code, f"必要な配慮「{labels}」ができません", True, change)

    def to_ask(self, question: Question, row: int) -> ToAsk:
        words = VOCABULARIES["accommodations"]
        codes = words.codes_in(int(self._required(question) & ~question.pool.accommodations_yes[row]))
        labels = listed((words.label(code) for code in codes), most=6)
        return ToAsk(self.code, f"必要な配慮をしてもらえるか確かめる：{labels}", False)


RULE = RequiredAccommodations()
