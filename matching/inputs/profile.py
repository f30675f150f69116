"""What the engine is told about a person: the question put to it, not a copy of a record.

No name, address text, note, sex, nationality, diagnosis, certificate, public assistance, income, offence, length of
withdrawal or absence has a field here (domain §4.4); a test keeps it so. No field has a default: whoever adds a fact
is led by the type checker through every place that must supply it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from matching.inputs.recurrence import Recurrence


@dataclass(frozen=True, kw_only=True)
class OwnWords:
    """本人の言葉: one quotation with the day it was said."""

    text: str
    said_on: date | None


@dataclass(frozen=True, kw_only=True)
class Dislike:
    """いやなこと: with a code and absolute it is a hard condition; text alone is for a person to check."""

    code: str | None
    text: str | None
    absolute: bool


@dataclass(frozen=True, kw_only=True)
class TravelMode:
    """One way the person can travel. Minutes one way; times of day in minutes; `days` None is every day."""

    mode: str
    max_minutes: int | None
    season: tuple[tuple[int, int], tuple[int, int]] | None
    days: frozenset[int] | None
    not_before: int | None
    not_after: int | None
    cost_yen: int | None


@dataclass(frozen=True, kw_only=True)
class PastAnswer:
    """An answer to an earlier proposal; `again_from` None means only if the person (or host) asks."""

    opportunity_ref: str
    reason: str | None
    again_from: date | None


@dataclass(frozen=True, kw_only=True)
class ParticipantProfile:
    """本人の照合用プロフィール. None is "nobody has asked"; an empty tuple is "asked, none" (interchange format)."""

    participant_ref: str
    age: int | None
    may_work_from: date | None
    """The day after the 31st of March that follows the fifteenth birthday; None without a birth date."""
    district: str | None
    latitude: float | None
    longitude: float | None
    home_error_km: float
    """How far off the coordinates may be, as for places."""
    needs: tuple[str, ...]
    own_words: tuple[OwnWords, ...]
    interest_types: tuple[str, ...]
    interest_texts: tuple[str, ...]
    strength_types: tuple[str, ...]
    strength_texts: tuple[str, ...]
    can_teach: tuple[str, ...]
    dislikes: tuple[Dislike, ...]
    fears: tuple[str, ...]
    capacities: tuple[int | None, int | None, int | None, int | None, int | None]
    stretch_axes: tuple[str, ...] | None
    stage: int | None
    required_accommodations: tuple[str, ...]
    preferred_accommodations: tuple[str, ...]
    work_limits: tuple[str, ...]
    work_limits_asked: bool
    max_lift_kg: float | None
    allergies: Mapping[str, str]
    barred_organizations: frozenset[str]
    barred_opportunities: frozenset[str]
    barred_districts: frozenset[str]
    near_home: str | None
    transport: tuple[TravelMode, ...] | None
    max_travel_minutes: int | None
    available: tuple[Recurrence, ...] | None
    blocked: tuple[Recurrence, ...]
    frequency_goal: str | None
    session_max_minutes: int | None
    group_size: str | None
    companions: tuple[str, ...]
    restricted_ok: tuple[str, ...]
    reward: str | None
    cost_limit_yen: int | None
    cost_limit_includes_travel: bool
    accompaniment: str | None
    goal_path: tuple[str, ...]
    placed_opportunities: frozenset[str]
    placed_organizations: frozenset[str]
    declined: tuple[PastAnswer, ...]
    host_declined: tuple[PastAnswer, ...]
