"""What the person or the host has said no to (断り) is not proposed again before its time. Domain §4.5-8, §2.4."""

from __future__ import annotations

import numpy as np

from matching.columns.encodings import FAIL, PASS, Verdicts
from matching.inputs.phrases import long_day
from matching.inputs.profile import PastAnswer
from matching.question.answers import Objection
from matching.question.question import Question
from matching.rules.kinds import Constraint


class Declined(Constraint):
    """前に断った・断られた場。再び見せてよい日までは出さない。"""

    code = "declined"
    label = "前の返事"
    stage = "open"
    never_lifted = True

    def verdicts(self, question: Question) -> Verdicts:
        verdict = np.full(len(question), PASS, dtype=np.int8)
        answers = (*question.profile.declined, *question.profile.host_declined)
        still = {one.opportunity_ref for one in answers if one.again_from is None or one.again_from > question.on}
        verdict[question.pool.rows_with(still)] = FAIL
        return verdict

    def objection(self, question: Question, row: int) -> Objection:
        ref = question.facts(row).ref
        own = next(
            (one for one in question.profile.declined if one.opportunity_ref == ref and _holds(one, question)), None
        )
        if own is not None:
            when = f"{long_day(own.again_from)}から" if own.again_from else "ご本人が望んだとき"
            return Objection(self.code, f"前にご本人が「いまはやめる」と答えています。また話すのは{when}", False, None)
        host = next(
            one for one in question.profile.host_declined if one.opportunity_ref == ref and _holds(one, question)
        )
        when = f"{long_day(host.again_from)}から" if host.again_from else "受け入れ先から話があったとき"
        return Objection(self.code, f"前に受け入れ先が「難しい」と答えています。また頼むのは{when}", False, None)


def _holds(answer: PastAnswer, question: Question) -> bool:
    """Whether an earlier no still counts on the day of the question."""
    return answer.again_from is None or answer.again_from > question.on


RULE = Declined()
