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

from matching.bands import Bands, everywhere, order
from matching.columns import (
    FAIL,
    PASS,
    UNKNOWN,
    Bytes,
    Degrees,
    Floats,
    Ints,
    Masks,
    Refs,
    Shorts,
    among,
    code_column,
    day_column,
    degree_column,
    four_column,
    mask_column,
    ref_column,
    short_column,
    valued_masks,
    whole_column,
)
from matching.facts import OpportunityFacts
from matching.ragged import Pairs, Rows, Slots, beginnings
from matching.recurrence import HORIZON_DAYS, Calendar, Horizon
from matching.text import TextColumn
from matching.times import Times
from matching.timetable import Timetable
from matching.views import Part, stacked
from matching.vocabulary import ENUMS, INSURANCE_FITS, VOCABULARIES
from matching.walking import MOST_WALK_MINUTES, Nearby, near


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


def build_pool(
    facts: Iterable[OpportunityFacts], calendar: Calendar, timetable: Timetable | None = None
) -> OpportunityPool:
    """Columns from facts, ordered so that neighbours stand together and the same catalogue gives the same pool."""
    by_ref = sorted(facts, key=lambda fact: fact.ref)
    points = [_point(fact) for fact in by_ref]
    latitude, longitude = (degree_column([point[axis] for point in points]) for axis in (0, 1))
    online = four_column([fact.online for fact in by_ref])
    place_error_km = np.array([fact.place_error_km for fact in by_ref], dtype=np.float32)
    ordered = order(latitude, longitude, everywhere(latitude, longitude, online, place_error_km))
    rows = tuple(by_ref[row] for row in ordered.tolist())
    refs = ref_column([fact.ref for fact in rows])
    hosts = [fact.host for fact in rows]
    host_refs = sorted({host.ref for host in hosts})
    host_number = {ref: place for place, ref in enumerate(host_refs)}
    hazards = valued_masks([fact.hazards for fact in rows], VOCABULARIES["hazards"])
    allergens = valued_masks([fact.allergens for fact in rows], VOCABULARIES["allergens"])
    accommodations = valued_masks([fact.accommodations for fact in rows], VOCABULARIES["accommodations"])
    mix = valued_masks([fact.mix for fact in rows], VOCABULARIES["companions"])
    names = {name for fact in rows for name in (fact.district, *(fact.pickup_districts or ())) if name}
    districts = tuple(sorted(names))
    number = {name: place for place, name in enumerate(districts)}
    loads = [[-1 if level is None else level for level in fact.loads] for fact in rows]
    return OpportunityPool(
        facts=rows,
        calendar=calendar,
        refs=refs,
        rank=ranks(refs),
        host=whole_column([host_number[host.ref] for host in hosts]),
        hosts=ref_column(host_refs),
        timetable=timetable,
        latitude=latitude[ordered],
        longitude=longitude[ordered],
        place_error_km=place_error_km[ordered],
        stop_walk_minutes=short_column([fact.stop_walk_minutes for fact in rows]),
        stop_mode=code_column([fact.stop_mode for fact in rows], VOCABULARIES["transport_modes"].codes),
        activity_types=mask_column([fact.activity_types for fact in rows], VOCABULARIES["activity_types"]),
        meets_needs=mask_column([fact.meets_needs for fact in rows], VOCABULARIES["participation_needs"]),
        loads=np.asfortranarray(np.array(loads, dtype=np.int8).reshape(len(rows), 5)),
        hazards_yes=hazards["yes"],
        hazards_conditional=hazards["conditional"],
        hazards_no=hazards["no"],
        heaviest_lift_kg=degree_column([fact.heaviest_lift_kg for fact in rows]).astype(np.float32),
        allergens_yes=allergens["yes"],
        allergens_conditional=allergens["conditional"],
        allergens_no=allergens["no"],
        accommodations_yes=accommodations["yes"],
        accommodations_conditional=accommodations["conditional"],
        accommodations_no=accommodations["no"],
        restricted_to=mask_column([fact.restricted_to for fact in rows], VOCABULARIES["restrictions"]),
        mix_yes=mix["yes"],
        mix_conditional=mix["conditional"],
        mix_no=mix["no"],
        age_bands=np.array([ENUMS["age_band"].mask(fact.age_bands_present) for fact in rows], dtype=np.int8),
        min_age=short_column([fact.min_age for fact in rows]),
        max_age=short_column([fact.max_age for fact in rows]),
        capacity_total=short_column([fact.capacity_total for fact in rows]),
        open_places=short_column([fact.open_places for fact in rows]),
        trial_places=short_column([fact.trial_places for fact in rows]),
        min_stay_minutes=short_column([fact.min_stay_minutes for fact in rows]),
        session_minutes=short_column([fact.session_minutes for fact in rows]),
        group_size=code_column([fact.group_size for fact in rows], VOCABULARIES["group_sizes"].codes),
        talk_level=short_column([fact.talk_level for fact in rows]),
        drop_rule=code_column([fact.drop_rule for fact in rows], VOCABULARIES["drop_rules"].codes),
        organization_type=code_column([host.type for host in hosts], VOCABULARIES["organization_types"].codes),
        insurance_kind=code_column([fact.insurance_kind for fact in rows], VOCABULARIES["insurance_kinds"].codes),
        insurance_fit=np.array([_insurance_fit(fact) for fact in rows], dtype=np.int8),
        insurance_from=day_column([fact.insurance_from for fact in rows]),
        insurance_until=day_column([fact.insurance_until for fact in rows]),
        engagement_type=code_column([fact.engagement_type for fact in rows], VOCABULARIES["engagement_types"].codes),
        status=code_column([fact.status for fact in rows], ENUMS["opportunity_status"].codes),
        status_until=day_column([fact.status_until for fact in rows]),
        host_status=code_column([host.status for host in hosts], ENUMS["organization_status"].codes),
        host_status_until=day_column([host.status_until for host in hosts]),
        host_concurrent_limit=short_column([host.concurrent_limit for host in hosts]),
        host_placed_now=short_column([host.placed_now for host in hosts]),
        host_monthly_limit=short_column([host.new_intakes_per_month for host in hosts]),
        host_rest_days=short_column([host.rest_days_after_end for host in hosts]),
        host_last_end=day_column([host.last_end_on for host in hosts]),
        host_burden=short_column([host.burden for host in hosts]),
        host_reply_days=short_column([host.typical_reply_days for host in hosts]),
        host_intake_months=Pairs.of([[month_number(day) for day in host.recent_intakes_on] for host in hosts]),
        verified_on=day_column([fact.verified_on for fact in rows]),
        stale_after_days=short_column([fact.stale_after_days for fact in rows]),
        reward_yen=whole_column([fact.reward_yen for fact in rows]),
        worker_status_checked_on=day_column([fact.worker_status_checked_on for fact in rows]),
        min_frequency=code_column([fact.min_frequency for fact in rows], ENUMS["frequency"].codes),
        winter_access=four_column([fact.winter_access for fact in rows]),
        has_next=np.array([bool(fact.next_opportunities) for fact in rows], dtype=np.int8),
        cost_yen=whole_column([fact.cost_yen for fact in rows]),
        self_commute_required=four_column([fact.self_commute_required for fact in rows]),
        accompaniment_required=four_column([fact.accompaniment_required for fact in rows]),
        minors_ok=four_column([fact.minors_ok for fact in rows]),
        age_flexible=four_column([fact.age_flexible for fact in rows]),
        visit_ok=four_column([fact.visit_ok for fact in rows]),
        trial_ok=four_column([fact.trial_ok for fact in rows]),
        observe_only_ok=four_column([fact.observe_only_ok for fact in rows]),
        online=online[ordered],
        pickup=four_column([fact.pickup for fact in rows]),
        pickup_weekdays=np.array([_weekday_bits(fact.pickup_days) for fact in rows], dtype=np.int8),
        pickup_anywhere=np.array([fact.pickup_districts is None for fact in rows], dtype=np.int8),
        pickup_districts=Pairs.of([[number[name] for name in fact.pickup_districts or ()] for fact in rows]),
        district=whole_column([number[fact.district] if fact.district else None for fact in rows]),
        districts=districts,
        visible_from_street=four_column([fact.visible_from_street for fact in rows]),
        cost_waivable=four_column([fact.cost_waivable for fact in rows]),
        emergency_24h=four_column([fact.emergency_24h for fact in rows]),
        has_role=np.array([bool(fact.role_offered.strip()) for fact in rows], dtype=np.int8),
        slots=_flatten(rows),
        text=TextColumn.of([_searchable(fact) for fact in rows]),
    )


