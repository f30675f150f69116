"""The common ground's rules, one opportunity at a time, on the records themselves: each yields where it says no."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from matching.inputs.profile import ParticipantProfile
from matching.vocabulary import LOAD_AXES
from models.opportunity import Opportunity, Slot
from models.organization import Organization
from models.snapshots import slot_recurrence
from tests.bench import hours
from tests.bench.common import ADULT, CLOSED, CLOSED_HOST, TOO_MUCH


def failures(
    profile: ParticipantProfile, opportunity: Opportunity, host: Organization, slots: Sequence[Slot]
) -> Iterator[str]:
    """Names of the rules that fail, without the distance."""
    conditions = opportunity.conditions or {}
    if opportunity.status in CLOSED or host.status in CLOSED_HOST:
        yield "state"
    places = [number for number in (opportunity.open_places, opportunity.trial_places) if number is not None]
    if places and max(places) == 0:
        yield "free places"
    limit, placed = host.concurrent_limit, host.placed_now
    full = limit is not None and placed is not None and placed >= limit
    if full or (host.burden or {}).get("level", 0) >= TOO_MUCH:
        yield "host's limit"
    longest, shortest = profile.session_max_minutes, opportunity.min_stay_minutes
    if longest is not None and shortest is not None and shortest > longest:
        yield "shortest stay"
    if _wrong_age(profile.age, conditions):
        yield "age"
    if set(conditions.get("restricted_to") or ()) - set(profile.restricted_ok):
        yield "restrictions"
    if _any(opportunity.hazards, "yes", profile.work_limits):
        yield "hazards"
    if _any(opportunity.allergens_present, "yes", [code for code, has in profile.allergies.items() if has == "yes"]):
        yield "allergens"
    if _any(opportunity.accommodations, "no", profile.required_accommodations):
        yield "accommodations"
    gaps = gaps_of(profile, opportunity.loads or {})
    if any(gap >= 2 for gap in gaps.values()) or list(gaps.values()).count(1) > 1:
        yield "load"
    open_hours = hours.together(slot_recurrence(slot) for slot in slots)
    if any(open_hours) and not any(
        here & free for here, free in zip(open_hours, hours.of_person(profile), strict=True)
    ):
        yield "hours of the week"


def _any(answers: Mapping[str, Any] | None, answer: str, codes: Sequence[str]) -> bool:
    return any((answers or {}).get(code) == answer for code in codes)


def _wrong_age(age: int | None, conditions: Mapping[str, Any]) -> bool:
    if age is None:
        return False
    least, most = conditions.get("min_age"), conditions.get("max_age")
    outside = (least is not None and age < least) or (most is not None and age > most)
    return outside or (age < ADULT and conditions.get("minors_ok") == "no")


def gaps_of(profile: ParticipantProfile, loads: Mapping[str, int]) -> dict[str, int]:
    """Load minus capacity on the axes where both are known."""
    capacities = dict(zip(LOAD_AXES, profile.capacities, strict=True))
    return {
        axis: loads[axis] - capacity for axis, capacity in capacities.items() if capacity is not None and axis in loads
    }
