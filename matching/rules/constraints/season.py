"""Is it the season (季節・期間): does any slot take place within the next nine weeks? Domain H4, §3.4."""

from __future__ import annotations

import numpy as np

from matching.columns.encodings import FAIL, PASS, UNKNOWN, Verdicts
from matching.inputs.phrases import long_day
from matching.inputs.recurrence import Horizon, days_on
from matching.question.answers import Objection, ToAsk
from matching.question.question import Question
from matching.rules.kinds import Constraint

YEAR_AHEAD = 366


class Season(Constraint):
    """季節と期間。枠がひとつも聞けていなければ未確認。"""

    code = "season"
    label = "季節・期間"
    stage = "open"
    same_for_everybody = True
    never_lifted = True

    def verdicts(self, question: Question) -> Verdicts:
        slots = question.pool.slots
        verdict = np.full(len(question), UNKNOWN, dtype=np.int8)
        verdict[slots.row] = FAIL
        # A slot that may be on some of these days settles nothing until somebody says on which.
        on = question.slot_days != 0
        verdict[slots.row[on & ~slots.days_told]] = UNKNOWN
        verdict[slots.row[on & slots.days_told]] = PASS
        return verdict

    def objection(self, question: Question, row: int) -> Objection:
        ahead = Horizon(question.horizon.first, YEAR_AHEAD, question.pool.calendar)
        days = [(slot, days_on(slot.recurrence, ahead)[0]) for slot in question.facts(row).slots]
        nexts = [ahead.date_of((mask & -mask).bit_length() - 1) for slot, mask in days if mask and slot.days_told]
        if nexts:
            when = f"次は{long_day(min(nexts))}からです"
        elif any(mask for _, mask in days):
            when = "次に始まる日は未確認です"
        else:
            when = "期間が終わっていて、次の予定が入っていません"
        return Objection(self.code, f"いまは時期ではありません。{when}", False, None)

    def to_ask(self, question: Question, row: int) -> ToAsk:
        return ToAsk(self.code, "曜日と時間を確かめる", False)


RULE = Season()
