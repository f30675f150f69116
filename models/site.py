"""Layer 2: places where opportunities happen."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from models.base import MunicipalRecord
from models.types import json_field


class Site(MunicipalRecord, table=True):
    """場所. `located_…` is what geocoding found from the address, kept apart from coordinates that somebody gave.

    `phone` rings at this place; who hosts may have another number (連絡先 of the organization).
    """

    __tablename__ = "site"
    __table_args__ = (UniqueConstraint("municipality_id", "ref"),)

    ref: str
    organization_id: UUID = Field(foreign_key="organization.id", index=True)
    name: str
    kana: str | None = None
    alias: str | None = None
    address: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    location_precision: str | None = None
    located_latitude: float | None = None
    located_longitude: float | None = None
    located_level: str | None = None
    located_from: str | None = None
    district_id: UUID | None = Field(default=None, foreign_key="district.id", index=True)
    indoor_outdoor: str | None = None
    step_free: str | None = None
    toilets: dict[str, Any] | None = json_field()
    quiet_space: str | None = None
    rest_space: str | None = None
    heating: str | None = None
    cooling: str | None = None
    smoke_free: str | None = None
    animals_present: str | None = None
    noise_note: str | None = None
    parking: str | None = None
    nearest_stop: dict[str, Any] | None = json_field()
    winter_access: str | None = None
    visible_from_street: str | None = None
    accessibility_note: str | None = None
    publication: str | None = None
    phone: str | None = None
    extension: str | None = None
    url: str | None = None
    notes: str | None = None
    extras: dict[str, Any] | None = json_field()
