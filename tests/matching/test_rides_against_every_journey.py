"""The search over whole arrays against the plain way: every journey there is, one day and one place at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache, cached_property
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as some

from matching.columns.encodings import FAIL, PASS, UNKNOWN
from matching.inputs.recurrence import Horizon
from matching.timetable.connections import LONGEST_WAIT_MINUTES, SHORT_STAY_MINUTES, SHORT_WAIT_MINUTES
from matching.timetable.feeds import Feed
from matching.timetable.journey_search import MOST_RIDES
from matching.timetable.network import CHANGE_MINUTES
from matching.timetable.timetable import CHANGE_WALK_MINUTES
from matching.timetable.walking import DETOUR, KM_PER_HOUR
from matching.travel.rides import Rides, Span, rides
from tests.matching.making import NO_CALENDAR, person, place, pool_of, way
from tests.matching.timetables import feeds, timetable

DAYS = 21
FIRST_DAY = date(2026, 11, 25)
Point = tuple[float, float]
Journey = tuple[int, int]
"""(leave the first door, arrive at the second)."""


@cache
def on_foot(one: Point, other: Point) -> int:
    """Whole minutes, by the stated speed and detour."""
    north, east = one[0] - other[0], (one[1] - other[1]) * np.cos(np.radians(one[0]))
    return int(np.ceil(np.round(np.hypot(north, east) * 111.195 * DETOUR / KM_PER_HOUR * 60, 6)))


@dataclass(frozen=True)
class Day:
    """Everything that runs around one day, at its own minutes: last night's vehicles, today's and tomorrow's."""

    feed: Feed
    day: date

    def journeys(self, start: Point, end: Point, most_walk: int, most: int) -> set[Journey]:
        found: set[Journey] = set()
        for leave, arrive, here, rides_ in self._rides(start, most_walk):
            self._onwards(found, leave, arrive, here, rides_, end, most_walk, most)
        return {one for one in found if not any(_beats(other, one) for other in found)}

    @cached_property
    def _calls(self) -> list[list[tuple[Point, int, int, bool, bool]]]:
        return [
            [
                (
                    (self.feed.stops[at].latitude, self.feed.stops[at].longitude),
                    trip.arrivals[call] + offset * 24 * 60,
                    trip.departures[call] + offset * 24 * 60,
                    call not in trip.no_boarding,
                    call not in trip.no_alighting,
                )
                for call, at in enumerate(trip.stops)
            ]
            for offset in (-1, 0, 1)
            for trip in self.feed.trips
            if self.feed.services[trip.service].runs_on(self.day + timedelta(days=offset))
        ]

    def _rides(self, here: Point, most_walk: int, ready: int | None = None) -> Iterator[tuple[int, int, Point, int]]:
        """(when one set out on foot, arrival, where, 1) of every ride one can catch from here."""
        for calls in self._calls:
            for number, (stop_, _, depart, boards, _) in enumerate(calls):
                walk = on_foot(here, stop_)
                late = ready is not None and depart < ready + walk + CHANGE_MINUTES
                if boards and walk <= most_walk and not late:
                    for off, arrive, _, _, alights in calls[number + 1 :]:
                        if alights:
                            yield depart - walk, arrive, off, 1

    def _onwards(
        self,
        found: set[Journey],
        leave: int,
        arrive: int,
        here: Point,
        taken: int,
        end: Point,
        most_walk: int,
        most: int,
    ) -> None:
        if arrive - leave > most:
            return
        walk = on_foot(here, end)
        if walk <= most_walk and arrive + walk - leave <= most:
            found.add((leave, arrive + walk))
        if taken < MOST_RIDES:
            for _, later, there, _ in self._rides(here, CHANGE_WALK_MINUTES, arrive):
                self._onwards(found, leave, later, there, taken + 1, end, most_walk, most)


def _beats(one: Journey, other: Journey) -> bool:
    return one != other and one[0] >= other[0] and one[1] <= other[1]


@dataclass(frozen=True)
class Case:
    feed: Feed
    home: Point
    places: list[Point]
    come_and_go: list[str | None]
    most_walk: int
    limit: int
    not_before: int | None
    not_after: int | None
    longest: int | None
    slots: list[tuple[int, int, int, int]]
    """Place, start, end, minutes that are enough."""
    known: dict[tuple[date, int], tuple[set[Journey], set[Journey]]] = field(default_factory=dict)

    def journeys(self, day: date, number: int) -> tuple[set[Journey], set[Journey]]:
        """Every journey worth making on this day, to this place and home from it."""
        if (day, number) not in self.known:
            today, at = Day(self.feed, day), self.places[number]
            there = today.journeys(self.home, at, self.most_walk, self.limit)
            self.known[day, number] = there, today.journeys(at, self.home, self.most_walk, self.limit)
        return self.known[day, number]

    def rides(self) -> tuple[Rides, dict[str, int]]:
        """The person's rides, and the row of each place."""
        mode = way("bus", max_minutes=self.limit, not_before=self.not_before)
        somebody = person(
            latitude=self.home[0],
            longitude=self.home[1],
            transport=(way("walk", max_minutes=self.most_walk), mode),
            session_max_minutes=self.longest,
        )
        places = [
            place(f"o{number}", latitude=at[0], longitude=at[1], drop_rule=self.come_and_go[number], stop_mode=None)
            for number, at in enumerate(self.places)
        ]
        horizon = Horizon(FIRST_DAY, DAYS, NO_CALENDAR)
        travel = type(mode)(**{**vars(mode), "not_after": self.not_after})
        pool = pool_of(*places, timetable=timetable(self.feed))
        found = rides(travel, somebody, pool, horizon, limit=self.limit, firm=True)
        assert found is not None
        return found, pool.row_of


