"""Is there a free place (空き), for a trial or for joining? Domain H5. A number nobody gave is unknown, not full."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from matching.columns.encodings import FAIL, PASS, UNKNOWN, Verdicts
from matching.inputs.phrases import long_day
from matching.question.answers import Change, Objection, ToAsk
from matching.question.question import Question
from matching.rules.kinds import Constraint
from matching.vocabulary import ENUMS


class OpenPlaces(Constraint):
    """体験枠か本参加枠の空き。"""

    code = "open_places"
    label = "空き"
    stage = "open"
    same_for_everybody = True

    def verdicts(self, question: Question) -> Verdicts:
        pool, slots, today = question.pool, question.pool.slots, question.on.toordinal()
        known = np.maximum(pool.open_places, pool.trial_places)
        verdict = np.where(known > 0, PASS, np.where(known == 0, FAIL, UNKNOWN)).astype(np.int8)
        # A slot's own number counts for that slot; the place is full when every slot says so.
        slot_free = np.where(slots.open_places < 0, verdict[slots.row], np.where(slots.open_places > 0, PASS, FAIL))
        by_slot = np.full(len(pool), FAIL, dtype=np.int8)
        np.maximum.at(by_slot, slots.row, slot_free.astype(np.int8))
        stated = np.zeros(len(pool), dtype=bool)
        stated[slots.row[slots.open_places >= 0]] = True
        verdict = np.where(stated, by_slot, verdict)
        for status, until, words in (
            (pool.status, pool.status_until, ENUMS["opportunity_status"].bit),
            (pool.host_status, pool.host_status_until, ENUMS["organization_status"].bit),
        ):
            full = (status == words["full"]) & ((until < 0) | (until >= today))
            verdict = np.where(full, FAIL, verdict)
        return verdict.astype(np.int8)

    def objection(self, question: Question, row: int) -> Objection:
        facts = question.facts(row)
        untils = [until for until in (facts.status_until, facts.host.status_until) if until]
        until = max(untils, default=None)
        when = f"（{long_day(until)}まで）" if until and until >= question.on else ""
        return Objection(self.code, f"いまは空きがありません{when}", True, Change("空きがひとつ出れば", _with_a_place))

    def to_ask(self, question: Question, row: int) -> ToAsk:
        return ToAsk(self.code, "いま空きがあるか確かめる", False)


def _with_a_place(question: Question) -> Question:
    one = np.ones(len(question), dtype=np.int32)
    status, host = ENUMS["opportunity_status"].bit, ENUMS["organization_status"].bit
    pool = question.pool
    slots = replace(pool.slots, open_places=np.where(pool.slots.open_places == 0, 1, pool.slots.open_places))
    return question.supposing(
        slots=slots,
        open_places=one,
        trial_places=one,
        status=np.where(pool.status == status["full"], status["open"], pool.status).astype(np.int8),
        host_status=np.where(pool.host_status == host["full"], host["open"], pool.host_status).astype(np.int8),
    )


RULE = OpenPlaces()
