"""A person as the engine's question; name, address, notes, consents and life issues have no field there."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from matching.inputs.profile import Dislike, OwnWords, ParticipantProfile, PastAnswer, TravelMode
from models.errors import RecordError
from models.participant import Assessment, Participant
from models.placement import GOING_THERE, Placement
from models.readable import LAST_DAY, Unread, unread_fields
from models.snapshots.times import window
from models.snapshots.values import JSON, day, levels, minutes, season, weekdays
from models.snapshots.where import Point, located, middle


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
    learns neither who nor why. UnreadableLimitsError where a limit of theirs cannot be read: nothing is proposed past it.
    """
    unread = unreadable_limits(assessment)
    if unread:
        raise UnreadableLimitsError(participant.display_name, unread)
    seen: Any = assessment or _Unasked()
    home = located(participant.latitude, participant.longitude, participant.location_precision) or middle(centre)
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
        own_words=tuple(OwnWords(text=said["text"], said_on=day(said.get("on"))) for said in seen.own_words or ()),
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
        capacities=levels(seen.capacities),
        stretch_axes=None if _unknown(seen.stretch_ok) else tuple(seen.stretch_ok),
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
        transport=None if _unknown(seen.transport) else tuple(_mode(one) for one in seen.transport),
        max_travel_minutes=seen.max_travel_minutes,
        available=None if _unknown(seen.available) else tuple(window(one) for one in seen.available),
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


LIMITS = frozenset(
    {"accommodations_needed", "allergies", "avoid", "blocked", "dislikes", "restricted_ok", "work_limits"}
)
"""What keeps a person from harm, or from where they cannot go."""


class UnreadableLimitsError(RecordError):
    """A limit of this person cannot be read; `fields` are its columns."""

    def __init__(self, name: str, fields: frozenset[str]) -> None:
        super().__init__(
            f"{name}さんの記録に読めない値があるので、提案を作れません。記録を直したファイルを取り込み直してください。"
        )
        self.fields = fields


def unreadable_limits(assessment: Assessment | None) -> frozenset[str]:
    """Columns of the person's limits that hold something nobody can read."""
    return frozenset() if assessment is None else LIMITS.intersection(unread_fields(assessment))


class _Unasked:
    """A person without an assessment: every judgement is unknown."""

    def __getattr__(self, name: str) -> None:
        return None


def age_on(birth_date: date | None, age: int | None, age_counted_on: date | None, on: date) -> int | None:
    """Age in years on a date, from the birth date or from an age counted on an earlier date."""
    if birth_date is not None and birth_date > on:
        return None
    if birth_date is not None:
        return on.year - birth_date.year - ((on.month, on.day) < (birth_date.month, birth_date.day))
    if age is None or age_counted_on is None:
        return age
    return age + (on.year - age_counted_on.year - ((on.month, on.day) < (age_counted_on.month, age_counted_on.day)))


def may_work_from(birth_date: date | None) -> date | None:
    """The first day somebody may be employed: the school year in which they turn fifteen is over (労働基準法 56条)."""
    if birth_date is None or birth_date.year > LAST_DAY.year - 16:
        return None
    # Whoever is born on the first of April ends school with those born before it: an age is reached the day before.
    before_april = (birth_date.month, birth_date.day) <= (4, 1)
    return date(birth_date.year + (15 if before_april else 16), 4, 1)


def _unknown(value: Any) -> bool:
    """Whether nobody has said it, or nothing of what was said can be read: then it is not said to be none."""
    return value is None or (isinstance(value, Unread) and not value)


def _mode(one: JSON) -> TravelMode:
    return TravelMode(
        mode=one["mode"],
        max_minutes=one.get("max_minutes"),
        season=season(one),
        days=weekdays(one.get("days")),
        not_before=minutes(one.get("not_before")),
        not_after=minutes(one.get("not_after")),
        cost_yen=one.get("cost_yen"),
    )


def _needed(seen: Any, level: str) -> tuple[str, ...]:
    wanted = seen.accommodations_needed or ()
    return tuple(one["code"] for one in wanted if one.get("level", "preferred") == level)
