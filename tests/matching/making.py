"""Builders for tests of the engine: one place for every default, so that a test says only what it is about.

The neutral place is an ordinary one that is open, fresh, near, insured and asked about everything; the neutral person
is an ordinary one for whom it passes every constraint (a test says so). Everything else is an override by field name.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np

from matching.columns.encodings import FAIL, PASS, UNKNOWN
from matching.inputs.facts import HostFacts, OpportunityFacts, SlotFacts
from matching.inputs.profile import Dislike, OwnWords, ParticipantProfile, PastAnswer, TravelMode
from matching.inputs.recurrence import Calendar, FourValue, Recurrence, WeekPattern
from matching.pool.building import build_pool
from matching.pool.opportunity_pool import OpportunityPool
from matching.question.answers import Objection, ToAsk
from matching.question.question import Question
from matching.rules.kinds import Constraint, Criterion, Reason, constraints, criteria
from matching.timetable.timetable import Timetable
from matching.travel.travel_minutes import EARTH_RADIUS_KM
from matching.vocabulary import LOAD_AXES, VOCABULARIES
from tests.conftest import ON

HOME = (39.14, 141.14)
NO_CALENDAR = Calendar(frozenset(), ())
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WORDS = {int(FAIL): "fail", int(UNKNOWN): "unknown", int(PASS): "pass"}
Levels = tuple[int | None, int | None, int | None, int | None, int | None]


# --- Times -----------------------------------------------------------------------------------------------------------


def minutes(clock: str | None) -> int | None:
    """「13:30」 as minutes of the day."""
    return None if clock is None else int(clock[:-3]) * 60 + int(clock[-2:])


def weekdays(days: str | None) -> frozenset[int] | None:
    """「tue thu」 as weekday numbers; None is any day of a person, and of a slot that nobody knows which."""
    return None if days is None else frozenset(DAYS.index(day) for day in days.split())


def window(days: str | None = None, start: str | None = None, end: str | None = None, **rules: Any) -> Recurrence:
    """A recurring time: when a person can come, or when a slot takes place."""
    named: dict[str, Any] = {
        "dates": frozenset(), "except_dates": frozenset(), "pattern": None, "valid_from": None, "valid_until": None,
        "season": None, "school_period": "any", "on_holidays": "yes",
    }  # fmt: skip
    return Recurrence(days=weekdays(days), start=minutes(start), end=minutes(end), **{**named, **rules})


def alternate(anchor: date) -> WeekPattern:
    """隔週, counted from the week of `anchor`."""
    return WeekPattern(kind="alternate", weeks=(), anchor=anchor)


def slot(days: str | None = "tue", start: str | None = "10:00", end: str | None = "11:30", **more: Any) -> SlotFacts:
    """枠: `open_places` and any rule of `window`."""
    return SlotFacts(open_places=more.pop("open_places", None), recurrence=window(days, start, end, **more))


# --- Places ----------------------------------------------------------------------------------------------------------


def axes(level: int, **levels: int | None) -> Levels:
    """The five axes at one level, and some of them at another."""
    assert set(levels) <= set(LOAD_AXES)
    outing, people, duration, body, voice = (levels.get(axis, level) for axis in LOAD_AXES)
    return outing, people, duration, body, voice


def load(**levels: int | None) -> Levels:
    """負荷: light on every axis but those named."""
    return axes(1, **levels)


def capacity(**levels: int | None) -> Levels:
    """余力: middling on every axis but those named."""
    return axes(2, **levels)


def all_told(vocabulary: str, told: dict[str, Any]) -> dict[str, FourValue]:
    """Every code of a list answered with no, but those in `told`; None takes the answer away."""
    answers: dict[str, Any] = {**dict.fromkeys(VOCABULARIES[vocabulary].codes, "no"), **told}
    return {code: value for code, value in answers.items() if value is not None}


def hazards(**told: str | None) -> dict[str, FourValue]:
    """危険要素: asked about all of them, none but those named."""
    return all_told("hazards", told)


def allergens(**told: str | None) -> dict[str, FourValue]:
    """アレルゲン of a place, or allergies of a person: asked about all of them, none but those named."""
    return all_told("allergens", told)


def away(km: float) -> dict[str, Any]:
    """Coordinates of a place so far north of the neutral person's home."""
    return {"latitude": HOME[0] + float(np.degrees(km / EARTH_RADIUS_KM)), "longitude": HOME[1]}


