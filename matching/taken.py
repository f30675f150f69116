"""Which of the person's ways one would take to each place (使う行き方): on the days on which one may come there.

Somebody who is driven on Wednesdays is not driven to what is on Thursdays, and a bicycle that stays in the shed from
December on is not the way of the winter.
"""

from __future__ import annotations

import numpy as np

from matching.columns import FAIL, Bools, count_bits
from matching.question import Question


def taken(question: Question) -> tuple[Bools, ...]:
    """Of each way, in the order of the ways, the rows it serves (N,): on at least half of the days, or on some of them
    where no way serves on more. Where nobody knows the days, any day will do."""
    days = question.sessions.days
    known, every = days != 0, count_bits(days)
    reached = [way.reach > FAIL for way in question.ways]
    times = [count_bits(way.days & days) for way in question.ways]
    often = [there & (2 * some.astype(np.int16) >= every) for there, some in zip(reached, times, strict=True)]
    never = ~np.any([np.zeros(len(question), dtype=bool), *often], axis=0)
    return tuple(
        np.where(known, usual | (never & there & (some > 0)), there & (way.days != 0))
        for way, there, some, usual in zip(question.ways, reached, times, often, strict=True)
    )
