"""The person's absolute dislikes (絶対いや): activity, hazard, companions, group size, kind of host. Domain H2."""

from __future__ import annotations

from functools import partial

import numpy as np

from matching.columns.encodings import FAIL, PASS, UNKNOWN, Verdicts
from matching.question.answers import Objection, ToAsk
from matching.question.question import Question
from matching.rules.kinds import Constraint
from matching.rules.shared.dislikes import hits, label_of


class Dislikes(Constraint):
    """絶対いや。一度の裏切りで数年戻るので、だれも外せない。"""

    code = "dislikes"
    label = "絶対いやなこと"
    stage = "eligible"
    never_lifted = True

    def verdicts(self, question: Question) -> Verdicts:
        verdict = np.full(len(question), PASS, dtype=np.int8)
        for dislike in question.profile.dislikes:
            if dislike.absolute and dislike.code is not None:
                verdict = np.minimum(verdict, hits(question, dislike.code))
            elif dislike.absolute:
                # Words alone are never matched by a machine: somebody has to look.
                verdict = np.minimum(verdict, UNKNOWN)
        return verdict.astype(np.int8)

    def _words(self, question: Question, row: int, verdict: np.int8) -> list[str]:
        words = []
        for dislike in question.profile.dislikes:
            if dislike.absolute and dislike.code is not None:
                code = dislike.code
                if question.once(f"hits {code}", partial(hits, question, code))[row] == verdict:
                    words.append(label_of(code))
            elif dislike.absolute and verdict == UNKNOWN:
                words.append(dislike.text or "")
        return words

    def objection(self, question: Question, row: int) -> Objection:
        words = "・".join(self._words(question, row, FAIL))
        return Objection(self.code, f"ご本人が「絶対いや」と言っている「{words}」があります", False, None)

    def to_ask(self, question: Question, row: int) -> ToAsk:
        words = "・".join(self._words(question, row, UNKNOWN))
        return ToAsk(self.code, f"ご本人の「絶対いや」に当たらないか確かめる：{words}", False)


RULE = Dislikes()
