"""The person's absolute dislikes (絶対いや): activity, hazard, companions, group size, kind of host. Domain H2."""

from __future__ import annotations

import numpy as np

from matching.answers import Objection, ToAsk
from matching.columns import FAIL, PASS, UNKNOWN, Verdicts, has
from matching.question import Question
from matching.rules import Constraint
from matching.vocabulary import VOCABULARIES


class Dislikes(Constraint):
    """絶対いや。一度の裏切りで数年戻るので、だれも外せない。"""

    code = "dislikes"
    label = "絶対いやなこと"
    stage = "eligible"

    def _hits(self, question: Question, code: str) -> Verdicts:
        """Verdict of one absolute dislike for every row."""
        pool = question.pool
        fail = np.zeros(len(pool), dtype=bool)
        unknown = np.zeros(len(pool), dtype=bool)
        if code in VOCABULARIES["activity_types"]:
            fail = has(pool.activity_types, VOCABULARIES["activity_types"].mask([code]))
        elif code in VOCABULARIES["hazards"]:
            mask = VOCABULARIES["hazards"].mask([code])
            fail = has(pool.hazards_yes, mask)
            unknown = ~has(pool.hazards_no, mask) & ~fail
        elif code in VOCABULARIES["companions"]:
            mask = VOCABULARIES["companions"].mask([code])
            fail = has(pool.mix_yes, mask)
            unknown = has(pool.mix_conditional, mask)
        elif code in VOCABULARIES["group_sizes"]:
            fail = pool.group_size == VOCABULARIES["group_sizes"].bit[code]
            unknown = pool.group_size < 0
        elif code in VOCABULARIES["organization_types"]:
            fail = pool.organization_type == VOCABULARIES["organization_types"].bit[code]
            unknown = pool.organization_type < 0
        return np.where(fail, FAIL, np.where(unknown, UNKNOWN, PASS)).astype(np.int8)

    def verdicts(self, question: Question) -> Verdicts:
        verdict = np.full(len(question), PASS, dtype=np.int8)
        for dislike in question.profile.dislikes:
            if dislike.absolute and dislike.code is not None:
                verdict = np.minimum(verdict, self._hits(question, dislike.code))
            elif dislike.absolute:
                # Words alone are never matched by a machine: somebody has to look.
                verdict = np.minimum(verdict, UNKNOWN)
        return verdict.astype(np.int8)

    def _words(self, question: Question, row: int, verdict: np.int8) -> list[str]:
        words = []
        for dislike in question.profile.dislikes:
            if dislike.absolute and dislike.code is not None:
                if self._hits(question.about(row), dislike.code)[0] == verdict:
                    words.append(label_of(dislike.code))
            elif dislike.absolute and verdict == UNKNOWN:
                words.append(dislike.text or "")
        return words

    def objection(self, question: Question, row: int) -> Objection:
        words = "・".join(self._words(question, row, FAIL))
        return Objection(self.code, f"ご本人が「絶対いや」と言っている「{words}」があります", False, None)

    def to_ask(self, question: Question, row: int) -> ToAsk:
        words = "・".join(self._words(question, row, UNKNOWN))
        return ToAsk(self.code, f"ご本人の「絶対いや」に当たらないか確かめる：{words}", False)


def label_of(code: str) -> str:
    """The staff's word for a dislike; codes do not overlap between the lists."""
    lists = ("activity_types", "hazards", "companions", "group_sizes", "organization_types")
    return next((VOCABULARIES[name].label(code) for name in lists if code in VOCABULARIES[name]), code)


RULE = Dislikes()
