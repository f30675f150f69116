"""Places for some people only (対象の限定), matched solely with what the person says they can and wish to use. Domain §4.4."""

from __future__ import annotations

import numpy as np

from matching.columns.encodings import FAIL, PASS, Masks, Verdicts
from matching.question.answers import Change, Objection
from matching.question.question import Question
from matching.rules.kinds import Constraint
from matching.vocabulary import VOCABULARIES

# A procedure or a registration can be done; who somebody is cannot be negotiated.
OBTAINABLE = ("program_users", "members_only")


class Restrictions(Constraint):
    """対象の限定。ご本人が「使える」と答えた場だけ。"""

    code = "restrictions"
    label = "対象の限定"
    stage = "eligible"

    def _missing(self, question: Question) -> Masks:
        usable = VOCABULARIES["restrictions"].mask(question.profile.restricted_ok)
        return question.pool.restricted_to & ~np.uint64(usable)

    def verdicts(self, question: Question) -> Verdicts:
        return np.where(self._missing(question) != 0, FAIL, PASS).astype(np.int8)

    def objection(self, question: Question, row: int) -> Objection:
        codes = VOCABULARIES["restrictions"].codes_in(int(self._missing(question)[row]))
        words = VOCABULARIES["restrictions"].words(codes)
        obtainable = all(code in OBTAINABLE for code in codes)
        change = Change(f"{words}なので、その手続きができれば", _open_to_all) if obtainable else None
        return Objection(self.code, f"{words}です（ご本人が「使える」と答えていません）", obtainable, change)


def _open_to_all(question: Question) -> Question:
    return question.supposing(restricted_to=np.zeros(len(question), dtype=np.uint64))


RULE = Restrictions()
