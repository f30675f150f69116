"""The state of the host and of the opportunity (受け入れ状態). The stricter of the two counts. Domain H4, §2.5."""

from __future__ import annotations

import numpy as np

from matching.columns.encodings import FAIL, PASS, UNKNOWN, Verdicts, one_of
from matching.inputs.phrases import long_day
from matching.pool.host_available_from import back_in_season
from matching.question.answers import Objection, ToAsk
from matching.question.question import Question
from matching.rules.kinds import Constraint
from matching.vocabulary import ENUMS

HOST_READY = ("agreed", "open", "full")
READY = ("open", "full")
# A pause whose last day has passed may be over: ask, instead of hiding the place for ever.
PAUSES = ("resting", "off_season", "full")


class Status(Constraint):
    """受け入れ先とメニューの状態。満員は空きの条件が見る。もうすぐ始まる季節の場は、始まる日から候補にする。"""

    code = "status"
    label = "受け入れの状態"
    stage = "open"
    same_for_everybody = True
    never_lifted = True

    def verdicts(self, question: Question) -> Verdicts:
        pool, today = question.pool, question.on.toordinal()
        verdict = np.full(len(pool), PASS, dtype=np.int8)
        for status, until, ready, words in (
            (pool.host_status, pool.host_status_until, HOST_READY, ENUMS["organization_status"].bit),
            (pool.status, pool.status_until, READY, ENUMS["opportunity_status"].bit),
        ):
            fine = one_of(status, [words[code] for code in ready])
            paused = one_of(status, [words[code] for code in PAUSES])
            over = paused & (until >= 0) & (until < today)
            soon = back_in_season(status == words["off_season"], until, question.horizon)
            verdict = np.minimum(verdict, np.where(over | soon, UNKNOWN, np.where(fine, PASS, FAIL)))
        return verdict.astype(np.int8)

    def objection(self, question: Question, row: int) -> Objection:
        facts, today = question.facts(row), question.on
        if facts.host.status not in HOST_READY:
            state, until, who = (
                ENUMS["organization_status"].label(facts.host.status),
                facts.host.status_until,
                "受け入れ先",
            )
        else:
            state, until, who = ENUMS["opportunity_status"].label(facts.status), facts.status_until, "この活動"
        till = f"（{long_day(until)}まで）" if until and until >= today else ""
        return Objection(self.code, f"{who}は「{state}」です{till}", False, None)

    def to_ask(self, question: Question, row: int) -> ToAsk:
        facts, today = question.facts(row), question.on
        pauses = ((facts.host.status, facts.host.status_until), (facts.status, facts.status_until))
        ends = max(until for status, until in pauses if status in PAUSES and until)
        if ends >= today:
            return ToAsk(self.code, f"季節休みは{long_day(ends)}までです。そのあと始まるか確かめる", False)
        return ToAsk(self.code, "お休みの期限が過ぎています。受け入れを始めているか確かめる", False)


RULE = Status()
