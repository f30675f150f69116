"""The next real dates (次の日) on which a person could come to a place, one opportunity at a time.

Same rules as `matching.travel.sessions`, walked day by day; a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_

import numpy as np

from matching.columns.encodings import FAIL, Days
from matching.inputs.availability import DayKind, day_kinds
from matching.inputs.recurrence import HORIZON_DAYS, Horizon, bits, days_on
from matching.pool.host_available_from import days_from, insured_days
from matching.question.answers import NextDate, WayThere
from matching.question.question import Question
from matching.rules.shared.chosen_mode import taken
from matching.shortlist.round_trips import Outing, RoundTrips
from matching.travel.best_visit import Ridden
from matching.travel.sessions import wanted_minutes
from matching.travel.travel_minutes import Way, ways

LOOK_AHEAD_DAYS = 366


def next_dates(question: Question, row: int, *, most: int = 3) -> tuple[NextDate, ...]:
    """Up to `most` dates after the day of the question, earliest first; none when a time is unknown."""
    found: list[NextDate] = []
    for next_date in _dates(question, row):
        if next_date.day not in {known.day for known in found}:
            found.append(next_date)
        if len(found) == most:
            break
    return tuple(found)


def _dates(question: Question, row: int) -> Iterator[NextDate]:
    alone = question.about(row)
    profile, pool = alone.profile, alone.pool
    enough, worth_asking = (int(column[0]) for column in wanted_minutes(profile, pool))
    least = min(enough, worth_asking)
    longest = profile.session_max_minutes
    slots = [
        (slot.recurrence, span)
        for slot in pool.facts[0].slots
        if slot.days_told and (span := slot.recurrence.span()) is not None
    ]
    for offset in range(0, LOOK_AHEAD_DAYS, HORIZON_DAYS):
        weeks = _weeks(question, offset)
        horizon, free = weeks.horizon, int(weeks.free[row])
        on = [days_on(recurrence, horizon) for recurrence, _ in slots]
        open_ = reduce(or_, (days for days, _ in on), 0) & free
        if not open_:
            continue
        now = horizon == alone.horizon
        there = alone.ways if now else ways(profile, pool, horizon, alone.kilometres, free=weeks.theirs)
        trips = [None if way.rides is None else RoundTrips(way.rides, enough, worth_asking) for way in there]
        for bit in bits(open_):
            today = [
                (outing.minutes, _date(horizon.date_of(bit), outing, longest, to_confirm=bool(to_confirm >> bit & 1)))
                for (_, span), (days, to_confirm) in zip(slots, on, strict=True)
                if days >> bit & 1
                for start, end in _free(span, bit, weeks.kinds)
                for outing in _outings(start, end, bit, there, trips, timetable_known=profile.transport is not None)
                if outing.end - outing.start >= least
            ]
            today.sort(key=lambda one: (one[1].start, -one[1].end, one[0]))
            yield from (next_date for _, next_date in today)


@dataclass(frozen=True)
class _Weeks:
    """Some weeks to come: the person's days of them, and of each place those on which it may begin, as bits."""

    horizon: Horizon
    kinds: tuple[DayKind, ...]
    theirs: int
    free: Days


def _weeks(question: Question, offset: int) -> _Weeks:
    """Worked out for all places of the question when the first of them gets there."""

    def work_out() -> _Weeks:
        profile, pool = question.profile, question.pool
        horizon = Horizon(question.horizon.date_of(offset), HORIZON_DAYS, pool.calendar)
        kinds = day_kinds(profile.available, profile.blocked, horizon)
        theirs = reduce(or_, (kind.days for kind in kinds), 0)
        begun = days_from(question.first_days, horizon) & insured_days(pool, horizon)
        return _Weeks(horizon, kinds, theirs, begun & np.uint64(theirs))

    return question.once(f"weeks from {offset}", work_out)


def _date(day: date, outing: Outing, longest: int | None, *, to_confirm: bool) -> NextDate:
    return NextDate(
        day=day,
        start=outing.start,
        end=min(outing.end, outing.start + longest) if longest else outing.end,
        to_confirm=to_confirm,
        round_trip=outing.round_trip,
        ride_to_confirm=outing.to_confirm,
    )


def _free(span: tuple[int, int], bit: int, kinds: Sequence[DayKind]) -> Iterator[tuple[int, int]]:
    """Stretches of the slot on this day in which the person is free."""
    for kind in kinds:
        if kind.days >> bit & 1:
            for start, end in kind.intervals:
                yield max(span[0], start), min(span[1], end)


def _outings(
    start: int,
    end: int,
    bit: int,
    there: Sequence[Way],
    trips: Sequence[RoundTrips | None],
    *,
    timetable_known: bool,
) -> Iterator[Outing]:
    """What of this stretch is left by each way that reaches the place (or may)."""
    if not timetable_known:
        yield Outing(start, end, 0, None, to_confirm=False)
    for way, ridden in zip(there, trips, strict=True):
        if not int(way.days[0]) >> bit & 1:
            continue
        if ridden is not None:
            outing = ridden.on(bit, start, end)
            if outing is not None:
                yield outing
            if outing is not None or ridden.knows(bit):
                continue
        plain = way.guess or way
        if plain.reach[0] == FAIL:
            continue
        minutes = 0 if np.isnan(plain.minutes[0]) else int(np.ceil(plain.minutes[0]))
        leave = start if way.not_before is None else max(start, way.not_before + minutes)
        home = end if way.not_after is None else min(end, way.not_after - minutes)
        yield Outing(leave, home, minutes, None, to_confirm=ridden is not None and not ridden.silent)


def way_there(question: Question, row: int) -> WayThere | None:
    """The quickest of the person's ways that reaches the place; None when none is known to."""
    known = [
        found
        for way, ridden, here in zip(question.ways, question.sessions.ridden, taken(question), strict=True)
        if here[row] and (found := _there(way, ridden, row)) is not None
    ]
    return min(known, key=lambda way: (way.minutes, way.mode)) if known else None


def _there(way: Way, ridden: Ridden | None, row: int) -> WayThere | None:
    """A way that reaches the place; by timetable the minutes are those of the longer of the two rides."""
    if way.reach[row] == FAIL or way.days[row] == 0 or np.isnan(way.minutes[row]):
        return None
    if ridden is not None and way.rides is not None:
        if ridden.verdict[row] > FAIL:
            minutes = int(max(ridden.there[row], ridden.back[row]))
            on_foot = minutes == way.rides.on_foot[row]
            return WayThere("walk" if on_foot else way.mode, minutes, by_timetable=not on_foot)
        if way.rides.known_days()[row] & way.days[row]:
            return None
    return WayThere(way.mode, round(float(way.minutes[row])), by_timetable=False)
