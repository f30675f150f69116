"""The municipality with its own words for roles and meetings, and its districts."""

from __future__ import annotations

from typing import Any

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from models.base import MunicipalRecord, Record
from models.types import json_field


class Municipality(Record, table=True):
    """市町村. `settings` holds its names for roles, meetings and their legal bases, indicators and targets (domain §1.1).

    `catalogue_revision` grows inside every transaction that edits the catalogue; `models.revision_log` says what was touched.
    """

    __tablename__ = "municipality"

    key: str = Field(unique=True)
    code: str = Field(index=True)
    name: str
    prefecture: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    settings: dict[str, Any] | None = json_field()
    calendar: dict[str, Any] | None = json_field()
    catalogue_revision: int = 0


class District(MunicipalRecord, table=True):
    """地区・圏域: the local unit that sites and people belong to, by its local name."""

    __tablename__ = "district"
    __table_args__ = (UniqueConstraint("municipality_id", "name"),)

    name: str
    group: str | None = None
    latitude: float | None = None
    longitude: float | None = None
