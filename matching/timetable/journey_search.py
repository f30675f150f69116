"""All journeys worth making between one home and every stop on one kind of day (profile search by number of rides).

Backward search of libraries §9, for all departures at once: each ride is one pass over the whole network, and what is
left is, for every stop, the departures that no later departure beats (latest to leave, earliest to be home).
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from matching.columns.encodings import Ints, Shorts
from matching.timetable.journeys import NEVER, Fan
from matching.timetable.network import SPAN, Network, network
from matching.timetable.service_days import Runs
from matching.timetable.timetable import Timetable
from matching.timetable.walking import near

MOST_RIDES = 3
"""Two changes: who needs more has no way by bus."""


# One person's question needs a fan for each kind of day, direction and mode; the questions derived from it (one
# place alone, something supposed) find them here.
@lru_cache(maxsize=48)
def fan(
    timetable: Timetable,
    mode: str,
    runs: Runs,
    *,
    homewards: bool,
    home: tuple[float, float],
    most_walk: int,
    most_minutes: int,
) -> Fan:
    """Journeys of at most `most_minutes` between a home (degrees) and every stop, with at most MOST_RIDES rides."""
    net = network(timetable, mode, runs, homewards=homewards)
    point = np.array([home[0]]), np.array([home[1]])
    walks = near(*point, timetable.latitude, timetable.longitude, within=most_walk)
    exits = np.full(net.stops, NEVER, dtype=np.int32)
    exits[walks.target] = walks.minutes
    leads = np.where(net.alights, np.minimum(net.arrive + exits[net.stop], NEVER), NEVER).astype(np.int64)
    values: list[Shorts] = []
    for _ in range(MOST_RIDES):
        aboard = _best_later(leads, net.trip)
        aboard = np.where(net.boards & (aboard - net.depart <= most_minutes), aboard, NEVER)
        values.append(aboard.astype(np.int16))
        if not len(net.change_to):
            break
        waiting = _best_from_here(aboard[net.order], net.stop[net.order])
        changed = np.minimum.reduceat(waiting[net.change_to], net.change_first)
        better = changed < leads[net.change_from]
        if not better.any():
            break
        leads[net.change_from[better]] = changed[better]
    return _fan(net, exits, tuple(values))


def _fan(net: Network, exits: Ints, values: tuple[Shorts, ...]) -> Fan:
    """Keep the journeys that no other from the same stop beats: leaving no earlier and home no later."""
    last = values[-1].astype(np.int32)
    call = net.order[last[net.order] < NEVER]
    arrive = last[call]
    key = net.stop[call].astype(np.int64) * SPAN + net.depart[call]
    inward = np.argsort(key * SPAN + (NEVER - arrive), kind="stable")
    call, arrive, key = call[inward], arrive[inward], key[inward]
    stop = net.stop[call]
    later = np.full(len(call), NEVER, dtype=np.int64)
    later[:-1] = np.where(stop[1:] == stop[:-1], _best_from_here(arrive.astype(np.int64), stop)[1:], NEVER)
    kept = arrive < later
    served = np.zeros(net.stops, dtype=bool)
    served[stop] = True
    return Fan(
        network=net,
        exits=exits,
        values=values,
        key=key[kept],
        stop=stop[kept],
        depart=net.depart[call][kept],
        arrive=arrive[kept],
        call=call[kept],
        served=served,
    )


def _best_from_here(values: NDArray[np.int64], group: Ints) -> NDArray[np.int64]:
    """Smallest value from each position to the end of its group; groups stand together, in rising order."""
    lifted = values + group.astype(np.int64) * SPAN
    best: NDArray[np.int64] = np.minimum.accumulate(lifted[::-1])[::-1] - group.astype(np.int64) * SPAN
    return best


def _best_later(values: NDArray[np.int64], trip: Ints) -> NDArray[np.int64]:
    """Smallest value of the later calls of the same trip; NEVER at its last."""
    later = np.full(len(values), NEVER, dtype=np.int64)
    if len(values):
        later[:-1] = np.where(trip[1:] == trip[:-1], _best_from_here(values, trip)[1:], NEVER)
    return later
