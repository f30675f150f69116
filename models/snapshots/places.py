"""An opportunity with its host and site as the engine's facts; contact details and notes stay behind."""

from __future__ import annotations

from collections.abc import Sequence

from matching.inputs.facts import HostFacts, OpportunityFacts, SlotFacts, inherit_accommodations
from matching.vocabulary import VOCABULARIES
from models.opportunity import Opportunity
from models.organization import Organization
from models.readable import unread_fields
from models.site import Site
from models.snapshots.values import JSON, day, days, four, levels, weekdays
from models.snapshots.where import Point, place_of

STALE_AFTER_DAYS = 90
PUBLIC_STALE_AFTER_DAYS = 180
LONGEST_STALE_AFTER_DAYS = 3_660
"""Ten years: what is said to be good for longer is asked about all the same."""
PUBLIC_PLACES = "公共の場"
LIMITS = frozenset({"hazards", "allergens_present", "conditions"})
"""Columns of an opportunity that keep people from harm: where one cannot be read, nobody has verified the place."""
HOST_LIMITS = frozenset({"burden", "recent_intakes_on"})


def opportunity_facts(
    opportunity: Opportunity,
    slots: Sequence[SlotFacts],
    site: Site | None,
    organization: Organization,
    district: str | None,
    centre: Point | None,
) -> OpportunityFacts:
    """One opportunity with its host, site and slots as the engine reads it; `centre` is the middle of its district."""
    conditions: JSON = opportunity.conditions or {}
    insurance: JSON = opportunity.insurance or {}
    pickup: JSON = opportunity.pickup or {}
    regulars: JSON = opportunity.regulars or {}
    toilets: JSON = (site.toilets if site else None) or {}
    stop: JSON = (site.nearest_stop if site else None) or {}
    place = place_of(site, centre)
    return OpportunityFacts(
        ref=opportunity.ref,
        title=opportunity.title,
        plain_description=opportunity.plain_description or "",
        role_offered=opportunity.role_offered or "",
        task_texts=tuple(step["text"] for step in opportunity.task_steps or ()),
        host=host_facts(organization),
        site_name=site.name if site else None,
        district=district,
        latitude=place.latitude,
        longitude=place.longitude,
        place_error_km=place.error_km,
        stop_mode=stop.get("mode"),
        stop_walk_minutes=stop.get("walk_minutes"),
        visible_from_street=four(site.visible_from_street if site else None),
        winter_access=four(site.winter_access if site else None),
        activity_types=tuple(opportunity.activity_types or ()),
        meets_needs=tuple(opportunity.meets_needs or ()),
        loads=levels(opportunity.loads),
        hazards=opportunity.hazards or {},
        heaviest_lift_kg=opportunity.heaviest_lift_kg,
        allergens=opportunity.allergens_present or {},
        accommodations=inherit_accommodations(
            opportunity.accommodations or {},
            step_free=four(site.step_free if site else None),
            western_toilet=four(toilets.get("western")),
            multipurpose_toilet=four(toilets.get("multipurpose")),
            quiet_space=four(site.quiet_space if site else None),
            heating=four(site.heating if site else None),
            cooling=four(site.cooling if site else None),
            drop_rule=opportunity.drop_rule,
            online=four(opportunity.online),
        ),
        min_age=conditions.get("min_age"),
        max_age=conditions.get("max_age"),
        age_flexible=four(conditions.get("age_flexible")),
        restricted_to=tuple(conditions.get("restricted_to") or ()),
        self_commute_required=four(conditions.get("self_commute_required")),
        accompaniment_required=four(conditions.get("accompaniment_required")),
        minors_ok=four(conditions.get("minors_ok")),
        introduction_required=four(conditions.get("introduction_required")),
        capacity_total=opportunity.capacity_total,
        open_places=opportunity.open_places,
        trial_places=opportunity.trial_places,
        placed_now=opportunity.placed_now,
        visit_ok=four(opportunity.visit_ok),
        trial_ok=four(opportunity.trial_ok),
        observe_only_ok=four(opportunity.observe_only_ok),
        online=four(opportunity.online),
        min_stay_minutes=opportunity.min_stay_minutes,
        session_minutes=opportunity.session_minutes,
        min_frequency=opportunity.min_frequency,
        group_size=opportunity.group_size,
        talk_level=opportunity.talk_level,
        age_bands_present=tuple(regulars.get("age_bands") or ()),
        mix=regulars.get("mix") or {},
        drop_rule=opportunity.drop_rule,
        slots=tuple(slots),
        engagement_type=opportunity.engagement_type,
        reward_yen=opportunity.reward_yen,
        reward_per=opportunity.reward_per,
        worker_status_checked_on=opportunity.worker_status_checked_on,
        cost_yen=opportunity.cost_yen,
        cost_per=opportunity.cost_per,
        cost_waivable=four(opportunity.cost_waivable),
        insurance_kind=insurance.get("kind"),
        insurance_from=day(insurance.get("valid_from")),
        insurance_until=day(insurance.get("valid_until")),
        pickup=four(pickup.get("available")),
        pickup_districts=tuple(pickup["area"]) if "area" in pickup else None,
        pickup_days=weekdays(pickup.get("days")),
        emergency_24h=four(opportunity.emergency_24h),
        next_opportunities=tuple(opportunity.next_opportunity_ids or ()),
        status=_status(opportunity, LIMITS),
        status_until=opportunity.status_until,
        verified_on=opportunity.verified_on,
        verification_method=opportunity.verification_method,
        stale_after_days=stale_after_days(opportunity.stale_after_days, organization.type),
    )


def stale_after_days(given: int | None, organization_type: str | None) -> int:
    """How long what the host confirmed is good for (確認の期限), in days: as given, else by the kind of organization."""
    public = VOCABULARIES["organization_types"].group(organization_type or "") == PUBLIC_PLACES
    return min(given or (PUBLIC_STALE_AFTER_DAYS if public else STALE_AFTER_DAYS), LONGEST_STALE_AFTER_DAYS)


def host_facts(organization: Organization) -> HostFacts:
    """The organization as host; contact details and notes stay behind."""
    return HostFacts(
        ref=organization.ref,
        name=organization.name,
        type=organization.type,
        status=_status(organization, HOST_LIMITS),
        status_until=organization.status_until,
        concurrent_limit=organization.concurrent_limit,
        placed_now=organization.placed_now,
        new_intakes_per_month=organization.new_intakes_per_month,
        recent_intakes_on=tuple(days(organization.recent_intakes_on)),
        rest_days_after_end=organization.rest_days_after_end,
        last_end_on=organization.last_end_on,
        burden=(organization.burden or {}).get("level"),
        typical_reply_days=organization.typical_reply_days,
        relation_owner=organization.relation_owner,
    )


def _status(row: Opportunity | Organization, limits: frozenset[str]) -> str:
    """As stored; what nobody can read, nobody has verified."""
    return "unverified" if limits.intersection(unread_fields(row)) else row.status or "unverified"