def host(ref: str = "h", /, **facts: Any) -> HostFacts:
    """受け入れ先 with room: two people at most, nobody there."""
    named: dict[str, Any] = {
        "ref": ref, "name": "みんなの家", "type": "npo", "status": "open", "status_until": None,
        "concurrent_limit": 2, "placed_now": 0, "new_intakes_per_month": 1, "recent_intakes_on": (),
        "rest_days_after_end": 14, "last_end_on": None, "burden": 2, "typical_reply_days": 1,
        "relation_owner": "職員",
    }  # fmt: skip
    return HostFacts(**{**named, **facts})


def place(ref: str = "o", /, **facts: Any) -> OpportunityFacts:
    """支援メニュー: an ordinary small place, half a kilometre away, Tuesday 10:00 to 11:30."""
    named: dict[str, Any] = {
        "ref": ref, "title": "火曜の居場所", "plain_description": "お茶をのむ所", "role_offered": "", "task_texts": (),
        "host": host(), "site_name": "みんなの家", "district": "北", **away(0.5), "place_error_km": 0.0,
        "stop_mode": "bus", "stop_walk_minutes": 3, "visible_from_street": "no", "winter_access": "yes",
        "activity_types": ("just_being",), "meets_needs": ("safe_place",), "loads": load(),
        "hazards": hazards(), "heaviest_lift_kg": 0.0, "allergens": allergens(), "accommodations": {},
        "min_age": None, "max_age": None, "age_flexible": "yes", "restricted_to": (),
        "self_commute_required": "no", "accompaniment_required": "no", "minors_ok": "yes",
        "introduction_required": "no",
        "capacity_total": 6, "open_places": 1, "trial_places": 1, "placed_now": 0,
        "visit_ok": "yes", "trial_ok": "yes", "observe_only_ok": "yes", "online": "no",
        "min_stay_minutes": 60, "session_minutes": 90, "min_frequency": "monthly",
        "group_size": "small_2_4", "talk_level": 1, "age_bands_present": (), "mix": all_told("companions", {}),
        "drop_rule": "free", "slots": (slot(),), "engagement_type": "ibasho_participation",
        "reward_yen": 0, "reward_per": None, "worker_status_checked_on": None,
        "cost_yen": 0, "cost_per": "session", "cost_waivable": "yes",
        "insurance_kind": "host_accident_liability",
        "insurance_from": date(2026, 4, 1), "insurance_until": date(2027, 3, 31),
        "pickup": "no", "pickup_districts": None, "pickup_days": None, "emergency_24h": "no",
        "next_opportunities": (), "status": "open", "status_until": None,
        "verified_on": date(2026, 11, 1), "verification_method": "visit", "stale_after_days": 90,
    }  # fmt: skip
    return OpportunityFacts(**{**named, **facts})


def pool_of(
    *places: OpportunityFacts, calendar: Calendar = NO_CALENDAR, timetable: Timetable | None = None
) -> OpportunityPool:
    return build_pool(places, calendar, timetable)


# --- People ----------------------------------------------------------------------------------------------------------


def way(mode: str = "walk", *, days: str | None = None, after: str | None = None, **facts: Any) -> TravelMode:
    """行き方; `after` is the last minute at which it brings one home."""
    named: dict[str, Any] = {
        "max_minutes": 30, "season": None, "not_before": None, "cost_yen": None,
    }  # fmt: skip
    return TravelMode(mode=mode, days=weekdays(days), not_after=minutes(after), **{**named, **facts})


def never(code: str | None, text: str | None = None) -> Dislike:
    """絶対いや。"""
    return Dislike(code=code, text=text, absolute=True)


def said(text: str, on: date | None = None) -> OwnWords:
    return OwnWords(text=text, said_on=on)


def answered(ref: str = "o", again_from: date | None = None, reason: str | None = None) -> PastAnswer:
    return PastAnswer(opportunity_ref=ref, reason=reason, again_from=again_from)