def _point(fact: OpportunityFacts) -> tuple[float | None, float | None]:
    """Half a point is none."""
    known = fact.latitude is not None and fact.longitude is not None
    return (fact.latitude, fact.longitude) if known else (None, None)


def ranks(refs: Refs) -> Ints:
    """The place of each ref among all of them in order."""
    rank = np.empty(len(refs), dtype=np.int32)
    rank[np.argsort(refs, kind="stable")] = np.arange(len(refs), dtype=np.int32)
    return rank


EMPLOYED = ("employment", "certified_training_employed")
"""Positions whose insurance (労災・雇用保険) is no choice."""
NEEDS_INSURANCE = ("unpaid_volunteer", "paid_volunteer", "work_experience", "certified_training")
"""Positions in which somebody on the spot must be insured (domain §3.3)."""


def _insurance_fit(fact: OpportunityFacts) -> int:
    """Whether this insurance can cover this position, as a verdict."""
    if fact.insurance_kind == "no_insurance":
        # Checked, and nobody travels or works beside a machine: there is nothing to insure.
        at_home = fact.online == "yes" and fact.engagement_type not in EMPLOYED
        return int(PASS if at_home else FAIL if fact.engagement_type in EMPLOYED else UNKNOWN)
    fit = INSURANCE_FITS.get((position_of(fact) or "", fact.insurance_kind or ""), "unknown")
    return int({"yes": PASS, "no": FAIL}.get(fit, UNKNOWN))


