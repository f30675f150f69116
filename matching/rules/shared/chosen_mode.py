"""Which of the person's ways one would take to each place (使う行き方): on the days on which one may come there.

Somebody who is driven on Wednesdays is not driven to what is on Thursdays, and a bicycle that stays in the shed from
December on is not the way of the winter.
"""

from __future__ import annotations

import numpy as np

from matching.columns.encodings import FAIL, PASS, Bools, count_bits
from matching.question.question import Question


def taken(question: Question) -> tuple[Bools, ...]:
    """Of each way, in the order of the ways, the rows it serves (N,): on at least half of the days, or on some of them
    where no way does so for sure. Where nobody knows the days, any day will do."""
    return question.once("ways taken", lambda: _taken(question))


def _taken(question: Question) -> tuple[Bools, ...]:
    days = question.sessions.days
    known, every = days != 0, count_bits(days)
    reached = [way.reach > FAIL for way in question.ways]
    times = [count_bits(way.days & days) for way in question.ways]
    often = [there & (2 * some.astype(np.int16) >= every) for there, some in zip(reached, times, strict=True)]
    sure = np.zeros(len(question), dtype=bool)
    for way, usual in zip(question.ways, often, strict=True):
        sure |= usual & (way.reach == PASS)
    return tuple(
        np.where(known, usual | (~sure & there & (some > 0)), there & (way.days != 0))
        for way, there, some, usual in zip(question.ways, reached, times, often, strict=True)
    )
