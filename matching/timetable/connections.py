"""One visit by timetable (行って帰る): leave home, be there by the start, stay, and be home after the end.

The question is the domain's (H9, libraries §9): which ride arrives before the slot starts, and is there one home after
it ends? Where people come and go as they like, a ride that arrives later or leaves earlier will do as well.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from matching.columns.encodings import FAIL, MISSING, PASS, UNKNOWN, Bools, Ints, Verdicts
from matching.timetable.journeys import NEVER, Best, Fan
from matching.timetable.visits import CERTAIN, COMING_AND_GOING, FAR, WAITING, Lacks, Visits, Wish
from matching.timetable.walking import Nearby

LONGEST_WAIT_MINUTES = 90
"""Nobody is asked to wait longer, neither for the start nor for the ride home: it is no connection then."""
SHORT_WAIT_MINUTES = 20
"""Waiting so long for the ride home is part of going by bus; longer, it counts against the person's limit."""
SHORT_STAY_MINUTES = 60
"""Who comes late or leaves early for the sake of a ride should have this much of it, or all there is."""
SAME_DAY_MINUTES = 6 * 60
"""A ride later than this after the end is the next morning's, and not worth a word."""
MOST_LATER_ARRIVALS = 24


@dataclass(frozen=True, eq=False)
class Leg:
    """One way of M visits, in minutes of the day; `ride` is an entry of the fan, -1 on foot."""

    at_home: Ints
    at_place: Ints
    ride: Ints
    possible: Bools

    def or_walk(self, afoot: Bools, at_home: Ints, at_place: Ints) -> Leg:
        """The same, but on foot where that is better."""
        ride = np.where(afoot, -1, self.ride)
        home, place = np.where(afoot, at_home, self.at_home), np.where(afoot, at_place, self.at_place)
        return Leg(home, place, ride, self.possible | afoot)

    def only(self, where: Bools) -> Leg:
        return replace(self, possible=self.possible & where)

    def take(self, chosen: NDArray[np.intp]) -> Leg:
        return Leg(self.at_home[chosen], self.at_place[chosen], self.ride[chosen], self.possible[chosen])


