"""The journeys between one home and every stop on one kind of day, and how questions about places are looked up in them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.columns.encodings import Bools, Ints, Shorts
from matching.timetable.network import SPAN, Network
from matching.timetable.walking import Nearby, spread

NEVER = SPAN - 1
_ENTRY = 1 << 24


@dataclass(frozen=True, eq=False)
class Best:
    """The answers to M questions: when to leave the place and be home in ticks, and which journey and walk it is.

    `entry` is -1 where there is none.
    """

    leave: Ints
    home: Ints
    entry: Ints
    walk: Ints

    @property
    def found(self) -> Bools:
        found: Bools = self.entry >= 0
        return found


@dataclass(frozen=True, eq=False)
class Fan:
    """The journeys from every stop to one home, J of them, by stop and departure. On the mirrored clock: from home.

    `values` holds, per number of rides, when each call that is boarded leads home; `exits` the walk home per stop.
    """

    network: Network
    exits: Ints
    values: tuple[Shorts, ...]
    key: NDArray[np.int64]
    stop: Ints
    depart: Ints
    arrive: Ints
    call: Ints
    served: Bools

    def earliest_home(self, walks: Nearby, row: Ints, tick: Ints, *, limit: int) -> Best:
        """Leaving place `row` at `tick` or later: home earliest, then leaving latest; no longer under way than `limit`."""
        question, stop, walk = self._stops(walks, row)
        entry = np.searchsorted(self.key, stop.astype(np.int64) * SPAN + tick[question] + walk)
        spare = limit - walk
        while True:
            there = entry < len(self.key)
            at = np.where(there, entry, 0)
            there &= self.stop[at] == stop
            slow = there & (self.arrive[at] - self.depart[at] > spare)
            if not slow.any():
                break
            # Whatever leaves earlier than a slow journey and is home no earlier takes longer still.
            entry = entry + slow
        leave, home = self.depart[at] - walk, self.arrive[at]
        return _best(len(row), question, there, home * SPAN + (NEVER - leave), leave, home, at, walk)

    def latest_leave(self, walks: Nearby, row: Ints, tick: Ints, *, limit: int, deadline: int) -> Best:
        """Leaving place `row` at `tick` or earlier and home by `deadline`: leaving latest, then home earliest."""
        question, stop, walk = self._stops(walks, row)
        entry = np.searchsorted(self.key, stop.astype(np.int64) * SPAN + tick[question] + walk, side="right") - 1
        spare = limit - walk
        while True:
            there = entry >= 0
            at = np.where(there, entry, 0)
            there &= self.stop[at] == stop
            unfit = there & ((self.arrive[at] - self.depart[at] > spare) | (self.arrive[at] > deadline))
            if not unfit.any():
                break
            entry = entry - unfit
        leave, home = self.depart[at] - walk, self.arrive[at]
        return _best(len(row), question, there, (NEVER - leave) * SPAN + home, leave, home, at, walk)

    def quickest(self, walks: Nearby) -> Ints:
        """Fewest minutes from every place at any hour; NEVER where there is no journey."""
        if not len(self.key):
            return np.full(len(walks.first), NEVER, dtype=np.int32)
        by_stop = np.full(self.network.stops, NEVER, dtype=np.int32)
        np.minimum.at(by_stop, self.stop, self.arrive - self.depart)
        row = np.repeat(np.arange(len(walks.first)), walks.count)
        found = np.full(len(walks.first), NEVER, dtype=np.int32)
        np.minimum.at(found, row, by_stop[walks.target] + walks.minutes)
        return np.minimum(found, NEVER).astype(np.int32)

    def legs(self, entry: int) -> list[tuple[int, int]]:
        """The rides of one journey as (call boarded, call got off at), in this network's order of travel."""
        call, value = int(self.call[entry]), int(self.arrive[entry])
        rides = next(ride for ride, values in enumerate(self.values) if values[call] == value)
        found: list[tuple[int, int]] = []
        while True:
            off, onward = self._get_off(call, value, rides)
            found.append((call, off))
            if onward is None:
                return found
            call, rides = onward, rides - 1

    def _get_off(self, call: int, value: int, rides: int) -> tuple[int, int | None]:
        """Where a ride ends that leads home at `value`, and the call boarded next; None walks home from there."""
        net = self.network
        last = int(np.searchsorted(net.trip, net.trip[call], side="right"))
        for off in range(last - 1, call, -1):
            if net.alights[off] and net.arrive[off] + self.exits[net.stop[off]] == value:
                return off, None
        for off in range(call + 1, last):
            place = int(np.searchsorted(net.change_from, off))
            if place == len(net.change_from) or net.change_from[place] != off:
                continue
            until = net.change_first[place + 1] if place + 1 < len(net.change_first) else len(net.change_to)
            for caught in net.change_to[net.change_first[place] : until]:
                stop = net.stop[net.order[caught]]
                end = int(np.searchsorted(net.key, (int(stop) + 1) * SPAN))
                boarded = net.order[caught:end]
                fitting = np.flatnonzero(self.values[rides - 1][boarded] == value)
                if len(fitting):
                    return off, int(boarded[fitting[0]])
        raise AssertionError("a journey leads somewhere")

    def _stops(self, walks: Nearby, row: Ints) -> tuple[NDArray[np.int64], Ints, Ints]:
        """(number of the question, stop, walk) for every stop near the place of every question that leads home."""
        count = walks.count[row]
        entry = spread(walks.first[row], count)
        question = np.repeat(np.arange(len(row)), count)
        served = self.served[walks.target[entry]]
        entry = entry[served]
        return question[served], walks.target[entry], walks.minutes[entry]


def _best(
    questions: int,
    question: NDArray[np.int64],
    there: Bools,
    rank: NDArray[np.int32],
    leave: Ints,
    home: Ints,
    entry: NDArray[np.int64],
    walk: Ints,
) -> Best:
    """The entry of the lowest rank for every question."""
    kept = np.flatnonzero(there)
    best = np.full(questions, np.iinfo(np.int64).max)
    np.minimum.at(best, question[kept], rank[kept].astype(np.int64) * _ENTRY + kept)
    found = best < np.iinfo(np.int64).max
    chosen = np.where(found, best % _ENTRY, 0)
    if not len(entry):
        nothing = np.full(questions, -1, dtype=np.int32)
        return Best(nothing, nothing, nothing, nothing)
    return Best(
        leave=leave[chosen].astype(np.int32),
        home=home[chosen].astype(np.int32),
        entry=np.where(found, entry[chosen], -1).astype(np.int32),
        walk=walk[chosen].astype(np.int32),
    )
