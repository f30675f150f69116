"""When the person can come against when the place is open (時間). Domain H10: at least one overlap of the shortest stay."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from matching.answers import Change, Objection, ToAsk
from matching.columns import FAIL, PASS, Ints, Verdicts
from matching.question import Question
from matching.recurrence import Recurrence
from matching.rules import Constraint
from matching.sessions import wanted_minutes
from matching.vocabulary import VOCABULARIES
from matching.words import WEEKDAYS, clock

LARGEST_SHIFT_MINUTES = 180
"""Asking a host for another hour of the same half day is a small change; more is another place."""
MOVABLE_GROUPS = ("one_to_one", "small_2_4")
GATHERINGS = ("ibasho_participation", "visit")
"""A gathering of many does not move its hour for one person; work for one pair of hands may."""
STEP = 30
SHIFTS = np.array(
    [shift for minutes in range(STEP, LARGEST_SHIFT_MINUTES + 1, STEP) for shift in (minutes, -minutes)], dtype=np.int32
)
"""In minutes, the smallest first; later before earlier."""


class Time(Constraint):
    """来られる時間と枠の重なり。"""

    code = "time"
    label = "時間"
    stage = "reachable"

    def verdicts(self, question: Question) -> Verdicts:
        return question.sessions.in_time

    def objection(self, question: Question, row: int) -> Objection:
        facts = question.facts(row)
        shift = int(question.once("time", lambda: _smallest_shifts(question))[row])
        times = "・".join(_slot_words(slot.recurrence) for slot in facts.slots[:2])
        sentence = f"来られる時間と合いません（{times}）" if times else "来られる時間と合いません"
        if not shift:
            return Objection(self.code, sentence, True, None)
        later = "遅く" if shift > 0 else "早く"
        change = Change(f"開始を{_length(abs(shift))}{later}できれば", lambda asked: _shifted(asked, shift))
        return Objection(self.code, sentence, True, change)

    def to_ask(self, question: Question, row: int) -> ToAsk:
        if question.profile.available is None:
            return ToAsk(self.code, "ご本人に、来られる曜日と時間を聞く", False)
        minutes = int(question.sessions.longest[row])
        enough = int(wanted_minutes(question.profile, question.pool)[0][row])
        if 0 < minutes < enough:
            return ToAsk(self.code, f"{minutes}分ほどの短い参加でもよいか確かめる", False)
        return ToAsk(self.code, "何時から何時までか確かめる", False)


def _slot_words(recurrence: Recurrence) -> str:
    span = recurrence.span()
    days = "".join(WEEKDAYS[day] for day in sorted(recurrence.days or ()))
    return f"{days} {clock(span[0])}〜{clock(span[1])}".strip() if span else days


def _length(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    return (f"{hours}時間" if hours else "") + (f"{rest}分" if rest else "")


def _smallest_shifts(question: Question) -> Ints:
    """Minutes that would bring each place and the person together; 0 where none would, or the place would not move."""
    pool, sizes, positions = question.pool, VOCABULARIES["group_sizes"].bit, VOCABULARIES["engagement_types"].bit
    few = np.isin(pool.group_size, [-1, *(sizes[code] for code in MOVABLE_GROUPS)])
    movable = few | ~np.isin(pool.engagement_type, [positions[code] for code in GATHERINGS])
    rows = np.flatnonzero(movable & (question.sessions.in_time == FAIL))
    found = np.zeros(len(question), dtype=np.int32)
    if len(rows):
        # Every place once for every shift; by which way one gets there is another question.
        copies = question.at(np.repeat(rows, len(SHIFTS))).for_person(transport=())
        moved = _shifted(copies, np.tile(SHIFTS, len(rows))[copies.pool.slots.row])
        fits = (moved.sessions.in_time == PASS).reshape(len(rows), len(SHIFTS))
        found[rows] = np.where(fits.any(axis=1), SHIFTS[fits.argmax(axis=1)], 0)
    return found


def _shifted(question: Question, minutes: int | Ints) -> Question:
    slots = question.pool.slots
    timed = slots.start >= 0
    moved = replace(
        slots,
        start=np.where(timed, slots.start + minutes, slots.start).astype(np.int32),
        end=np.where(timed, slots.end + minutes, slots.end).astype(np.int32),
    )
    return question.supposing(slots=moved)


RULE = Time()
