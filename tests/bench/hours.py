"""Opening hours as the bits of one week, three words of 56 hours: the timetable that a database can compare.

Coarser than the engine, which knows dates, seasons, weeks of the month, the way there and the shortest stay.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from matching.inputs.profile import ParticipantProfile
from matching.inputs.recurrence import Recurrence
from matching.pool.opportunity_pool import OpportunityPool

WORDS, HOURS = 3, 56
WEEK = 7 * 24
EVERY_HOUR = ((1 << HOURS) - 1,) * WORDS


@lru_cache(maxsize=100_000)
def week_of(days: frozenset[int] | None, span: tuple[int, int] | None) -> tuple[int, ...]:
    """Every hour of these weekdays (None is all of them) that the span touches; none where a time is unknown."""
    words = [0] * WORDS
    if span is not None:
        for day in range(7) if days is None else days:
            for hour in range(span[0] // 60, -(-span[1] // 60)):
                word, bit = divmod((day * 24 + hour) % WEEK, HOURS)
                words[word] |= 1 << bit
    return tuple(words)


def together(recurrences: Iterable[Recurrence]) -> tuple[int, ...]:
    words = [0] * WORDS
    for recurrence in recurrences:
        words = [word | more for word, more in zip(words, week_of(recurrence.days, recurrence.span()), strict=True)]
    return tuple(words)


def of_person(profile: ParticipantProfile) -> tuple[int, ...]:
    """Somebody who was never asked may come at any hour."""
    return EVERY_HOUR if profile.available is None else together(profile.available)


def of_places(pool: OpportunityPool) -> NDArray[np.uint64]:
    """(N, 3) bits."""
    found = np.zeros((len(pool), WORDS), dtype=np.uint64)
    if len(pool.slots.row):
        slots = pool.slots
        hours, place = np.unique(np.stack([slots.time, slots.start, slots.end]), axis=1, return_inverse=True)
        weeks = np.array(
            [
                week_of(slots.times.distinct[time].days, (start, end) if start >= 0 else None)
                for time, start, end in hours.T.tolist()
            ],
            dtype=np.uint64,
        )
        np.bitwise_or.at(found, slots.row, weeks[place])
    return found


def never_meet(places: NDArray[np.uint64], person: tuple[int, ...]) -> NDArray[np.bool_]:
    """Rows with known hours, none of which the person has free."""
    known = places.any(axis=1)
    shared: NDArray[np.bool_] = (places & np.array(person, dtype=np.uint64)).any(axis=1)
    return known & ~shared
