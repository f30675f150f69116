"""Where a place's slots and the person's times overlap, and by which way one gets there and home in time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from operator import or_

import numpy as np
from numpy.typing import NDArray

from matching.columns.encodings import FAIL, MISSING, PASS, UNKNOWN, Bools, Days, Ints, Verdicts
from matching.columns.jagged import Rows, Slots
from matching.inputs.availability import DayKind
from matching.inputs.profile import ParticipantProfile
from matching.inputs.recurrence import DAY_MINUTES
from matching.pool.opportunity_pool import OpportunityPool
from matching.travel.best_visit import Ridden
from matching.travel.rides import Span
from matching.travel.travel_minutes import Way

SHORTEST_VISIT_MINUTES = 20
"""With the host's shortest stay unknown, an overlap of this length is worth asking about."""


@dataclass(frozen=True)
class Sessions:
    """Per opportunity: longest overlap in minutes (-1 none), verdict on time, verdict on time and way together.

    `days` are the days on which the person can come and be home in time, as bits of the horizon. `ridden` says of each
    way by timetable, in the order of the ways, what became of it; None for the others.
    """

    longest: Ints
    in_time: Verdicts
    on_the_way: Verdicts
    days: NDArray[np.uint64]
    ridden: tuple[Ridden | None, ...]

    def take(self, rows: Rows) -> Sessions:
        """The same for these opportunities alone."""
        ridden = tuple(one and one.take(rows) for one in self.ridden)
        return Sessions(self.longest[rows], self.in_time[rows], self.on_the_way[rows], self.days[rows], ridden)


def wanted_minutes(profile: ParticipantProfile, pool: OpportunityPool) -> tuple[Ints, Ints]:
    """(minutes that are surely enough, minutes worth asking about) for a visit to each opportunity."""
    usual = np.where(pool.session_minutes > 0, pool.session_minutes, SHORTEST_VISIT_MINUTES)
    longest = int(usual.max(initial=0))
    if profile.session_max_minutes is not None:
        longest = min(profile.session_max_minutes, DAY_MINUTES)
    enough = np.where(pool.min_stay_minutes >= 0, pool.min_stay_minutes, np.minimum(usual, max(longest, 1)))
    enough = np.maximum(enough, 1)
    worth_asking = np.where(pool.min_stay_minutes >= 0, enough, np.minimum(enough, SHORTEST_VISIT_MINUTES))
    return enough.astype(np.int32), worth_asking.astype(np.int32)


def stretches(
    slots: Slots, slot_days: NDArray[np.uint64], kinds: Sequence[DayKind]
) -> Iterator[tuple[NDArray[np.uint64], Ints, Ints]]:
    """(days, from when, until when) of every slot for each stretch of free time of each kind of the person's days.

    A slot whose days or hours nobody knows is on no day.
    """
    for kind in kinds:
        shared = np.where(slots.told, slot_days & np.uint64(kind.days), np.uint64(0))
        for free_start, free_end in kind.intervals:
            yield shared, np.maximum(slots.start, free_start), np.minimum(slots.end, free_end)


def meet(
    profile: ParticipantProfile,
    pool: OpportunityPool,
    *,
    slot_days: NDArray[np.uint64],
    kinds: Sequence[DayKind],
    ways: Sequence[Way],
) -> Sessions:
    """Compare every slot with every kind of day of the person. Times unknown on either side stay unknown."""
    count, slots = len(pool), pool.slots
    longest = np.full(count, MISSING, dtype=np.int32)
    on_the_way = np.full(count, FAIL, dtype=np.int8)
    days = np.zeros(count, dtype=np.uint64)
    enough, worth_asking = wanted_minutes(profile, pool)
    row, shared, start, end = _together(slots, slot_days, kinds)
    np.maximum.at(longest, row, end - start)
    in_time = _enough(longest, enough, worth_asking)
    ridden = tuple(None if way.rides is None else Ridden.nothing(count) for way in ways)
    for way, kept in zip(ways, ridden, strict=True):
        spans = [(row, shared, start, end)]
        if kept is not None:
            # Of equally good rides the first counts, so they are looked at stretch by stretch.
            spans = [(slots.row, *stretch) for stretch in stretches(slots, slot_days, kinds)]
        for rows, on, from_, until in spans:
            span = Span(rows, on & way.days[rows], from_, until, enough[rows], worth_asking[rows])
            for some, usable, joint in _by(way, kept, span):
                well = np.flatnonzero(joint > FAIL)
                np.maximum.at(on_the_way, rows[some[well]], joint[well])
                np.bitwise_or.at(days, rows[some[well]], usable[well])
    unsaid = _perhaps(slots, slot_days, kinds, count)
    if profile.available is None:
        in_time, on_the_way = (np.minimum(verdict, UNKNOWN) for verdict in (in_time, on_the_way))
    if profile.transport is None:
        on_the_way = np.maximum(on_the_way, np.minimum(in_time, UNKNOWN))
    in_time, on_the_way = (
        np.where(unsaid, np.maximum(verdict, UNKNOWN), verdict).astype(np.int8) for verdict in (in_time, on_the_way)
    )
    return Sessions(longest, in_time, on_the_way, days, ridden)


