"""The next real dates (次の日) on which a person could come to a place, one opportunity at a time.

Same rules as `matching.sessions`, walked day by day; a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import reduce
from operator import or_

import numpy as np

from matching.answers import NextDate, WayThere
from matching.availability import DayKind, day_kinds
from matching.columns import FAIL
from matching.question import Question
from matching.recurrence import HORIZON_DAYS, Horizon, bits, days_on
from matching.sessions import wanted_minutes
from matching.start import days_from, insured_days
from matching.travel import Way, ways

LOOK_AHEAD_DAYS = 366


def next_dates(question: Question, row: int, *, most: int = 3) -> tuple[NextDate, ...]:
    """Up to `most` dates after the day of the question, earliest first; none when a time is unknown."""
    found: list[NextDate] = []
    for date in _dates(question.about(row)):
        if date.day not in {known.day for known in found}:
            found.append(date)
        if len(found) == most:
            break
    return tuple(found)


def _dates(alone: Question) -> Iterator[NextDate]:
    profile, pool = alone.profile, alone.pool
    enough, worth_asking = (int(column[0]) for column in wanted_minutes(profile, pool))
    least = min(enough, worth_asking)
    longest = profile.session_max_minutes
    slots = [(slot.recurrence, span) for slot in pool.facts[0].slots if (span := slot.recurrence.span()) is not None]
    for offset in range(0, LOOK_AHEAD_DAYS, HORIZON_DAYS):
        horizon = Horizon(alone.horizon.date_of(offset), HORIZON_DAYS, pool.calendar)
        kinds = day_kinds(profile.available, profile.blocked, horizon)
        there = alone.ways if horizon == alone.horizon else ways(profile, pool, horizon, alone.kilometres)
        free = reduce(or_, (kind.days for kind in kinds), 0) & int(
            (days_from(alone.first_days, horizon) & insured_days(pool, horizon))[0]
        )
        on = [days_on(recurrence, horizon) for recurrence, _ in slots]
        for bit in bits(reduce(or_, (days for days, _ in on), 0) & free):
            today = [
                NextDate(horizon.date_of(bit), start, min(end, start + longest) if longest else end, confirm)
                for (_, span), (days, to_confirm) in zip(slots, on, strict=True)
                if days >> bit & 1
                for start, end in _meetings(span, bit, kinds, there, timetable_known=profile.transport is not None)
                if end - start >= least
                for confirm in (bool(to_confirm >> bit & 1),)
            ]
            yield from sorted(today, key=lambda date: (date.start, -date.end))


def _meetings(
    span: tuple[int, int], bit: int, kinds: Sequence[DayKind], there: Sequence[Way], *, timetable_known: bool
) -> Iterator[tuple[int, int]]:
    """Free stretches of the slot on this day by a way that reaches the place (or may)."""
    for kind in kinds:
        if not kind.days >> bit & 1:
            continue
        for free_start, free_end in kind.intervals:
            start, end = max(span[0], free_start), min(span[1], free_end)
            if not timetable_known:
                yield start, end
            for way in there:
                if way.reach[0] == FAIL or not int(way.days[0]) >> bit & 1:
                    continue
                minutes = 0 if np.isnan(way.minutes[0]) else int(np.ceil(way.minutes[0]))
                leave = start if way.not_before is None else max(start, way.not_before + minutes)
                home = end if way.not_after is None else min(end, way.not_after - minutes)
                yield leave, home


def way_there(question: Question, row: int) -> WayThere | None:
    """The quickest of the person's ways that reaches the place; None when none is known to."""
    known = [
        (float(way.minutes[row]), way.mode)
        for way in question.ways
        if way.reach[row] != FAIL and way.days[row] != 0 and not np.isnan(way.minutes[row])
    ]
    return WayThere(min(known)[1], round(min(known)[0])) if known else None
