"""Opening hours as the bits of one week, three words of 56 hours: the timetable that a database can compare.

Coarser than the engine, which knows dates, seasons, weeks of the month, the way there and the shortest stay.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from matching.pool import OpportunityPool
from matching.profile import ParticipantProfile
from matching.recurrence import Recurrence

WORDS, HOURS = 3, 56
WEEK = 7 * 24
EVERY_HOUR = ((1 << HOURS) - 1,) * WORDS


@lru_cache(maxsize=100_000)
def week_of(recurrence: Recurrence) -> tuple[int, ...]:
    """Every hour of its weekdays that it touches; none where a time is unknown."""
    span, words = recurrence.span(), [0] * WORDS
    if span is not None:
        for day in range(7) if recurrence.days is None else recurrence.days:
            for hour in range(span[0] // 60, -(-span[1] // 60)):
                word, bit = divmod((day * 24 + hour) % WEEK, HOURS)
                words[word] |= 1 << bit
    return tuple(words)


def together(recurrences: Iterable[Recurrence]) -> tuple[int, ...]:
    words = [0] * WORDS
    for recurrence in recurrences:
        words = [word | more for word, more in zip(words, week_of(recurrence), strict=True)]
    return tuple(words)


def of_person(profile: ParticipantProfile) -> tuple[int, ...]:
    """Somebody who was never asked may come at any hour."""
    return EVERY_HOUR if profile.available is None else together(profile.available)


def of_places(pool: OpportunityPool) -> NDArray[np.uint64]:
    """(N, 3) bits."""
    found = np.zeros((len(pool), WORDS), dtype=np.uint64)
    if len(pool.slots.row):
        weeks = np.array([week_of(recurrence) for recurrence in pool.slots.times.distinct], dtype=np.uint64)
        np.bitwise_or.at(found, pool.slots.row, weeks[pool.slots.time])
    return found


def never_meet(places: NDArray[np.uint64], person: tuple[int, ...]) -> NDArray[np.bool_]:
    """Rows with known hours, none of which the person has free."""
    known = places.any(axis=1)
    shared: NDArray[np.bool_] = (places & np.array(person, dtype=np.uint64)).any(axis=1)
    return known & ~shared
