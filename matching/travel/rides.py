"""A person's own way by bus or train where a timetable knows it: which slots they can ride to and home from.

The timetable decides for the days it covers; for a day that it does not, and for a place or a home with no stop in it
where there is said to be one, it is silent, and the stated speed model answers "perhaps" at most (`Way.guess`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from matching.columns.encodings import FAIL, PASS, UNKNOWN, Bools, Ints, Verdicts
from matching.columns.jagged import Rows
from matching.inputs.profile import ParticipantProfile, TravelMode
from matching.inputs.recurrence import DAY_MINUTES, Horizon
from matching.pool.opportunity_pool import OpportunityPool
from matching.timetable.connections import LONGEST_WAIT_MINUTES, Connections
from matching.timetable.journey_search import fan
from matching.timetable.journeys import NEVER
from matching.timetable.service_days import Runs, ServiceDay, service_days
from matching.timetable.timetable import Timetable
from matching.timetable.visits import Wish
from matching.timetable.walking import MOST_WALK_MINUTES, WALK_MINUTES, Nearby, minutes_on_foot, near
from matching.vocabulary import VOCABULARIES

ASKED_RIDE_MINUTES = 120
"""With no limit known, rides up to this long are worth a question."""
ROUGHLY_KM = 0.5
"""Where somebody or something lies this roughly, nobody can say which stop is near."""
_COME_AND_GO = {"free": PASS, "with_notice": PASS, "difficult": FAIL}


@dataclass(frozen=True, eq=False)
class Span:
    """Slots of places `row` with the person's free time taken into account: the days, from when, until when."""

    row: Ints
    days: NDArray[np.uint64]
    start: Ints
    end: Ints
    enough: Ints
    worth_asking: Ints


@dataclass(frozen=True, eq=False)
class Rides:
    """One mode of one person to all N places. `silent` are the places the timetable has nothing to say about."""

    timetable: Timetable
    mode: str
    horizon: Horizon
    home: tuple[float, float]
    most_walk: int
    walks: Nearby
    on_foot: Ints
    silent: Bools
    come_and_go: Verdicts
    limit: int
    firm: bool
    not_before: int
    not_after: int
    longest: int | None

    @property
    def longest_ride(self) -> int:
        return self.limit if self.firm else ASKED_RIDE_MINUTES

    def take(self, rows: Rows) -> Rides:
        """The same rides to these places alone."""
        return replace(
            self,
            walks=self.walks.take(rows),
            on_foot=self.on_foot[rows],
            silent=self.silent[rows],
            come_and_go=self.come_and_go[rows],
        )

    def connections(self, runs: Runs) -> Connections:
        there, back = (
            fan(
                self.timetable,
                self.mode,
                runs,
                homewards=homewards,
                home=self.home,
                most_walk=self.most_walk,
                most_minutes=self.longest_ride,
            )
            for homewards in (False, True)
        )
        return Connections(there, back, self.walks, self.on_foot, self.longest_ride)

    def known_days(self) -> NDArray[np.uint64]:
        """Per place: the days of the horizon on which a missing ride is no ride."""
        complete = sum(kind.days for kind in self._kinds(before=False, after=False) if kind.complete)
        return np.where(self.silent, np.uint64(0), np.uint64(complete))

    def reach(self, days: int) -> tuple[NDArray[np.float32], Verdicts]:
        """Minutes one way at the best hour of any of these days, and whether there is any ride; NaN and FAIL for none."""
        best = np.full(len(self.on_foot), NEVER, dtype=np.int32)
        for kind in self._kinds(before=False, after=False):
            if kind.days & days:
                both = self.connections(kind.runs)
                best = np.minimum(best, np.maximum(both.there.quickest(self.walks), both.back.quickest(self.walks)))
        best = np.minimum(best, self.on_foot)
        reach = np.where(best <= self.limit, PASS, np.where(best < NEVER, UNKNOWN, FAIL)).astype(np.int8)
        return np.where(best < NEVER, best, np.nan).astype(np.float32), reach

    def meet(self, span: Span) -> Iterator[tuple[int, NDArray[np.intp], Wish, Connections]]:
        """(days of one kind, which slots take place on any, what is wished, how one gets there).

        What is on no day, too short, or at a silent place, is left out.
        """
        open_ = (span.days != 0) & ~self.silent[span.row] & (span.end - span.start >= span.worth_asking)
        # Last night's and tomorrow's vehicles only where they can matter: so nearly all days stay of few kinds.
        reach = self.longest_ride + LONGEST_WAIT_MINUTES
        night = span.start - reach < max(0, self.timetable.latest - DAY_MINUTES)
        tomorrow = span.end + reach > DAY_MINUTES
        for group in np.unique(night[open_] * 2 + tomorrow[open_]):
            ours = open_ & (night * 2 + tomorrow == group)
            for kind in self._kinds(before=bool(group & 2), after=bool(group & 1)):
                chosen = np.flatnonzero(ours & (span.days & np.uint64(kind.days) != 0))
                if len(chosen):
                    yield kind.days, chosen, self._wish(span, chosen), self.connections(kind.runs)

    def _kinds(self, *, before: bool, after: bool) -> tuple[ServiceDay, ...]:
        return service_days(self.timetable, self.mode, self.horizon, before=before, after=after)

    def _wish(self, span: Span, chosen: NDArray[np.intp]) -> Wish:
        row = span.row[chosen]
        return Wish(
            row=row,
            start=span.start[chosen].astype(np.int32),
            end=span.end[chosen].astype(np.int32),
            enough=span.enough[chosen],
            worth_asking=span.worth_asking[chosen],
            come_and_go=self.come_and_go[row],
            longest=self.longest,
            limit=self.limit,
            firm=self.firm,
            not_before=self.not_before,
            not_after=self.not_after,
        )


