"""The person, and the versioned assessment of what fits them now."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from models.base import MunicipalRecord
from models.types import json_field, moment_field


class VisitWay(StrEnum):
    """次に会う方法: how contact is kept; the value is what is stored."""

    VISIT = "visit"
    FAMILY = "family"
    LETTER = "letter"
    MESSAGE = "message"
    PHONE = "phone"


class Participant(MunicipalRecord, table=True):
    """本人: who the person is and where they live. What is judged about them stands in `Assessment`."""

    __tablename__ = "participant"
    __table_args__ = (UniqueConstraint("municipality_id", "ref"),)

    ref: str
    display_name: str
    birth_date: date | None = None
    age: int | None = None
    age_on: date | None = None
    district_id: UUID | None = Field(default=None, foreign_key="district.id", index=True)
    address: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    location_precision: str | None = None
    waiting_since: date | None = Field(default=None, index=True)
    referral_source: str | None = None
    asked_none: list[str] | None = json_field()
    """Lists of the file that were given as empty: asked, none (consents, declined …)."""
    household_id: UUID | None = Field(default=None, foreign_key="household.id", index=True)
    coordinator_id: UUID | None = Field(default=None, foreign_key="account.id", index=True)
    next_visit_on: date | None = None
    """次に会う日, kept here alone: no file brings or carries it."""
    next_visit_how: str | None = None
    """A `VisitWay`; None where nobody has said how."""


class Assessment(MunicipalRecord, table=True):
    """アセスメント: one version of everything judged with the person; a change makes a new version, never an overwrite."""

    __tablename__ = "assessment"
    __table_args__ = (UniqueConstraint("participant_id", "version"),)

    participant_id: UUID = Field(foreign_key="participant.id", index=True, ondelete="CASCADE")
    version: int
    recorded_at: datetime = moment_field()
    needs: list[str] | None = json_field()
    own_words: list[dict[str, Any]] | None = json_field()
    interests: dict[str, Any] | None = json_field()
    strengths: dict[str, Any] | None = json_field()
    dislikes: list[dict[str, Any]] | None = json_field()
    fears: list[str] | None = json_field()
    capacities: dict[str, int] | None = json_field()
    capacities_self: dict[str, int] | None = json_field()
    stretch_ok: list[str] | None = json_field()
    stage: int | None = None
    stage_set_on: date | None = None
    condition_waves: str | None = None
    accommodations_needed: list[dict[str, Any]] | None = json_field()
    work_limits: list[str] | None = json_field()
    work_limits_checked_on: date | None = None
    max_lift_kg: float | None = None
    allergies: dict[str, str] | None = json_field()
    avoid: dict[str, Any] | None = json_field()
    near_home: str | None = None
    transport: list[dict[str, Any]] | None = json_field()
    max_travel_minutes: int | None = None
    available: list[dict[str, Any]] | None = json_field()
    blocked: list[dict[str, Any]] | None = json_field()
    frequency: dict[str, Any] | None = json_field()
    session_max_minutes: int | None = None
    group_size: str | None = None
    companions: list[str] | None = json_field()
    restricted_ok: list[str] | None = json_field()
    reward: str | None = None
    cost_limit_yen: int | None = None
    cost_limit_includes_travel: bool | None = None
    accompaniment: str | None = None
    disclosure: str | None = None
    goal_path: list[str] | None = json_field()
    updated_on: date | None = None
    provenance: list[dict[str, Any]] | None = json_field()
