"""Another hour or another weekday (別の時間・曜日) at which a place and a person would come together.

Asking a host for another hour of the same half day, or for one more day, is a change one can telephone about.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from matching.columns.encodings import FAIL, MISSING, PASS, Bools, Ints, one_of
from matching.columns.jagged import Rows
from matching.columns.slot_patterns import WEEKLY
from matching.question.answers import Change
from matching.question.question import Question
from matching.vocabulary import VOCABULARIES

LARGEST_SHIFT_MINUTES = 180
"""More than this is another half of the day, and another place."""
MOVABLE_GROUPS = ("one_to_one", "small_2_4")
GATHERINGS = ("ibasho_participation", "visit")
"""A gathering of many does not move its hour for one person; work for one pair of hands may."""
STEP = 30
SHIFTS = np.array(
    [shift for minutes in range(STEP, LARGEST_SHIFT_MINUTES + 1, STEP) for shift in (minutes, -minutes)], dtype=np.int32
)
"""In minutes, the smallest first; later before earlier."""
Try = Callable[[Question, Ints], Question]
WEEK = np.arange(len(WEEKLY), dtype=np.int32)


def smallest_shifts(question: Question) -> Ints:
    """Minutes that would bring each place and the person together; 0 where none would, or the place would not move."""
    rows, fits = _tried(
        question,
        movable(question),
        SHIFTS,
        lambda copies, shifts: shifted(copies, shifts[copies.pool.slots.row]),
    )
    found = np.zeros(len(question), dtype=np.int32)
    found[rows] = np.where(fits.any(axis=1), SHIFTS[fits.argmax(axis=1)], 0)
    return found


def other_days(question: Question) -> Ints:
    """The first weekday (0 is Monday) on which each place and the person would come together; MISSING where none."""
    small = _few(question) & (question.pool.group_size != MISSING)
    rows, fits = _tried(question, small, WEEK, lambda copies, days: _weekly(copies, days[copies.pool.slots.row]))
    found = np.full(len(question), MISSING, dtype=np.int32)
    found[rows] = np.where(fits.any(axis=1), WEEK[fits.argmax(axis=1)], MISSING)
    return found


def movable(question: Question) -> Bools:
    """Places that may well begin at another hour for one person."""
    return _few(question) | ~_gathers(question)


def hour_change(minutes: int) -> Change:
    """「開始を30分遅くできれば」: every slot so many minutes later, or earlier where they are negative."""
    hours, rest = divmod(abs(minutes), 60)
    length = (f"{hours}時間" if hours else "") + (f"{rest}分" if rest else "")
    later = "遅く" if minutes > 0 else "早く"
    return Change(f"開始を{length}{later}できれば", lambda question: shifted(question, minutes))


def shifted(question: Question, minutes: int | Ints) -> Question:
    """The same question with every slot so many minutes later."""
    slots = question.pool.slots
    timed = slots.start >= 0
    moved = replace(
        slots,
        start=np.where(timed, slots.start + minutes, slots.start).astype(np.int32),
        end=np.where(timed, slots.end + minutes, slots.end).astype(np.int32),
    )
    return question.supposing(slots=moved)


def on_day(question: Question, day: int) -> Question:
    """The same question with every slot on this weekday, every week."""
    return _weekly(question, np.full(len(question.pool.slots.row), day, dtype=np.int32))


def _weekly(question: Question, days: Ints) -> Question:
    """The same question with each slot on the weekday of that number; a slot keeps its own hours."""
    slots = question.pool.slots
    return question.supposing(slots=replace(slots, time=days, days_told=np.ones_like(slots.days_told)))


def _tried(question: Question, movable: Bools, tries: Ints, suppose: Try) -> tuple[Rows, Bools]:
    """(rows that might move, for each of them and each try whether the times then meet)."""
    rows = np.flatnonzero(movable & (question.sessions.in_time == FAIL))
    if not len(rows):
        return rows, np.zeros((0, len(tries)), dtype=bool)
    # Every place once for every try; by which way one gets there is another question.
    copies = question.at(np.repeat(rows, len(tries))).for_person(transport=())
    moved = suppose(copies, np.tile(tries, len(rows)))
    fits: Bools = (moved.sessions.in_time == PASS).reshape(len(rows), len(tries))
    return rows, fits


def _few(question: Question) -> Bools:
    sizes = VOCABULARIES["group_sizes"].bit
    return one_of(question.pool.group_size, [MISSING, *(sizes[code] for code in MOVABLE_GROUPS)])


def _gathers(question: Question) -> Bools:
    positions = VOCABULARIES["engagement_types"].bit
    return one_of(question.pool.engagement_type, [positions[code] for code in GATHERINGS])
