"""The common rules, one opportunity at a time, on the records themselves: each yields where it says no."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from matching.constraints.intake import TOO_HEAVY
from matching.constraints.load import CARRIERS
from matching.constraints.status import HOST_READY, PAUSES, READY
from matching.profile import ParticipantProfile
from matching.vocabulary import LOAD_AXES
from models.opportunity import Opportunity, Slot
from models.organization import Organization
from models.snapshots import slot_recurrence
from tests.bench import hours
from tests.conftest import ON


def failures(
    profile: ParticipantProfile, opportunity: Opportunity, host: Organization, slots: Sequence[Slot]
) -> Iterator[str]:
    """Codes of the rules that fail, without the distance."""
    conditions = opportunity.conditions or {}
    offered = opportunity.accommodations or {}
    state, host_state = opportunity.status or "unverified", host.status or "unverified"
    if _not_ready(state, opportunity.status_until, READY) or _not_ready(host_state, host.status_until, HOST_READY):
        yield "status"
    if opportunity.emergency_24h == "yes":
        yield "emergency_only"
    if _no_place(opportunity, slots) or _full(state, opportunity.status_until) or _full(host_state, host.status_until):
        yield "open_places"
    limit, placed = host.concurrent_limit, host.placed_now
    if (limit is not None and placed is not None and placed >= limit) or (host.burden or {}).get(
        "level", 0
    ) >= TOO_HEAVY:
        yield "intake"
    longest, shortest = profile.session_max_minutes, opportunity.min_stay_minutes
    if longest is not None and shortest is not None and shortest > longest:
        yield "stay"
    if _wrong_age(profile.age, conditions):
        yield "age"
    if set(conditions.get("restricted_to") or ()) - set(profile.restricted_ok):
        yield "restrictions"
    if _dangerous(profile, opportunity):
        yield "hazards"
    if any(
        has == "yes" and (opportunity.allergens_present or {}).get(code) == "yes"
        for code, has in profile.allergies.items()
    ):
        yield "allergens"
    if any(offered.get(code) == "no" for code in profile.required_accommodations):
        yield "accommodations"
    if _too_heavy(profile, opportunity.loads or {}, offered, (opportunity.pickup or {}).get("available")):
        yield "load"
    open_hours = hours.together(slot_recurrence(slot) for slot in slots)
    free = hours.of_person(profile)
    if any(open_hours) and not any(a & b for a, b in zip(open_hours, free, strict=True)):
        yield "hours"


def _not_ready(status: str, until: date | None, ready: Sequence[str]) -> bool:
    return status not in ready and not (status in PAUSES and until is not None and until < ON)


def _full(status: str, until: date | None) -> bool:
    return status == "full" and (until is None or until >= ON)


def _no_place(opportunity: Opportunity, slots: Sequence[Slot]) -> bool:
    known = [number for number in (opportunity.open_places, opportunity.trial_places) if number is not None]
    if known:
        return max(known) == 0
    return bool(slots) and all(slot.open_places == 0 for slot in slots)


def _wrong_age(age: int | None, conditions: Mapping[str, Any]) -> bool:
    if age is None:
        return False
    least, most = conditions.get("min_age"), conditions.get("max_age")
    outside = (least is not None and age < least) or (most is not None and age > most)
    return outside or (age < 18 and conditions.get("minors_ok") == "no")


def _dangerous(profile: ParticipantProfile, opportunity: Opportunity) -> bool:
    hazards, heaviest, lift = opportunity.hazards or {}, opportunity.heaviest_lift_kg, profile.max_lift_kg
    lifts = hazards.get("heavy_lifting") == "yes" and lift is not None and heaviest is not None and heaviest > lift
    return lifts or any(hazards.get(code) == "yes" for code in profile.work_limits)


def _too_heavy(
    profile: ParticipantProfile, loads: Mapping[str, int], offered: Mapping[str, str], pickup: str | None
) -> bool:
    gaps = gaps_of(profile, loads)
    stretches = [axis for axis, gap in gaps.items() if gap == 1]
    if any(gap >= 2 for gap in gaps.values()) or len(stretches) > 1:
        return True
    for axis in stretches:
        answers = [offered.get(code, "unknown") for code in CARRIERS[axis]]
        answers += [pickup or "unknown"] if axis == "outing" else []
        if "no" in answers and not {"yes", "conditional"} & set(answers):
            return True
    return False


def gaps_of(profile: ParticipantProfile, loads: Mapping[str, int]) -> dict[str, int]:
    """Load minus capacity on the axes where both are known."""
    capacities = dict(zip(LOAD_AXES, profile.capacities, strict=True))
    return {
        axis: loads[axis] - capacity for axis, capacity in capacities.items() if capacity is not None and axis in loads
    }