def person(**facts: Any) -> ParticipantProfile:
    """本人: forty years old, walks, has time on weekdays, was asked about everything that concerns safety."""
    named: dict[str, Any] = {
        "participant_ref": "p", "age": 40, "may_work_from": None, "district": "南", "latitude": HOME[0], "longitude": HOME[1], "home_error_km": 0.0,
        "needs": ("safe_place",), "own_words": (), "interest_types": ("just_being",), "interest_texts": (),
        "strength_types": (), "strength_texts": (), "can_teach": (), "dislikes": (), "fears": (),
        "capacities": capacity(), "stretch_axes": (), "stage": 3,
        "required_accommodations": (), "preferred_accommodations": (),
        "work_limits": (), "work_limits_asked": True, "max_lift_kg": 10.0, "allergies": allergens(),
        "barred_organizations": frozenset(), "barred_opportunities": frozenset(), "barred_districts": frozenset(),
        "near_home": "indifferent", "transport": (way(),), "max_travel_minutes": 30,
        "available": (window("mon tue wed thu fri", "09:00", "17:00"),), "blocked": (),
        "frequency_goal": "weekly", "session_max_minutes": 120, "group_size": "small_2_4", "companions": (),
        "restricted_ok": (), "reward": "not_needed", "cost_limit_yen": 500, "cost_limit_includes_travel": False,
        "accompaniment": "first", "goal_path": ("ibasho_is_enough",),
        "placed_opportunities": frozenset(), "placed_organizations": frozenset(),
        "declined": (), "host_declined": (),
    }  # fmt: skip
    return ParticipantProfile(**{**named, **facts})


# --- Asking one rule -------------------------------------------------------------------------------------------------


def question(
    somebody: ParticipantProfile, *places: OpportunityFacts, on: date = ON, calendar: Calendar = NO_CALENDAR
) -> Question:
    return Question(somebody, pool_of(*places, calendar=calendar), on)


def constraint(code: str) -> Constraint:
    return next(rule for rule in constraints() if rule.code == code)


def criterion(code: str) -> Criterion:
    return next(rule for rule in criteria() if rule.code == code)


def judged(code: str, asked: Question, row: int = 0) -> str:
    """「pass」, 「unknown」 or 「fail」 of one rule about one row."""
    return WORDS[int(constraint(code).verdicts(asked)[row])]


def verdict(code: str, somebody: ParticipantProfile, one: OpportunityFacts, *, on: date = ON) -> str:
    return judged(code, question(somebody, one, on=on))


def objection(code: str, somebody: ParticipantProfile, one: OpportunityFacts, *, on: date = ON) -> Objection:
    """The objection to a place that fails (the test fails where it does not)."""
    asked = question(somebody, one, on=on)
    assert judged(code, asked) == "fail"
    found = constraint(code).objection(asked, 0)
    assert found.code == code
    return found


def lifted(found: Objection, somebody: ParticipantProfile, one: OpportunityFacts, *, on: date = ON) -> bool:
    """Whether supposing the change takes the objection away."""
    assert found.change is not None
    assert found.change.sentence
    return judged(found.code, found.change.suppose(question(somebody, one, on=on))) != "fail"


def to_ask(code: str, somebody: ParticipantProfile, one: OpportunityFacts, *, on: date = ON) -> ToAsk:
    """What has to be asked about a place that is unknown (the test fails where it is not)."""
    asked = question(somebody, one, on=on)
    assert judged(code, asked) == "unknown"
    found = constraint(code).to_ask(asked, 0)
    assert found is not None
    assert found.code == code
    return found


def score(code: str, somebody: ParticipantProfile, one: OpportunityFacts, *, on: date = ON) -> float:
    """0..1, NaN where nobody knows."""
    return float(criterion(code).scores(question(somebody, one, on=on))[0])


def unknown(code: str, somebody: ParticipantProfile, one: OpportunityFacts, *, on: date = ON) -> bool:
    """Whether the score is unknown, and says so in words."""
    asked = question(somebody, one, on=on)
    assert criterion(code).unknown(asked, 0)
    return bool(np.isnan(criterion(code).scores(asked)[0]))


def reason(code: str, somebody: ParticipantProfile, one: OpportunityFacts, *, on: date = ON) -> Reason:
    asked = question(somebody, one, on=on)
    return criterion(code).reason(asked, 0, float(criterion(code).scores(asked)[0]))