@some.composite
def cases(draw: Any) -> Case:
    known = draw(feeds(least_trips=6, most_trips=12))
    by_a_stop = some.sampled_from([(one.latitude, one.longitude) for one in known.stops])
    beside = some.tuples(by_a_stop, some.sampled_from([0.0, 0.003, -0.006])).map(
        lambda at: (at[0][0] + at[1], at[0][1])
    )
    places = draw(some.lists(beside, min_size=1, max_size=3))
    slot = some.tuples(
        some.integers(0, len(places) - 1),
        some.one_of(some.integers(500, 900), some.integers(500, 900), some.integers(1200, 1430), some.integers(0, 90)),
        some.sampled_from([45, 90, 180, 300]),
        some.sampled_from([20, 40, 60]),
    )
    slots = draw(some.lists(slot, min_size=8, max_size=12))
    return Case(
        feed=known,
        home=draw(beside),
        places=places,
        come_and_go=[draw(some.sampled_from(["free", "difficult", None])) for _ in places],
        most_walk=draw(some.sampled_from([5, 12])),
        limit=draw(some.sampled_from([20, 40, 90])),
        not_before=draw(some.sampled_from([None, None, 480, 540])),
        not_after=draw(some.sampled_from([None, None, 1000, 1430])),
        longest=draw(some.sampled_from([None, None, 60, 90])),
        slots=[(at, start, start + length, enough) for at, start, length, enough in slots],
    )


def plainly(case: Case, day: date, slot: tuple[int, int, int, int]) -> int:
    """The verdict on one slot of one day, read aloud from the rules."""
    number, start, end, enough = slot
    place_, drop_rule = case.places[number], case.come_and_go[number]
    worth_asking = min(enough, 20)
    level = {"free": PASS, "difficult": FAIL, None: UNKNOWN}[drop_rule]
    there, back = case.journeys(day, number)
    walk = on_foot(case.home, place_)
    if walk <= min(case.most_walk, case.limit):
        there = there | {(at - walk, at) for at in range(start, end + 1)}
        back = back | {(at, at + walk) for at in range(start, end + 1)}
    earliest, latest = case.not_before or -1440, case.not_after or 4320
    comings = [(start, PASS)] if _possible_by(there, start, earliest) else []
    if level > FAIL:
        comings += sorted((arrive, level) for leave, arrive in there if arrive > start and leave >= earliest)
    best = int(FAIL)
    for come, sure in comings:
        until = end if case.longest is None else min(end, come + case.longest)
        surely = enough if come == start else max(enough, min(end - start, SHORT_STAY_MINUTES))
        home = min((one for one in back if one[0] >= until), key=lambda one: (one[1], -one[0]), default=None)
        if home is not None and home[1] <= latest and home[0] - until <= LONGEST_WAIT_MINUTES:
            waits = home[0] - until > SHORT_WAIT_MINUTES and home[1] - until > case.limit
            stays = _stays(end - come, surely, worth_asking)
            best = max(best, min(sure, stays, UNKNOWN if waits else PASS))
        if level > FAIL:
            surely = max(enough, min(end - start, SHORT_STAY_MINUTES))
            for leave, arrive in back:
                if leave <= until and arrive <= latest:
                    best = max(best, min(sure, level, _stays(leave - come, surely, worth_asking)))
    return int(best)


def _possible_by(there: set[Journey], start: int, earliest: int) -> bool:
    by = [one for one in there if one[1] <= start]
    if not by:
        return False
    leave, arrive = max(by, key=lambda one: (one[0], -one[1]))
    return leave >= earliest and start - arrive <= LONGEST_WAIT_MINUTES


def _stays(minutes: int, enough: int, worth_asking: int) -> int:
    return int(PASS if minutes >= enough else UNKNOWN if minutes >= worth_asking else FAIL)


@settings(max_examples=40, derandomize=True, deadline=None)
@given(cases(), some.lists(some.integers(0, DAYS - 1), min_size=4, max_size=4, unique=True))
def test_every_verdict_is_that_of_the_plain_way(case: Case, days: list[int]) -> None:
    asked, row_of = case.rides()
    row = np.array([row_of[f"o{at}"] for at, _, _, _ in case.slots], dtype=np.int32)
    start, end, enough = (np.array([one[place] for one in case.slots], dtype=np.int32) for place in (1, 2, 3))
    every = np.full(len(row), (1 << DAYS) - 1, dtype=np.uint64)
    found = np.zeros((len(row), DAYS), dtype=np.int8)
    for alike, chosen, wish, connections in asked.meet(Span(row, every, start, end, enough, np.minimum(enough, 20))):
        verdicts = connections.visits(wish).verdict
        for bit in range(DAYS):
            if alike >> bit & 1:
                found[chosen, bit] = verdicts
    for bit in days:
        for number, slot in enumerate(case.slots):
            if not asked.silent[row[number]]:
                wanted = plainly(case, FIRST_DAY + timedelta(days=bit), slot)
                assert found[number, bit] == wanted
