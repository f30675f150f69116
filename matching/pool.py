"""All opportunities of one municipality as columns: what the engine reads, whole arrays at a time.

`OpportunityPool.take` gives the same pool with fewer rows; asking it the same question must give the same answers
(the contract test does). Texts are kept beside the columns for reasons, and are never scanned.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from matching.columns import (
    FAIL,
    PASS,
    UNKNOWN,
    Bytes,
    Degrees,
    Floats,
    Ints,
    Masks,
    code_column,
    day_column,
    four_column,
    mask_column,
    real_column,
    valued_masks,
    whole_column,
)
from matching.facts import OpportunityFacts
from matching.recurrence import HORIZON_DAYS, Calendar, Horizon, Recurrence, days_on
from matching.text import TextColumn
from matching.vocabulary import ENUMS, INSURANCE_FITS, VOCABULARIES


@dataclass(frozen=True, kw_only=True)
class Slots:
    """Layer 4 flattened: one row a slot, `row` names its opportunity. Times in minutes, -1 unknown."""

    row: Ints
    start: Ints
    end: Ints
    open_places: Ints
    recurrences: tuple[Recurrence, ...]


@dataclass(frozen=True, kw_only=True)
class Pairs:
    """Facts of which a row has none, one or many: `row` names the opportunity, `value` is a number."""

    row: Ints
    value: Ints

    def take(self, chosen: NDArray[np.intp], place: Ints) -> Pairs:
        kept = np.isin(self.row, chosen)
        return Pairs(row=place[self.row[kept]], value=self.value[kept])


@dataclass(frozen=True, kw_only=True)
class OpportunityPool:
    """支援メニューの台帳 in columns of N rows. -1 and NaN are unknown; masks follow `matching.vocabulary` bits."""

    facts: tuple[OpportunityFacts, ...]
    calendar: Calendar
    latitude: Degrees
    longitude: Degrees
    place_error_km: Floats
    stop_walk_minutes: Ints
    stop_mode: Bytes
    activity_types: Masks
    meets_needs: Masks
    loads: Bytes
    hazards_yes: Masks
    hazards_conditional: Masks
    hazards_no: Masks
    heaviest_lift_kg: Degrees
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
    min_age: Ints
    max_age: Ints
    capacity_total: Ints
    open_places: Ints
    trial_places: Ints
    min_stay_minutes: Ints
    session_minutes: Ints
    group_size: Bytes
    talk_level: Ints
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
    host_concurrent_limit: Ints
    host_placed_now: Ints
    host_monthly_limit: Ints
    host_rest_days: Ints
    host_last_end: Ints
    host_burden: Ints
    host_reply_days: Ints
    host_intake_months: Pairs
    verified_on: Ints
    stale_after_days: Ints
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

    def __len__(self) -> int:
        return len(self.facts)

    def take(self, rows: Sequence[int] | NDArray[np.intp]) -> Self:
        """The same pool with these rows only, in this order."""
        chosen = np.asarray(rows, dtype=np.intp)
        place = np.full(len(self), -1, dtype=np.int32)
        place[chosen] = np.arange(len(chosen), dtype=np.int32)
        kept = np.flatnonzero(np.isin(self.slots.row, chosen))
        slots = Slots(
            row=place[self.slots.row[kept]],
            start=self.slots.start[kept],
            end=self.slots.end[kept],
            open_places=self.slots.open_places[kept],
            recurrences=tuple(self.slots.recurrences[slot] for slot in kept),
        )
        columns: dict[str, Any] = {
            field.name: value[chosen]
            for field in dataclasses.fields(self)
            if isinstance(value := getattr(self, field.name), np.ndarray)
        }
        pairs: dict[str, Any] = {
            field.name: value.take(chosen, place)
            for field in dataclasses.fields(self)
            if isinstance(value := getattr(self, field.name), Pairs)
        }
        facts = tuple(self.facts[row] for row in chosen)
        return dataclasses.replace(self, facts=facts, slots=slots, text=self.text.take(chosen), **columns, **pairs)

    def slot_days(self, horizon: Horizon) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
        """Per slot: the days it takes place, and those of them to be confirmed, as bits of the horizon."""
        pairs = [days_on(recurrence, horizon) for recurrence in self.slots.recurrences]
        on = np.array([days for days, _ in pairs], dtype=np.uint64)
        return on, np.array([confirm for _, confirm in pairs], dtype=np.uint64)

    @cached_property
    def row_of(self) -> dict[str, int]:
        """Opportunity ref to its row."""
        return {fact.ref: row for row, fact in enumerate(self.facts)}

    @cached_property
    def rows_of_host(self) -> dict[str, list[int]]:
        """Organization ref to the rows of its opportunities."""
        rows: dict[str, list[int]] = {}
        for row, fact in enumerate(self.facts):
            rows.setdefault(fact.host.ref, []).append(row)
        return rows

    def rows_in(self, districts: Iterable[str]) -> NDArray[np.bool_]:
        """Rows whose site lies in one of these districts."""
        wanted = [place for place, name in enumerate(self.districts) if name in set(districts)]
        return np.isin(self.district, wanted)


def month_number(day: date) -> int:
    """Calendar months counted from year 0, so that two days of one month are equal."""
    return day.year * 12 + day.month


def build_pool(facts: Iterable[OpportunityFacts], calendar: Calendar) -> OpportunityPool:
    """Columns from facts, ordered by ref so that the same catalogue gives the same pool."""
    rows = tuple(sorted(facts, key=lambda fact: fact.ref))
    hosts = [fact.host for fact in rows]
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
        latitude=real_column([fact.latitude for fact in rows]),
        longitude=real_column([fact.longitude for fact in rows]),
        place_error_km=np.array([fact.place_error_km for fact in rows], dtype=np.float32),
        stop_walk_minutes=whole_column([fact.stop_walk_minutes for fact in rows]),
        stop_mode=code_column([fact.stop_mode for fact in rows], VOCABULARIES["transport_modes"].codes),
        activity_types=mask_column([fact.activity_types for fact in rows], VOCABULARIES["activity_types"]),
        meets_needs=mask_column([fact.meets_needs for fact in rows], VOCABULARIES["participation_needs"]),
        loads=np.array(loads, dtype=np.int8).reshape(len(rows), 5),
        hazards_yes=hazards["yes"],
        hazards_conditional=hazards["conditional"],
        hazards_no=hazards["no"],
        heaviest_lift_kg=real_column([fact.heaviest_lift_kg for fact in rows]),
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
        min_age=whole_column([fact.min_age for fact in rows]),
        max_age=whole_column([fact.max_age for fact in rows]),
        capacity_total=whole_column([fact.capacity_total for fact in rows]),
        open_places=whole_column([fact.open_places for fact in rows]),
        trial_places=whole_column([fact.trial_places for fact in rows]),
        min_stay_minutes=whole_column([fact.min_stay_minutes for fact in rows]),
        session_minutes=whole_column([fact.session_minutes for fact in rows]),
        group_size=code_column([fact.group_size for fact in rows], VOCABULARIES["group_sizes"].codes),
        talk_level=whole_column([fact.talk_level for fact in rows]),
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
        host_concurrent_limit=whole_column([host.concurrent_limit for host in hosts]),
        host_placed_now=whole_column([host.placed_now for host in hosts]),
        host_monthly_limit=whole_column([host.new_intakes_per_month for host in hosts]),
        host_rest_days=whole_column([host.rest_days_after_end for host in hosts]),
        host_last_end=day_column([host.last_end_on for host in hosts]),
        host_burden=whole_column([host.burden for host in hosts]),
        host_reply_days=whole_column([host.typical_reply_days for host in hosts]),
        host_intake_months=_pairs([[month_number(day) for day in host.recent_intakes_on] for host in hosts]),
        verified_on=day_column([fact.verified_on for fact in rows]),
        stale_after_days=whole_column([fact.stale_after_days for fact in rows]),
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
        online=four_column([fact.online for fact in rows]),
        pickup=four_column([fact.pickup for fact in rows]),
        pickup_weekdays=np.array([_weekday_bits(fact.pickup_days) for fact in rows], dtype=np.int8),
        pickup_anywhere=np.array([fact.pickup_districts is None for fact in rows], dtype=np.int8),
        pickup_districts=_pairs([[number[name] for name in fact.pickup_districts or ()] for fact in rows]),
        district=whole_column([number[fact.district] if fact.district else None for fact in rows]),
        districts=districts,
        visible_from_street=four_column([fact.visible_from_street for fact in rows]),
        cost_waivable=four_column([fact.cost_waivable for fact in rows]),
        emergency_24h=four_column([fact.emergency_24h for fact in rows]),
        has_role=np.array([bool(fact.role_offered.strip()) for fact in rows], dtype=np.int8),
        slots=_flatten(rows),
        text=TextColumn.of([_searchable(fact) for fact in rows]),
    )


def _pairs(values: Sequence[Sequence[int]]) -> Pairs:
    flat = [(row, value) for row, several in enumerate(values) for value in several]
    return Pairs(
        row=np.array([row for row, _ in flat], dtype=np.int32),
        value=np.array([value for _, value in flat], dtype=np.int32),
    )


NEEDS_INSURANCE = ("unpaid_volunteer", "paid_volunteer", "work_experience", "certified_training")
"""Positions in which somebody on the spot must be insured (domain §3.3)."""


def _insurance_fit(fact: OpportunityFacts) -> int:
    """Whether this insurance can cover this position, as a verdict."""
    if fact.insurance_kind == "no_insurance" and (fact.engagement_type not in NEEDS_INSURANCE or fact.online == "yes"):
        # Checked, and nobody travels or works beside a machine: there is nothing to insure.
        return int(PASS)
    fit = INSURANCE_FITS.get((position_of(fact) or "", fact.insurance_kind or ""), "unknown")
    return int({"yes": PASS, "no": FAIL}.get(fit, UNKNOWN))


def position_of(fact: OpportunityFacts) -> str | None:
    """The position that insurance looks at: whoever is given something is no longer an unpaid volunteer (§3.3)."""
    paid = fact.engagement_type == "unpaid_volunteer" and (fact.reward_yen or 0) > 0
    return "paid_volunteer" if paid else fact.engagement_type


def _weekday_bits(days: frozenset[int] | None) -> int:
    return sum(1 << day for day in (range(7) if days is None else days))


def _flatten(rows: Sequence[OpportunityFacts]) -> Slots:
    flat = [(row, slot, slot.recurrence.span()) for row, fact in enumerate(rows) for slot in fact.slots]
    return Slots(
        row=np.array([row for row, _, _ in flat], dtype=np.int32),
        start=whole_column([span[0] if span else None for _, _, span in flat]),
        end=whole_column([span[1] if span else None for _, _, span in flat]),
        open_places=whole_column([slot.open_places for _, slot, _ in flat]),
        recurrences=tuple(slot.recurrence for _, slot, _ in flat),
    )


def _searchable(fact: OpportunityFacts) -> str:
    """The words of a place that a person's likes are compared with; never limits, conditions or negations."""
    return " ".join((fact.title, fact.plain_description, fact.role_offered, *fact.task_texts))


def horizon_of(pool: OpportunityPool, on: date) -> Horizon:
    """The nine weeks that are planned ahead, from the day after the question."""
    return Horizon(on + timedelta(days=1), HORIZON_DAYS, pool.calendar)
