"""All opportunities of one municipality as columns: what the engine reads, whole arrays at a time.

`OpportunityPool.take` gives the same pool with fewer rows; asking it the same question must give the same answers
(the contract test does). Texts are kept beside the columns for reasons, and are never scanned.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, Self, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from matching.columns.encodings import (
    Bytes,
    Degrees,
    Floats,
    Ints,
    Masks,
    Refs,
    Shorts,
    among,
)
from matching.columns.jagged import Pairs, Rows, Slots
from matching.columns.spatial_order import Bands, everywhere
from matching.columns.text import TextColumn
from matching.inputs.facts import OpportunityFacts
from matching.inputs.recurrence import HORIZON_DAYS, Calendar, Horizon
from matching.pool.pool_slices import Part, stacked
from matching.timetable.timetable import Timetable
from matching.timetable.walking import MOST_WALK_MINUTES, Nearby, near


class Kept(Protocol):
    """Something that has a value for each row, or several."""

    def take(self, rows: Rows, /) -> Self: ...

    @classmethod
    def stacked(cls, parts: Sequence[Self], /) -> Self: ...


MOST_KEPT = 4
"""Two things each of two dates: midnight may lie between two questions."""
TOLD = {"facts"}
"""What may be supposed of a pool without any answer changing."""
K = TypeVar("K", bound=Kept)
Maker = Callable[["OpportunityPool", date], Any]


@dataclass(frozen=True, kw_only=True, eq=False)
class OpportunityPool:
    """支援メニューの台帳 in columns of N rows. -1 and NaN are unknown; masks follow `matching.vocabulary` bits."""

    facts: Sequence[OpportunityFacts]
    calendar: Calendar
    refs: Refs
    rank: Ints
    host: Ints
    hosts: Refs
    timetable: Timetable | None
    latitude: Degrees
    longitude: Degrees
    place_error_km: Floats
    stop_walk_minutes: Shorts
    stop_mode: Bytes
    activity_types: Masks
    meets_needs: Masks
    loads: Bytes
    hazards_yes: Masks
    hazards_conditional: Masks
    hazards_no: Masks
    heaviest_lift_kg: Floats
    allergens_yes: Masks
    allergens_conditional: Masks
    allergens_no: Masks
    accommodations_yes: Masks
    accommodations_conditional: Masks
    accommodations_no: Masks
    restricted_to: Masks
    mix_yes: Masks
    mix_conditional: Masks
    mix_no: Masks
    age_bands: Bytes
    min_age: Shorts
    max_age: Shorts
    capacity_total: Shorts
    open_places: Shorts
    trial_places: Shorts
    min_stay_minutes: Shorts
    session_minutes: Shorts
    group_size: Bytes
    talk_level: Shorts
    drop_rule: Bytes
    organization_type: Bytes
    engagement_type: Bytes
    insurance_kind: Bytes
    insurance_fit: Bytes
    insurance_from: Ints
    insurance_until: Ints
    status: Bytes
    status_until: Ints
    host_status: Bytes
    host_status_until: Ints
    host_concurrent_limit: Shorts
    host_placed_now: Shorts
    host_monthly_limit: Shorts
    host_rest_days: Shorts
    host_last_end: Ints
    host_burden: Shorts
    host_reply_days: Shorts
    host_intake_months: Pairs
    verified_on: Ints
    stale_after_days: Shorts
    reward_yen: Ints
    worker_status_checked_on: Ints
    min_frequency: Bytes
    winter_access: Bytes
    has_next: Bytes
    cost_yen: Ints
    self_commute_required: Bytes
    accompaniment_required: Bytes
    minors_ok: Bytes
    age_flexible: Bytes
    visit_ok: Bytes
    trial_ok: Bytes
    observe_only_ok: Bytes
    online: Bytes
    pickup: Bytes
    pickup_weekdays: Bytes
    pickup_anywhere: Bytes
    pickup_districts: Pairs
    district: Ints
    districts: tuple[str, ...]
    visible_from_street: Bytes
    cost_waivable: Bytes
    emergency_24h: Bytes
    has_role: Bytes
    slots: Slots
    text: TextColumn

    _part: ClassVar[Part | None] = None
    """Of a part of another pool: where a column comes from when it is first read."""

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            if self._part is None or name.startswith("_"):
                raise AttributeError(name)
            column = self._part.column(name)
            vars(self)[name] = column
            return column

    @classmethod
    def _of(cls, part: Part) -> OpportunityPool:
        pool = object.__new__(cls)
        vars(pool)["_part"] = part
        return pool

    def _as_part(self) -> Part:
        return Part(self, None, {}) if self._part is None else self._part

    def __len__(self) -> int:
        return len(self.facts if self._part is None else self._part)

    def take(self, rows: Sequence[int] | Rows) -> OpportunityPool:
        """The same pool with these rows only, in this order."""
        return self._of(self._as_part().take(np.asarray(rows, dtype=np.intp)))

    def having(self, **columns: Any) -> OpportunityPool:
        """The same pool with other columns: what if this were so?"""
        return self._of(self._as_part().having(columns))

    @classmethod
    def stacked(cls, parts: Sequence[OpportunityPool]) -> OpportunityPool:
        """Parts of one pool, one below the other."""
        return cls._of(stacked([part._as_part() for part in parts]))

    def stands_in(self) -> tuple[OpportunityPool, Rows | None]:
        """(the pool that this one is a plain part of, where its rows stand there); itself, None where it is no such part."""
        part = self._part
        if (
            part is None
            or part.rows is None
            or part.supposed.keys() - TOLD
            or not isinstance(part.whole, OpportunityPool)
        ):
            return self, None
        return part.whole, part.rows

    @property
    def is_whole(self) -> bool:
        """No part of another pool, if its facts may be told from elsewhere: the rows stand in the order of their bands."""
        part = self._part
        return part is None or (part.rows is None and not part.supposed.keys() - TOLD)

    @cached_property
    def bands(self) -> Bands:
        """Where the rows of a neighbourhood stand, in a whole pool."""
        return Bands.of(
            self.latitude, self.longitude, everywhere(self.latitude, self.longitude, self.online, self.place_error_km)
        )

    @cached_property
    def kept(self) -> dict[tuple[str, date], tuple[Kept, Maker]]:
        """Of a whole pool what is the same for everybody on a date: worked out once, and moved along when pools are joined."""
        return {}

    def once(self, name: str, on: date, make: Callable[[OpportunityPool, date], K]) -> K:
        """What `make` works out of this pool and date; of a plain part, those rows of what is kept of the whole."""
        whole, rows = self.stands_in()
        if rows is not None:
            return whole.once(name, on, make).take(rows)
        if not self.is_whole:
            return make(self, on)
        kept = self.kept.get((name, on))
        if kept is not None:
            return cast(K, kept[0])
        made = make(self, on)
        self.kept[name, on] = made, make
        for old in list(self.kept)[:-MOST_KEPT]:
            self.kept.pop(old, None)
        return made

    @cached_property
    def walks_to_stops(self) -> Nearby:
        """The stops of the timetable within a walk of every site."""
        if self._part is not None and not self._part.supposed.keys() & {"latitude", "longitude", "timetable"}:
            walks: Nearby = self._part.column("walks_to_stops")
            return walks
        no_stops = np.zeros(0)
        to = (no_stops, no_stops) if self.timetable is None else (self.timetable.latitude, self.timetable.longitude)
        return near(self.latitude, self.longitude, *to, within=MOST_WALK_MINUTES)

    @cached_property
    def row_of(self) -> dict[str, int]:
        """Opportunity ref to its row."""
        return {ref: row for row, ref in enumerate(self.refs.tolist())}

    @cached_property
    def _by_ref(self) -> Ints:
        """Rows in the order of their refs."""
        rows = np.empty(len(self), dtype=np.int32)
        rows[self.rank] = np.arange(len(self), dtype=np.int32)
        return rows

    def rows_with(self, refs: Iterable[str]) -> Rows:
        """Rows of these opportunities, as far as the pool knows them."""
        if self._part is not None:
            return self._part.rows_with(refs)
        found = (_place_of(ref, len(self), lambda place: self.refs[self._by_ref[place]]) for ref in sorted(refs))
        return np.array([self._by_ref[place] for place in found if place is not None], dtype=np.intp)

    def host_numbers(self, refs: Iterable[str]) -> list[int]:
        """Numbers in `host` of these organizations, as far as the pool knows them."""
        found = (_place_of(ref, len(self.hosts), lambda place: self.hosts[place]) for ref in sorted(refs))
        return [place for place in found if place is not None]

    def rows_in(self, districts: Iterable[str]) -> NDArray[np.bool_]:
        """Rows whose site lies in one of these districts."""
        named = set(districts)
        return among(self.district, [place for place, name in enumerate(self.districts) if name in named])


def _place_of(ref: str, count: int, ref_at: Callable[[int], str]) -> int | None:
    """Where `ref` stands among `count` refs in order; None where it is not among them."""
    place = bisect_left(range(count), ref, key=ref_at)
    return place if place < count and ref_at(place) == ref else None


def month_number(day: date) -> int:
    """Calendar months counted from year 0, so that two days of one month are equal."""
    return day.year * 12 + day.month


def ranks(refs: Refs) -> Ints:
    """The place of each ref among all of them in order."""
    rank = np.empty(len(refs), dtype=np.int32)
    rank[np.argsort(refs, kind="stable")] = np.arange(len(refs), dtype=np.int32)
    return rank


def horizon_of(pool: OpportunityPool, on: date) -> Horizon:
    """The nine weeks that are planned ahead, from the day after the question."""
    return Horizon(on + timedelta(days=1), HORIZON_DAYS, pool.calendar)
