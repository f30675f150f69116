"""The rides to one place alone, day by day, with the names of the stops (実際の便).

Same search as the one over the whole catalogue in `matching.travel.sessions`; days of one kind are asked about once.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from matching.columns.encodings import FAIL
from matching.question.answers import Ride, RoundTrip
from matching.timetable.journeys import Fan
from matching.timetable.visits import Visits
from matching.travel.rides import Rides, Span


@dataclass(frozen=True)
class Outing:
    """One visit in minutes of the day, and how long the longer way takes with the wait for the ride home.

    `round_trip` where a timetable says how; `to_confirm` where one should but does not know that day.
    """

    start: int
    end: int
    minutes: int
    round_trip: RoundTrip | None
    to_confirm: bool


@dataclass(frozen=True, eq=False)
class RoundTrips:
    """Outings by one way to row 0 of a question about one place, within one horizon."""

    rides: Rides
    enough: int
    worth_asking: int
    _asked: dict[tuple[int, int], dict[int, Outing | None]] = field(default_factory=dict)

    @property
    def silent(self) -> bool:
        return bool(self.rides.silent[0])

    def knows(self, bit: int) -> bool:
        """Whether on this day of the horizon a missing ride is no ride."""
        return bool(int(self.rides.known_days()[0]) >> bit & 1)

    def on(self, bit: int, start: int, end: int) -> Outing | None:
        """The best outing between these minutes of a day of the horizon."""
        asked = self._asked.setdefault((start, end), {})
        known = next((days for days in asked if days >> bit & 1), None)
        if known is not None:
            return asked[known]
        columns = (np.array([value], dtype=np.int32) for value in (start, end, self.enough, self.worth_asking))
        span = Span(np.zeros(1, dtype=np.int32), np.array([1 << bit], dtype=np.uint64), *columns)
        alike, outing = 1 << bit, None
        for days, _, wish, connections in self.rides.meet(span):
            visits = connections.visits(wish)
            alike = days
            if visits.verdict[0] > FAIL:
                outing = self._outing(visits, connections.there, connections.back)
        asked[alike] = outing
        return outing

    def _outing(self, visits: Visits, there: Fan, back: Fan) -> Outing:
        leave, arrive, depart, home = (
            int(column[0]) for column in (visits.leave, visits.arrive, visits.depart, visits.home)
        )
        return Outing(
            start=int(visits.start[0]),
            end=int(visits.end[0]),
            minutes=max(arrive - leave, home - int(visits.end[0])),
            round_trip=RoundTrip(
                there=self._ride(there, int(visits.ride_there[0]), leave, arrive),
                back=self._ride(back, int(visits.ride_back[0]), depart, home),
            ),
            to_confirm=False,
        )

    def _ride(self, fan: Fan, entry: int, leave: int, arrive: int) -> Ride | None:
        """The journey behind an entry of a fan as one travels it, whichever way its clock runs."""
        if entry < 0:
            return None
        net, names = fan.network, self.rides.timetable.stop_names
        legs = fan.legs(entry)
        if not net.homewards:
            legs = [(off, on) for on, off in reversed(legs)]
        (first, _), (_, last) = legs[0], legs[-1]
        board, alight = (net.depart, net.arrive) if net.homewards else (net.arrive, net.depart)
        return Ride(
            mode=self.rides.mode,
            leave=leave,
            depart=net.minute(int(board[first])),
            from_stop=names[net.stop[first]],
            reach=net.minute(int(alight[last])),
            to_stop=names[net.stop[last]],
            arrive=arrive,
            changes=tuple(names[net.stop[off]] for _, off in legs[:-1]),
        )