def position_of(fact: OpportunityFacts) -> str | None:
    """The position that insurance looks at: whoever is given something is no longer an unpaid volunteer (§3.3)."""
    paid = fact.engagement_type == "unpaid_volunteer" and (fact.reward_yen or 0) > 0
    return "paid_volunteer" if paid else fact.engagement_type


def _weekday_bits(days: frozenset[int] | None) -> int:
    return sum(1 << day for day in (range(7) if days is None else days))


def _flatten(rows: Sequence[OpportunityFacts]) -> Slots:
    flat = [slot for fact in rows for slot in fact.slots]
    spans = [slot.recurrence.span() for slot in flat]
    times, time = Times.of(slot.recurrence for slot in flat)
    return Slots(
        first=beginnings([len(fact.slots) for fact in rows]),
        start=short_column([span[0] if span else None for span in spans]),
        end=short_column([span[1] if span else None for span in spans]),
        open_places=short_column([slot.open_places for slot in flat]),
        time=time,
        times=times,
    )


def _searchable(fact: OpportunityFacts) -> str:
    """The words of a place that a person's likes are compared with; never limits, conditions or negations."""
    return " ".join((fact.title, fact.plain_description, fact.role_offered, *fact.task_texts))


def horizon_of(pool: OpportunityPool, on: date) -> Horizon:
    """The nine weeks that are planned ahead, from the day after the question."""
    return Horizon(on + timedelta(days=1), HORIZON_DAYS, pool.calendar)
