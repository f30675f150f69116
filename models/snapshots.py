"""From rows to the engine's question: the only place that knows both tables and profiles.

Whatever a profile has no field for (name, address, notes, consents, life issues) stays behind here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple, cast

from matching.facts import HostFacts, OpportunityFacts, SlotFacts, inherit_accommodations
from matching.profile import Dislike, OwnWords, ParticipantProfile, PastAnswer, TravelMode
from matching.recurrence import FourValue, Recurrence, WeekPattern
from matching.vocabulary import LOAD_AXES, VOCABULARIES
from models.opportunity import Opportunity, Slot
from models.organization import Organization
from models.participant import Assessment, Participant
from models.placement import Placement
from models.site import Site

STALE_AFTER_DAYS = 90
PUBLIC_STALE_AFTER_DAYS = 180
PUBLIC_PLACES = "公共の場"
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
GOING_THERE = ("visit_set", "visited", "trial_set", "trial", "trial_done", "joined", "settling", "settled", "on_hold")
JSON = Mapping[str, Any]
Point = tuple[float, float]
"""Latitude and longitude in degrees."""
ERROR_KM = {"about_100m": 0.1, "koaza": 0.5, "town": 1.0, "district": 2.5, "municipality": 15.0}
"""How far off a position of each exactness may be (interchange location_precision, levels of geocoding)."""


class Located(NamedTuple):
    """Where somebody or something is, and how far off that may be; without coordinates nobody knows."""

    latitude: float | None
    longitude: float | None
    error_km: float


NOWHERE = Located(None, None, 0.0)


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
    place = _place(site, centre)
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
        visible_from_street=_four(site.visible_from_street if site else None),
        winter_access=_four(site.winter_access if site else None),
        activity_types=tuple(opportunity.activity_types or ()),
        meets_needs=tuple(opportunity.meets_needs or ()),
        loads=_levels(opportunity.loads),
        hazards=opportunity.hazards or {},
        heaviest_lift_kg=opportunity.heaviest_lift_kg,
        allergens=opportunity.allergens_present or {},
        accommodations=inherit_accommodations(
            opportunity.accommodations or {},
            step_free=_four(site.step_free if site else None),
            western_toilet=_four(toilets.get("western")),
            multipurpose_toilet=_four(toilets.get("multipurpose")),
            quiet_space=_four(site.quiet_space if site else None),
            heating=_four(site.heating if site else None),
            cooling=_four(site.cooling if site else None),
            drop_rule=opportunity.drop_rule,
            online=_four(opportunity.online),
        ),
        min_age=conditions.get("min_age"),
        max_age=conditions.get("max_age"),
        age_flexible=_four(conditions.get("age_flexible")),
        restricted_to=tuple(conditions.get("restricted_to") or ()),
        self_commute_required=_four(conditions.get("self_commute_required")),
        accompaniment_required=_four(conditions.get("accompaniment_required")),
        minors_ok=_four(conditions.get("minors_ok")),
        introduction_required=_four(conditions.get("introduction_required")),
        capacity_total=opportunity.capacity_total,
        open_places=opportunity.open_places,
        trial_places=opportunity.trial_places,
        placed_now=opportunity.placed_now,
        visit_ok=_four(opportunity.visit_ok),
        trial_ok=_four(opportunity.trial_ok),
        observe_only_ok=_four(opportunity.observe_only_ok),
        online=_four(opportunity.online),
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
        cost_waivable=_four(opportunity.cost_waivable),
        insurance_kind=insurance.get("kind"),
        insurance_from=_day(insurance.get("valid_from")),
        insurance_until=_day(insurance.get("valid_until")),
        pickup=_four(pickup.get("available")),
        pickup_districts=tuple(pickup["area"]) if "area" in pickup else None,
        pickup_days=_weekdays(pickup.get("days")),
        emergency_24h=_four(opportunity.emergency_24h),
        next_opportunities=tuple(opportunity.next_opportunity_ids or ()),
        status=opportunity.status or "unverified",
        status_until=opportunity.status_until,
        verified_on=opportunity.verified_on,
        verification_method=opportunity.verification_method,
        stale_after_days=stale_after_days(opportunity.stale_after_days, organization.type),
    )


def stale_after_days(given: int | None, organization_type: str | None) -> int:
    """How long what the host confirmed is good for (確認の期限), in days: as given, else by the kind of organization."""
    public = VOCABULARIES["organization_types"].group(organization_type or "") == PUBLIC_PLACES
    return given or (PUBLIC_STALE_AFTER_DAYS if public else STALE_AFTER_DAYS)


def host_facts(organization: Organization) -> HostFacts:
    """The organization as host; contact details and notes stay behind."""
    return HostFacts(
        ref=organization.ref,
        name=organization.name,
        type=organization.type,
        status=organization.status or "unverified",
        status_until=organization.status_until,
        concurrent_limit=organization.concurrent_limit,
        placed_now=organization.placed_now,
        new_intakes_per_month=organization.new_intakes_per_month,
        recent_intakes_on=tuple(_days(organization.recent_intakes_on)),
        rest_days_after_end=organization.rest_days_after_end,
        last_end_on=organization.last_end_on,
        burden=(organization.burden or {}).get("level"),
        typical_reply_days=organization.typical_reply_days,
        relation_owner=organization.relation_owner,
    )


def participant_profile(
    participant: Participant,
    assessment: Assessment | None,
    placements: Iterable[Placement],
    *,
    district: str | None,
    centre: Point | None,
    also_barred: frozenset[str],
    on: date,
) -> ParticipantProfile:
    """The question put to the engine about one person.

    `also_barred` are organizations closed to this person because somebody who must not be met goes there; the engine
    learns neither who nor why.
    """
    seen: Any = assessment or _Unasked()
    home = _located(participant.latitude, participant.longitude, participant.location_precision) or _middle(centre)
    placed = list(placements)
    going = [placement for placement in placed if placement.state in GOING_THERE]
    avoid: JSON = seen.avoid or {}
    interests: JSON = seen.interests or {}
    strengths: JSON = seen.strengths or {}
    return ParticipantProfile(
        participant_ref=participant.ref,
        age=age_on(participant.birth_date, participant.age, participant.age_on, on),
        may_work_from=may_work_from(participant.birth_date),
        district=district,
        latitude=home.latitude,
        longitude=home.longitude,
        home_error_km=home.error_km,
        needs=tuple(seen.needs or ()),
        own_words=tuple(OwnWords(text=said["text"], said_on=_day(said.get("on"))) for said in seen.own_words or ()),
        interest_types=tuple(interests.get("activity_types") or ()),
        interest_texts=tuple(interests.get("texts") or ()),
        strength_types=tuple(strengths.get("activity_types") or ()),
        strength_texts=tuple(strengths.get("texts") or ()),
        can_teach=tuple(strengths.get("can_teach") or ()),
        dislikes=tuple(
            Dislike(code=one.get("code"), text=one.get("text"), absolute=bool(one.get("absolute")))
            for one in seen.dislikes or ()
        ),
        fears=tuple(seen.fears or ()),
        capacities=_levels(seen.capacities),
        stretch_axes=tuple(seen.stretch_ok) if seen.stretch_ok is not None else None,
        stage=seen.stage,
        required_accommodations=_needed(seen, "required"),
        preferred_accommodations=_needed(seen, "preferred"),
        work_limits=tuple(seen.work_limits or ()),
        work_limits_asked=seen.work_limits_checked_on is not None,
        max_lift_kg=seen.max_lift_kg,
        allergies=seen.allergies or {},
        barred_organizations=frozenset(avoid.get("organization_ids") or ()) | also_barred,
        barred_opportunities=frozenset(avoid.get("opportunity_ids") or ()),
        barred_districts=frozenset(avoid.get("districts") or ()),
        near_home=seen.near_home,
        transport=tuple(_mode(one) for one in seen.transport) if seen.transport is not None else None,
        max_travel_minutes=seen.max_travel_minutes,
        available=tuple(window(one) for one in seen.available) if seen.available is not None else None,
        blocked=tuple(window(one) for one in seen.blocked or ()),
        frequency_goal=(seen.frequency or {}).get("goal"),
        session_max_minutes=seen.session_max_minutes,
        group_size=seen.group_size,
        companions=tuple(seen.companions or ()),
        restricted_ok=tuple(seen.restricted_ok or ()),
        reward=seen.reward,
        cost_limit_yen=seen.cost_limit_yen,
        cost_limit_includes_travel=bool(seen.cost_limit_includes_travel),
        accompaniment=seen.accompaniment,
        goal_path=tuple(seen.goal_path or ()),
        placed_opportunities=frozenset(one.opportunity_ref for one in going if one.opportunity_ref),
        placed_organizations=frozenset(one.organization_ref for one in going if one.organization_ref),
        declined=tuple(
            PastAnswer(opportunity_ref=one.opportunity_ref or "", reason=one.reason, again_from=one.show_again_from)
            for one in placed
            if one.state == "declined"
        ),
        host_declined=tuple(
            PastAnswer(opportunity_ref=one.opportunity_ref or "", reason=one.reason, again_from=one.ask_again_from)
            for one in placed
            if one.state == "host_declined"
        ),
    )


class _Unasked:
    """A person without an assessment: every judgement is unknown."""

    def __getattr__(self, name: str) -> None:
        return None


def age_on(birth_date: date | None, age: int | None, age_counted_on: date | None, on: date) -> int | None:
    """Age in years on a date, from the birth date or from an age counted on an earlier date."""
    if birth_date is not None:
        return on.year - birth_date.year - ((on.month, on.day) < (birth_date.month, birth_date.day))
    if age is None or age_counted_on is None:
        return age
    return age + (on.year - age_counted_on.year - ((on.month, on.day) < (age_counted_on.month, age_counted_on.day)))


def may_work_from(birth_date: date | None) -> date | None:
    """The first day somebody may be employed: the school year in which they turn fifteen is over (労働基準法 56条)."""
    if birth_date is None:
        return None
    # Whoever is born on the first of April ends school with those born before it: an age is reached the day before.
    before_april = (birth_date.month, birth_date.day) <= (4, 1)
    return date(birth_date.year + (15 if before_april else 16), 4, 1)


def slot_facts(slot: Slot) -> SlotFacts:
    """A slot (枠) as the engine reads it."""
    return SlotFacts(recurrence=slot_recurrence(slot), open_places=slot.open_places)


def slot_recurrence(slot: Slot) -> Recurrence:
    """A slot (枠) of an opportunity as a rule of the calendar."""
    return window(
        {
            name: value
            for name in [
                "days",
                "dates",
                "except_dates",
                "start",
                "end",
                "week_pattern",
                "valid_from",
                "valid_until",
                "season_from",
                "season_until",
                "school_period",
                "on_holidays",
            ]
            if (value := getattr(slot, name)) is not None
        }
    )


def window(rule: JSON) -> Recurrence:
    """A time range of the interchange format as a rule of the calendar."""
    pattern: JSON | None = rule.get("week_pattern")
    return Recurrence(
        days=_weekdays(rule.get("days")),
        dates=frozenset(_days(rule.get("dates"))),
        except_dates=frozenset(_days(rule.get("except_dates"))),
        start=_minutes(rule.get("start")),
        end=_minutes(rule.get("end")),
        pattern=None
        if pattern is None
        else WeekPattern(
            kind=pattern["kind"],
            weeks=tuple(pattern.get("weeks") or ()),
            anchor=_day(pattern.get("anchor_date")),
        ),
        valid_from=_day(rule.get("valid_from")),
        valid_until=_day(rule.get("valid_until")),
        season=_season(rule),
        school_period=rule.get("school_period") or "any",
        on_holidays=_four(rule.get("on_holidays")),
    )


def _mode(one: JSON) -> TravelMode:
    return TravelMode(
        mode=one["mode"],
        max_minutes=one.get("max_minutes"),
        season=_season(one),
        days=_weekdays(one.get("days")),
        not_before=_minutes(one.get("not_before")),
        not_after=_minutes(one.get("not_after")),
        cost_yen=one.get("cost_yen"),
    )


def _needed(seen: Any, level: str) -> tuple[str, ...]:
    wanted = seen.accommodations_needed or ()
    return tuple(one["code"] for one in wanted if one.get("level", "preferred") == level)


def _place(site: Site | None, centre: Point | None) -> Located:
    """Coordinates given by hand, else those found from the address, else the middle of the district."""
    if site is None:
        return NOWHERE
    given = _located(site.latitude, site.longitude, site.location_precision)
    if given is not None:
        return given
    found = _located(site.located_latitude, site.located_longitude, site.located_level)
    if found is not None and (site.located_level != "municipality" or centre is None):
        return found
    return _middle(centre)


def _located(latitude: float | None, longitude: float | None, exactness: str | None) -> Located | None:
    if latitude is None or longitude is None:
        return None
    return Located(latitude, longitude, ERROR_KM.get(exactness or "", 0.0))


def _middle(centre: Point | None) -> Located:
    return NOWHERE if centre is None else Located(*centre, ERROR_KM["district"])


def _four(value: str | None) -> FourValue:
    return cast(FourValue, value or "unknown")


def _levels(levels: JSON | None) -> tuple[int | None, int | None, int | None, int | None, int | None]:
    known = levels or {}
    outing, people, duration, body, voice = (known.get(axis) for axis in LOAD_AXES)
    return outing, people, duration, body, voice


def _day(value: str | date | None) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value


def _days(values: Iterable[str | date] | None) -> list[date]:
    return [day for value in values or () if (day := _day(value)) is not None]


def _weekdays(days: Iterable[str] | None) -> frozenset[int] | None:
    return None if days is None else frozenset(DAYS.index(day) for day in days)


def _minutes(clock: str | None) -> int | None:
    if clock is None:
        return None
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)


def _season(rule: JSON) -> tuple[tuple[int, int], tuple[int, int]] | None:
    if not rule.get("season_from") or not rule.get("season_until"):
        return None
    first, last = (tuple(int(part) for part in rule[name].split("-")) for name in ("season_from", "season_until"))
    return (first[0], first[1]), (last[0], last[1])
