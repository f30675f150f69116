"""Every vehicle of one day as columns that whole arrays can be asked about, in either direction of time.

The way *to* a place is the way home with the clock running backwards, so there is one search and two networks. A
network's clock counts ticks: minutes from midnight of the day before, or, mirrored, minutes before a far midnight.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from matching.columns.encodings import Bools, Ints
from matching.inputs.recurrence import DAY_MINUTES
from matching.timetable.feeds import MODES
from matching.timetable.service_days import Runs
from matching.timetable.timetable import Timetable
from matching.timetable.walking import spread

Times = TypeVar("Times", int, NDArray[np.int32])

SPAN = 8192
"""More ticks than three service days have; also "never"."""
MIRROR = 4 * DAY_MINUTES
LAST_NIGHT, NEXT_MORNING = 20 * 60, 9 * 60
"""Of the day before only what still runs after this counts, of the day after only what sets out before."""
CHANGE_MINUTES = 3
"""To get off and be at the next stop in time, besides the walk between the two."""


@dataclass(frozen=True, eq=False)
class Network:
    """The calls of one kind of day, trip by trip in the order of travel.

    `order` lists the calls at which one may board, by stop and departure; `key` is stop * SPAN + departure of each.
    `change_from` are the calls at which one may get off and still catch something; what can be caught first stands in
    `change_to` (places in `order`, one a neighbouring stop), from `change_first` on.
    """

    homewards: bool
    stops: int
    stop: Ints
    trip: Ints
    arrive: Ints
    depart: Ints
    boards: Bools
    alights: Bools
    order: Ints
    key: NDArray[np.int64]
    change_from: Ints
    change_first: Ints
    change_to: Ints

    def tick(self, minute: Times) -> Times:
        """Minutes from midnight of the day as ticks of this network."""
        return minute + DAY_MINUTES if self.homewards else MIRROR - DAY_MINUTES - minute

    def minute(self, tick: Times) -> Times:
        return tick - DAY_MINUTES if self.homewards else MIRROR - DAY_MINUTES - tick


# Networks serve everybody; a town has a handful of kinds of day, two directions and at most two modes.
@lru_cache(maxsize=32)
def network(timetable: Timetable, mode: str, runs: Runs, *, homewards: bool) -> Network:
    """The network of one kind of day. Deterministic: trips in the timetable's order."""
    call, shift = _calls(timetable, mode, runs)
    stop = timetable.call_stop[call]
    arrive = timetable.call_arrive[call] + shift
    depart = timetable.call_depart[call] + shift
    boards, alights = timetable.call_boards[call], timetable.call_alights[call]
    own_trip = np.repeat(np.arange(len(timetable.trip_service)), np.diff(timetable.trip_first))[call]
    fresh = np.flatnonzero(np.diff(own_trip, prepend=-1) | np.diff(shift, prepend=-1))
    trip = np.zeros(len(call), dtype=np.int32)
    trip[fresh] = 1
    trip = np.cumsum(trip, dtype=np.int32) - 1
    if not homewards:
        stop, trip = stop[::-1], len(fresh) - 1 - trip[::-1]
        arrive, depart = MIRROR - depart[::-1], MIRROR - arrive[::-1]
        boards, alights = alights[::-1], boards[::-1]
    board = np.flatnonzero(boards)
    key = stop[board].astype(np.int64) * SPAN + depart[board]
    order = np.argsort(key, kind="stable")
    key = key[order]
    source, caught = _changes(timetable, stop, arrive, alights, key)
    change_from, change_first = np.unique(source, return_index=True)
    return Network(
        homewards=homewards,
        stops=len(timetable.stop_names),
        stop=np.ascontiguousarray(stop),
        trip=np.ascontiguousarray(trip),
        arrive=np.ascontiguousarray(arrive),
        depart=np.ascontiguousarray(depart),
        boards=np.ascontiguousarray(boards),
        alights=np.ascontiguousarray(alights),
        order=board[order].astype(np.int32),
        key=key,
        change_from=change_from.astype(np.int32),
        change_first=change_first.astype(np.int32),
        change_to=caught.astype(np.int32),
    )


def _calls(timetable: Timetable, mode: str, runs: Runs) -> tuple[NDArray[np.int64], Ints]:
    """Calls of the trips that run, and by how many minutes each is shifted into ticks."""
    calls, shifts = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int32)]
    ours = timetable.trip_mode == MODES.index(mode)
    first, lengths = timetable.trip_first[:-1], np.diff(timetable.trip_first)
    last = timetable.call_arrive[first + lengths - 1]
    matters = (last >= LAST_NIGHT, np.ones(len(first), dtype=bool), timetable.call_depart[first] <= NEXT_MORNING)
    for neighbour, services in enumerate(runs):
        if not services:
            continue
        chosen = np.flatnonzero(ours & matters[neighbour] & np.isin(timetable.trip_service, list(services)))
        found = spread(first[chosen], lengths[chosen])
        calls.append(found)
        shifts.append(np.full(len(found), neighbour * DAY_MINUTES, dtype=np.int32))
    return np.concatenate(calls), np.concatenate(shifts)


def _changes(
    timetable: Timetable, stop: Ints, arrive: Ints, alights: Bools, key: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """(call one gets off at, place in `order` of the first departure one then catches), by call."""
    off = np.flatnonzero(alights)
    walks = timetable.changes
    count = walks.count[stop[off]]
    entry = spread(walks.first[stop[off]], count)
    source = np.repeat(off, count)
    onward = walks.target[entry].astype(np.int64)
    ready = arrive[source] + walks.minutes[entry] + CHANGE_MINUTES
    caught = np.searchsorted(key, onward * SPAN + ready)
    there = caught < len(key)
    there[there] = key[caught[there]] // SPAN == onward[there]
    return source[there], caught[there]
