"""Layers 3 and 4: the opportunities that are matched, and their slots."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from models.base import MunicipalRecord
from models.types import json_field


class Opportunity(MunicipalRecord, table=True):
    """支援メニュー: a concrete activity at a host; the unit that is matched."""

    __tablename__ = "opportunity"
    __table_args__ = (UniqueConstraint("municipality_id", "ref"),)

    ref: str
    organization_id: UUID = Field(foreign_key="organization.id", index=True)
    site_id: UUID | None = Field(default=None, foreign_key="site.id", index=True)
    title: str
    plain_description: str | None = None
    activity_types: list[str] | None = json_field()
    meets_needs: list[str] | None = json_field()
    role_offered: str | None = None
    task_steps: list[dict[str, Any]] | None = json_field()
    loads: dict[str, int] | None = json_field()
    hazards: dict[str, Any] | None = json_field()
    heaviest_lift_kg: float | None = None
    allergens_present: dict[str, Any] | None = json_field()
    accommodations: dict[str, Any] | None = json_field()
    conditions: dict[str, Any] | None = json_field()
    capacity_total: int | None = None
    open_places: int | None = None
    trial_places: int | None = None
    placed_now: int | None = None
    visit_ok: str | None = None
    trial_ok: str | None = None
    observe_only_ok: str | None = None
    online: str | None = None
    min_stay_minutes: int | None = None
    session_minutes: int | None = None
    min_frequency: str | None = None
    first_visit_note: str | None = None
    group_size: str | None = None
    talk_level: int | None = None
    regulars: dict[str, Any] | None = json_field()
    drop_rule: str | None = None
    slots_known: bool | None = None
    engagement_type: str | None = None
    reward_yen: int | None = None
    reward_per: str | None = None
    reward_in_kind: str | None = None
    worker_status_checked_on: date | None = None
    cost_yen: int | None = None
    cost_per: str | None = None
    cost_waivable: str | None = None
    insurance: dict[str, Any] | None = json_field()
    pickup: dict[str, Any] | None = json_field()
    items: list[str] | None = json_field()
    dress: str | None = None
    emergency_24h: str | None = None
    emergency_procedure: str | None = None
    next_opportunity_ids: list[str] | None = json_field()
    status: str | None = None
    status_until: date | None = None
    verified_on: date | None = None
    verified_by: str | None = None
    verification_method: str | None = None
    stale_after_days: int | None = None
    source_evidence: str | None = None
    provenance: list[dict[str, Any]] | None = json_field()
    publication: str | None = None
    url: str | None = None
    notes: str | None = None
    extras: dict[str, Any] | None = json_field()


class Slot(MunicipalRecord, table=True):
    """枠: one recurring time of an opportunity; `ref` is its id in files where it has one, `position` its place."""

    __tablename__ = "slot"
    __table_args__ = (UniqueConstraint("opportunity_id", "position"),)

    opportunity_id: UUID = Field(foreign_key="opportunity.id", index=True, ondelete="CASCADE")
    position: int
    ref: str | None = None
    days: list[str] | None = json_field()
    dates: list[str] | None = json_field()
    except_dates: list[str] | None = json_field()
    start: str | None = None
    end: str | None = None
    week_pattern: dict[str, Any] | None = json_field()
    valid_from: date | None = None
    valid_until: date | None = None
    season_from: str | None = None
    season_until: str | None = None
    school_period: str | None = None
    on_holidays: str | None = None
    season_note: str | None = None
    rain_rule: str | None = None
    stop_rule: str | None = None
    capacity: int | None = None
    open_places: int | None = None
    extras: dict[str, Any] | None = json_field()
