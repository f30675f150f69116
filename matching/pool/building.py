"""From the facts of opportunities to the columns of a pool."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from matching.columns.encodings import (
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
from matching.columns.jagged import Pairs, Slots, beginnings
from matching.columns.slot_patterns import Times
from matching.columns.spatial_order import everywhere, order
from matching.columns.text import TextColumn
from matching.inputs.facts import OpportunityFacts
from matching.inputs.recurrence import Calendar
from matching.pool.opportunity_pool import OpportunityPool, month_number, ranks
from matching.pool.participation_roles import insurance_fit
from matching.timetable.timetable import Timetable
from matching.vocabulary import ENUMS, VOCABULARIES


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
        insurance_fit=np.array([insurance_fit(fact) for fact in rows], dtype=np.int8),
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
        days_told=np.array([slot.days_told for slot in flat], dtype=np.bool_),
        time=time,
        times=times,
    )


def _searchable(fact: OpportunityFacts) -> str:
    """The words of a place that a person's likes are compared with; never limits, conditions or negations."""
    return " ".join((fact.title, fact.plain_description, fact.role_offered, *fact.task_texts))