def _perhaps(slots: Slots, slot_days: Days, kinds: Sequence[DayKind], count: int) -> Bools:
    """Places (N,) at which the times may meet for all that is known: nobody has told a slot of theirs, or not all of it."""
    free = np.uint64(reduce(or_, (kind.days for kind in kinds), 0))
    told_of = np.zeros(count, dtype=bool)
    told_of[slots.row] = True
    perhaps: Bools = ~told_of
    perhaps[slots.row[~slots.told & (slot_days & free != 0)]] = True
    return perhaps


def _by(way: Way, kept: Ridden | None, span: Span) -> Iterator[tuple[NDArray[np.intp], NDArray[np.uint64], Verdicts]]:
    """(which slots, on which days, the verdict on getting there and home) by one way."""
    every: NDArray[np.intp] = np.arange(len(span.row))
    if way.rides is None or way.guess is None or kept is None:
        yield every, span.days, _by_speed(way, span)
        return
    ridden = np.zeros(len(span.row), dtype=bool)
    for alike, some, wish, connections in way.rides.meet(span):
        visits = connections.visits(wish)
        kept.note(wish, visits)
        ridden[some] |= visits.verdict > FAIL
        yield some, span.days[some] & np.uint64(alike), visits.verdict
    known = way.rides.known_days()[span.row]
    # A slot nobody can ride to on the dates the timetable knows is not saved by those it does not know.
    refused = ~ridden & (span.days & known != 0)
    guessed = replace(span, days=np.where(refused, np.uint64(0), span.days & ~known))
    yield every, guessed.days, _by_speed(way.guess, guessed)


def _by_speed(way: Way, span: Span) -> Verdicts:
    leave = span.start if way.not_before is None else _not_before(span.start, way, span.row)
    home = span.end if way.not_after is None else _not_after(span.end, way, span.row)
    stay = np.where(span.days != 0, home - leave, MISSING)
    return np.minimum(_enough(stay, span.enough, span.worth_asking), way.reach[span.row]).astype(np.int8)


def _together(slots: Slots, slot_days: Days, kinds: Sequence[DayKind]) -> tuple[Ints, Days, Ints, Ints]:
    """(row, days, start, end) of every slot and free interval of the person that share a day."""
    rows, days, starts, ends = [], [], [], []
    for kind in kinds:
        shared = slot_days & np.uint64(kind.days)
        there = np.flatnonzero(slots.told & (shared != 0))
        for free_start, free_end in kind.intervals:
            rows.append(slots.row[there])
            days.append(shared[there])
            starts.append(np.maximum(slots.start[there], free_start))
            ends.append(np.minimum(slots.end[there], free_end))
    if not rows:
        nothing = np.zeros(0, dtype=np.int32)
        return nothing, nothing.astype(np.uint64), nothing, nothing
    start, end = (np.concatenate(column).astype(np.int32, copy=False) for column in (starts, ends))
    return np.concatenate(rows), np.concatenate(days), start, end


def _enough(length: Ints, enough: Ints, worth_asking: Ints) -> Verdicts:
    return np.where(length >= enough, PASS, np.where(length >= worth_asking, UNKNOWN, FAIL)).astype(np.int8)


def _minutes(way: Way, row: Ints) -> Ints:
    """Whole minutes, rounded up; an unknown distance takes nothing off (its reach is already unknown)."""
    return np.ceil(np.nan_to_num(way.minutes[row])).astype(np.int32)


def _not_before(start: Ints, way: Way, row: Ints) -> Ints:
    return np.maximum(start, (way.not_before or 0) + _minutes(way, row)).astype(np.int32)


def _not_after(end: Ints, way: Way, row: Ints) -> Ints:
    return np.minimum(end, (way.not_after or 0) - _minutes(way, row)).astype(np.int32)