@dataclass(frozen=True, eq=False)
class Connections:
    """Both ways of one kind of day: the fans, the walks from the places to the stops, and the walk all the way."""

    there: Fan
    back: Fan
    walks: Nearby
    on_foot: Ints
    longest_ride: int

    def visits(self, wish: Wish) -> Visits:
        """The best visit for every wish: the surest, and among those the one that begins first."""
        count = len(wish.row)
        found = Visits(
            np.full(count, FAIL, dtype=np.int8), *(np.full(count, MISSING, dtype=np.int32) for _ in range(9))
        )
        left: NDArray[np.intp] = np.arange(count)
        asked, there = wish, self._by(wish)
        come, level = wish.start, np.full(count, PASS, dtype=np.int8)
        for _ in range(MOST_LATER_ARRIVALS + 1):
            tried = self._stay(asked, there, come, level)
            better = np.flatnonzero(tried.verdict > found.verdict[left])
            found.replaced(left[better], tried, better)
            # A later arrival helps who cannot be there by the start, or whose short visit may begin later.
            later = ~there.possible if wish.longest is None else np.ones(len(left), dtype=bool)
            later &= (found.verdict[left] < asked.come_and_go) & (come + asked.worth_asking < asked.end)
            chosen = np.flatnonzero(later)
            if not len(chosen):
                break
            left, asked = left[chosen], asked.take(chosen)
            there = self._next_arrival(asked, come[chosen])
            come, level = np.where(there.possible, there.at_place, asked.end), asked.come_and_go
        return found

    def lacks(self, wish: Wish) -> Lacks:
        end = _end(wish, wish.start)
        early, late = self._by(wish, patience=SAME_DAY_MINUTES), self._next_arrival(wish, wish.start)
        before, after = self._last_home(wish, end), self._after(wish, end, patience=SAME_DAY_MINUTES)
        return Lacks(
            there=~self._by(wish).possible,
            back=~self._after(wish, end).possible,
            early_arrival=np.where(early.possible, early.at_place, MISSING),
            late_arrival=np.where(late.possible, late.at_place, MISSING),
            early_leave=np.where(before.possible, before.at_place, MISSING),
            early_ride=self._sets_out(before),
            late_ride=self._sets_out(after),
        )

    def _sets_out(self, way: Leg) -> Ints:
        """When the vehicle of a way home leaves its stop."""
        if not len(self.back.depart):
            return np.full(len(way.ride), MISSING, dtype=np.int32)
        ridden = way.possible & (way.ride >= 0)
        return np.where(ridden, self.back.network.minute(self.back.depart[way.ride]), MISSING)

    def _stay(self, wish: Wish, there: Leg, come: Ints, level: Verdicts) -> Visits:
        """Stay until the end and go home after it; where one may, leave early with the last ride before it."""
        end = _end(wish, come)
        back = self._after(wish, end)
        late = np.where(come > wish.start, _surely(wish), wish.enough)
        whole = self._judged(wish, there, back, come, end, stay=wish.end - come, level=level, enough=late)
        early = np.flatnonzero((whole.verdict < wish.come_and_go) & there.possible)
        if len(early):
            some = wish.take(early)
            back = self._last_home(some, end[early])
            way = there.take(early)
            stay, level = back.at_place - come[early], np.minimum(level[early], some.come_and_go)
            enough = _surely(some)
            cut = self._judged(some, way, back, come[early], back.at_place, stay=stay, level=level, enough=enough)
            better = np.flatnonzero(cut.verdict > whole.verdict[early])
            whole.replaced(early[better], cut, better)
        return whole

    def _judged(
        self, wish: Wish, there: Leg, back: Leg, come: Ints, end: Ints, *, stay: Ints, level: Verdicts, enough: Ints
    ) -> Visits:
        long_enough = np.where(stay >= enough, PASS, np.where(stay >= wish.worth_asking, UNKNOWN, FAIL))
        ride = np.maximum(there.at_place - there.at_home, back.at_home - back.at_place)
        doubts = [
            (COMING_AND_GOING, np.minimum(long_enough, level) == UNKNOWN),
            (WAITING, (back.at_home - end > wish.limit) & (back.at_place - end > SHORT_WAIT_MINUTES)),
            (FAR, ride > wish.limit),
        ]
        doubt = np.full(len(come), CERTAIN, dtype=np.int32)
        for code, open_ in doubts:
            doubt[open_] = code
        verdict = np.where(doubt == CERTAIN, np.minimum(long_enough, level), np.minimum(long_enough, UNKNOWN))
        verdict = np.where(there.possible & back.possible, np.minimum(verdict, level), FAIL).astype(np.int8)
        return Visits(
            verdict=verdict,
            doubt=doubt,
            start=come.copy(),
            end=end.copy(),
            leave=there.at_home.copy(),
            arrive=there.at_place.copy(),
            depart=back.at_place.copy(),
            home=back.at_home.copy(),
            ride_there=there.ride.copy(),
            ride_back=back.ride.copy(),
        )

    def _by(self, wish: Wish, *, patience: int = LONGEST_WAIT_MINUTES) -> Leg:
        """The latest ride that arrives by the start, no longer before it than one has patience for."""
        tick = self.there.network.tick(wish.start)
        best = self.there.earliest_home(self.walks, wish.row, tick, limit=self.longest_ride)
        way, walk = self._leg(self.there, best), self.on_foot[wish.row]
        afoot = (walk < NEVER) & (~way.possible | (wish.start - walk >= way.at_home))
        way = way.or_walk(afoot, wish.start - walk, wish.start)
        return way.only((way.at_home >= wish.not_before) & (wish.start - way.at_place <= patience))

    def _after(self, wish: Wish, end: Ints, *, patience: int = LONGEST_WAIT_MINUTES) -> Leg:
        """The ride after `end` that is home first, no longer after it than one has patience for."""
        best = self.back.earliest_home(self.walks, wish.row, self.back.network.tick(end), limit=self.longest_ride)
        way, walk = self._leg(self.back, best), self.on_foot[wish.row]
        afoot = (walk < NEVER) & (~way.possible | (end + walk <= way.at_home))
        way = way.or_walk(afoot, end + walk, end)
        return way.only((way.at_home <= wish.not_after) & (way.at_place - end <= patience))

    def _next_arrival(self, wish: Wish, after: Ints) -> Leg:
        """The first ride, or walk, that arrives after this minute."""
        clock = self.there.network.tick
        best = self.there.latest_leave(
            self.walks, wish.row, clock(after + 1), limit=self.longest_ride, deadline=clock(wish.not_before)
        )
        way, walk = self._leg(self.there, best), self.on_foot[wish.row]
        arrive = np.maximum(after + 1, wish.not_before + walk)
        afoot = (walk < NEVER) & (~way.possible | (arrive <= way.at_place))
        return way.or_walk(afoot, arrive - walk, arrive)

    def _last_home(self, wish: Wish, end: Ints) -> Leg:
        """The last ride, or walk, that leaves by `end`."""
        clock = self.back.network.tick
        best = self.back.latest_leave(
            self.walks, wish.row, clock(end), limit=self.longest_ride, deadline=clock(wish.not_after)
        )
        way, walk = self._leg(self.back, best), self.on_foot[wish.row]
        depart = np.minimum(end, wish.not_after - walk)
        afoot = (walk < NEVER) & (~way.possible | (depart >= way.at_place))
        return way.or_walk(afoot, depart + walk, depart)

    def _leg(self, fan: Fan, best: Best) -> Leg:
        return Leg(fan.network.minute(best.home), fan.network.minute(best.leave), best.entry, best.found)


def _end(wish: Wish, come: Ints) -> Ints:
    """When a visit that begins at `come` is over."""
    return wish.end if wish.longest is None else np.minimum(wish.end, come + wish.longest).astype(np.int32)


def _surely(wish: Wish) -> Ints:
    """Minutes that are surely enough of a visit that is cut for the sake of a ride."""
    surely: Ints = np.maximum(wish.enough, np.minimum(wish.end - wish.start, SHORT_STAY_MINUTES))
    return surely
