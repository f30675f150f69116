"""Layer 1: organizations that may host people."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from models.base import MunicipalRecord
from models.types import json_field


class Organization(MunicipalRecord, table=True):
    """団体（受け入れ先）. One column per field of the interchange schema; it carries no attribute of an activity."""

    __tablename__ = "organization"
    __table_args__ = (UniqueConstraint("municipality_id", "ref"),)

    ref: str
    name: str
    kana: str | None = None
    corporate_number: str | None = Field(default=None, index=True)
    type: str | None = None
    status: str | None = None
    status_until: date | None = None
    status_reason: str | None = None
    concurrent_limit: int | None = None
    placed_now: int | None = None
    new_intakes_per_month: int | None = None
    recent_intakes_on: list[str] | None = json_field()
    rest_days_after_end: int | None = None
    last_end_on: date | None = None
    burden: dict[str, Any] | None = json_field()
    confidentiality_explained_on: date | None = None
    contact: dict[str, Any] | None = json_field()
    motives: list[str] | None = json_field()
    networks: list[str] | None = json_field()
    relation_owner: str | None = None
    relation_since: date | None = None
    last_contact_on: date | None = None
    next_contact_on: date | None = None
    typical_reply_days: int | None = None
    publication: str | None = None
    notes: str | None = None
    extras: dict[str, Any] | None = json_field()
