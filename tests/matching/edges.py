"""Everybody and everywhere: the neutral person and place, each with one fact (or two that belong together) at an edge.

All people asked about all places is every pair of edges: small enough to look at every time, and no rule stays idle.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from matching.inputs.facts import OpportunityFacts
from matching.inputs.profile import Dislike, ParticipantProfile
from matching.question.question import Question
from matching.vocabulary import ENUMS, LOAD_AXES, VOCABULARIES
from tests.conftest import ON
from tests.matching.making import (
    all_told,
    allergens,
    answered,
    away,
    axes,
    capacity,
    hazards,
    host,
    load,
    never,
    person,
    place,
    pool_of,
    said,
    slot,
    way,
    window,
)

FOUR = ("yes", "conditional", "no", "unknown")
YESTERDAY, TOMORROW = ON - timedelta(days=1), ON + timedelta(days=1)
NOWHERE: dict[str, Any] = {"latitude": None, "longitude": None}
HELPERS = ("fixed_helper", "supporter_welcome", "few_words", "short_start", "leave_early_ok", "breaks_anytime")


def _each(field: str, *values: Any) -> list[dict[str, Any]]:
    return [{field: value} for value in values]


def _one_answer(field: str, vocabulary: str) -> list[dict[str, Any]]:
    """One code with each of the four values, all others no; and nobody asked at all."""
    words = VOCABULARIES[vocabulary].codes
    return [{field: {}}, *({field: all_told(vocabulary, {code: value})} for code in words[::4] for value in FOUR)]


HOSTS: list[dict[str, Any]] = [
    *_each("type", None, "farmer", "temple_church"),
    *_each("status", *ENUMS["organization_status"].codes),
    {"status": "resting", "status_until": YESTERDAY}, {"status": "full", "status_until": TOMORROW},
    {"concurrent_limit": None, "placed_now": None}, {"placed_now": None}, {"placed_now": 2}, {"concurrent_limit": 0},
    *_each("new_intakes_per_month", None, 0), {"recent_intakes_on": (ON,)},
    *_each("last_end_on", YESTERDAY, date(2026, 1, 1)), {"last_end_on": YESTERDAY, "rest_days_after_end": None},
    *_each("burden", None, 1, 3, 4, 5), *_each("typical_reply_days", None, 30), {"relation_owner": None},
]  # fmt: skip
FACTS: list[dict[str, Any]] = [
    {}, *({"host": host(**facts)} for facts in HOSTS),
    {"role_offered": "お茶をいれる係"}, {"title": "", "plain_description": ""}, {"task_texts": ("箱を折る",)},
    *_each("district", None, "南", "東"), NOWHERE, {**NOWHERE, "district": None}, away(0), away(1.7), away(4), away(60),
    *_each("stop_mode", None, "train"), *_each("visible_from_street", "yes", "unknown"),
    *_each("winter_access", "no", "unknown"),
    *_each("activity_types", (), ("animal_care",), ("customer_service",), ("family_meeting",), ("music", "literacy")),
    *_each("meets_needs", (), ("quiet_place",), ("hobbies", "urgent_shelter")),
    *({"loads": load(**{axis: level})} for axis in LOAD_AXES for level in (None, 0, 2, 3, 4)),
    {"loads": load(people=3, body=3)}, {"loads": axes(0)}, {"loads": (None,) * 5},
    *({"loads": load(**{axis: 3}), "accommodations": dict.fromkeys(HELPERS, value)}
      for axis in LOAD_AXES for value in FOUR),
    *_one_answer("hazards", "hazards"), {"hazards": hazards(heavy_lifting="yes"), "heaviest_lift_kg": 25.0},
    {"hazards": hazards(heavy_lifting="conditional"), "heaviest_lift_kg": 25.0}, {"heaviest_lift_kg": None},
    *_one_answer("allergens", "allergens"), *_one_answer("accommodations", "accommodations"),
    *_one_answer("mix", "companions"),
    *_each("min_age", 0, 15, 40, 41), *_each("max_age", 17, 39, 40), {"min_age": 41, "age_flexible": "no"},
    *_each("restricted_to", *((code,) for code in VOCABULARIES["restrictions"].codes)),
    *(facts for field in (
        "self_commute_required", "accompaniment_required", "minors_ok", "introduction_required", "visit_ok",
        "trial_ok", "observe_only_ok", "online", "pickup", "emergency_24h", "cost_waivable", "age_flexible",
    ) for facts in _each(field, *FOUR)),
    {"online": "yes", "district": None, **NOWHERE}, {"pickup": "yes", "pickup_districts": ("東",)},
    {"open_places": 0, "trial_places": 0}, {"open_places": None, "trial_places": None}, {"open_places": 0},
    {"open_places": None, "trial_places": None, "slots": (slot(open_places=0),)},
    *_each("min_stay_minutes", None, 0, 90, 121), {"min_stay_minutes": None, "session_minutes": None},
    *_each("group_size", None, *VOCABULARIES["group_sizes"].codes), *_each("talk_level", None, 0, 4),
    *_each("drop_rule", None, "with_notice", "difficult"),
    *_each("slots", (), (slot(None, None, None),), (slot("sat"),), (slot("tue", "20:00", "22:00"),),
           (slot("fri", "23:00", "01:00"),), (slot(valid_until=ON),), (slot(season=((6, 1), (6, 30))),),
           (slot("tue", "11:00", "12:00"), slot("sat"))),
    *({"engagement_type": position, "insurance_kind": kind}
      for position in (None, *VOCABULARIES["engagement_types"].codes)
      for kind in (None, *VOCABULARIES["insurance_kinds"].codes)),
    *_each("insurance_until", None, ON), *_each("insurance_from", None, date(2027, 6, 1)),
    *({"engagement_type": position, "meets_needs": ("daily_rhythm",), "worker_status_checked_on": YESTERDAY}
      for position in VOCABULARIES["engagement_types"].codes),
    {"engagement_type": "employment", "reward_yen": 1000, "slots": (slot("fri", "22:00", "01:00"), slot())},
    {"engagement_type": "work_experience", "hazards": hazards(machines_blades="yes")},
    *({"self_commute_required": "yes", **away(km)} for km in (0, 4)), {"place_error_km": 2.5}, {"place_error_km": 15.0},
    {"min_frequency": "four_plus_weekly"}, {"next_opportunities": ("001",)}, {"age_bands_present": ("30_49",)},
    *_each("reward_yen", None, 1), *_each("cost_yen", None, 1, 500, 501), {"cost_yen": 501, "cost_waivable": "no"},
    *_each("status", *ENUMS["opportunity_status"].codes), {"status": "off_season", "status_until": YESTERDAY},
    *_each("verified_on", None, date(2026, 1, 5)), {"verification_method": "public_source"},
]  # fmt: skip
CHANGES: list[dict[str, Any]] = [
    {}, *_each("age", None, 0, 14, 15, 17, 18, 39, 41, 90), *_each("district", None, "北"),
    NOWHERE, {**NOWHERE, "district": None},
    {"needs": ("not_sure_yet",), "goal_path": ("undecided",), "stage": 4}, {"may_work_from": TOMORROW, "age": 15},
    {"home_error_km": 2.5}, {"companions": ("similar_age", "same_experience_people")},
    {"dislikes": (Dislike(code="large_10_plus", text=None, absolute=False),)}, {"reward": "needed", "transport": (way(cost_yen=500),)},
    *_each("needs", (), ("not_sure_yet",), ("quiet_place", "safe_place", "hobbies", "move_body")),
    *_each("interest_types", (), ("animal_care",)), {"interest_types": (), "interest_texts": ("お茶",)},
    {"strength_types": ("animal_care",)}, {"own_words": (said("お茶がすき", ON), said("だまっていたい"))},
    *_each("dislikes", *((never(code),) for code in (
        "customer_service", "heat", "children_present", "large_10_plus", "temple_church")), (never(None, "高い所"),)),
    *_each("fears", *((fear,) for fear in VOCABULARIES["fears"].codes)),
    *({"capacities": capacity(**{axis: level})} for axis in LOAD_AXES for level in (None, 0, 1, 4)),
    {"capacities": (None,) * 5}, *_each("stretch_axes", None, tuple(LOAD_AXES)), *_each("stage", None, 0, 1, 6),
    *_each("required_accommodations", *((code,) for code in VOCABULARIES["accommodations"].codes[::4])),
    *_each("preferred_accommodations", *((code,) for code in VOCABULARIES["accommodations"].codes)),
    *_each("work_limits", ("heavy_lifting",), ("long_standing", "machines_blades")), {"work_limits_asked": False},
    *_each("max_lift_kg", None, 0.0), *_each("allergies", {}, allergens(egg="yes"), allergens(peanut=None)),
    {"barred_organizations": frozenset("h")}, {"barred_districts": frozenset({"東"})},
    {"placed_opportunities": frozenset({"000"})}, {"declined": (answered("000"),)},
    {"host_declined": (answered("001", TOMORROW),)},
    *_each("near_home", None, "prefer", "avoid", "never"), {"near_home": "never", "fears": ("meeting_acquaintances",)},
    *_each("transport", None, (), *((way(mode),) for mode in VOCABULARIES["transport_modes"].codes)),
    {"transport": (way(max_minutes=None),), "max_travel_minutes": None}, {"max_travel_minutes": 0},
    {"transport": (way("bus", cost_yen=400, after="11:00"),), "cost_limit_includes_travel": True},
    *_each("available", None, (), (window("sat"),), (window("tue", "10:45", "12:00"),), (window("fri", "22:00", "02:00"),)),
    {"blocked": (window("tue", "10:00", "11:00"),)},
    *_each("frequency_goal", None, *ENUMS["frequency"].codes), *_each("session_max_minutes", None, 0, 59, 60),
    *_each("restricted_ok", *((code,) for code in VOCABULARIES["restrictions"].codes)),
    *_each("reward", None, "needed"), *_each("cost_limit_yen", None, 0),
    *_each("accompaniment", None, "none", "always", "while"),
    *_each("goal_path", (), *((goal,) for goal in ENUMS["goal_path"].codes)),
]  # fmt: skip

EVERYWHERE: list[OpportunityFacts] = [place(f"{number:03}", **facts) for number, facts in enumerate(FACTS)]
EVERYBODY: list[ParticipantProfile] = [person(**facts) for facts in CHANGES]


def everybody_asks_about_everywhere() -> list[Question]:
    pool = pool_of(*EVERYWHERE)
    return [Question(profile, pool, ON) for profile in EVERYBODY]