def rides(
    travel: TravelMode, profile: ParticipantProfile, pool: OpportunityPool, horizon: Horizon, *, limit: int, firm: bool
) -> Rides | None:
    """The rides of one of the person's modes; None where no timetable can say anything about it."""
    timetable = pool.timetable
    if timetable is None or not timetable.has(travel.mode) or profile.latitude is None or profile.longitude is None:
        return None
    most_walk = _walking_limit(profile)
    walks = pool.walks_to_stops.within(most_walk)
    home = profile.latitude, profile.longitude
    here = np.array([home[0]]), np.array([home[1]])
    # Who takes the bus where this timetable has no stop takes another operator's, or lives only roughly there.
    stops = near(*here, timetable.latitude, timetable.longitude, within=most_walk).count[0]
    stranger = not stops or profile.home_error_km > ROUGHLY_KM
    roughly = np.isnan(pool.latitude) | (pool.place_error_km > ROUGHLY_KM)
    afoot = minutes_on_foot(pool.latitude, pool.longitude, *here)
    on_foot = np.where(afoot <= min(most_walk, limit), afoot, NEVER).astype(np.int32)
    said = pool.stop_mode == VOCABULARIES["transport_modes"].bit[travel.mode]
    return Rides(
        timetable=timetable,
        mode=travel.mode,
        horizon=horizon,
        home=home,
        most_walk=most_walk,
        walks=walks,
        on_foot=on_foot,
        silent=stranger | roughly | (said & (walks.count == 0) & (on_foot == NEVER)),
        come_and_go=_come_and_go(pool),
        limit=limit,
        firm=firm,
        not_before=-DAY_MINUTES if travel.not_before is None else travel.not_before,
        not_after=3 * DAY_MINUTES if travel.not_after is None else travel.not_after,
        longest=profile.session_max_minutes,
    )


def _walking_limit(profile: ParticipantProfile) -> int:
    stated = [one.max_minutes for one in profile.transport or () if one.mode == "walk" and one.max_minutes is not None]
    return min(stated[0], MOST_WALK_MINUTES) if stated else WALK_MINUTES


def _come_and_go(pool: OpportunityPool) -> Verdicts:
    """Whether arriving late or leaving early is all right with the host (遅刻・早退)."""
    codes = VOCABULARIES["drop_rules"].codes
    verdicts = np.array([*(_COME_AND_GO[code] for code in codes), UNKNOWN], dtype=np.int8)
    known: Verdicts = verdicts[pool.drop_rule]
    return known
