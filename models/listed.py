"""Published lists of facilities: what each said last time, and where it differs from what is known here."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from models.base import MunicipalRecord
from models.types import json_field, moment_field

OPEN, ACCEPTED, DISMISSED, CLOSED = "open", "accepted", "dismissed", "closed"


class FacilityList(MunicipalRecord, table=True):
    """施設の一覧: one list that is published again and again. `key` is its name as names are compared."""

    __tablename__ = "facility_list"
    __table_args__ = (UniqueConstraint("municipality_id", "key"),)

    key: str
    name: str
    list_date: date | None = None
    imported_at: datetime = moment_field()


class ListedRow(MunicipalRecord, table=True):
    """一覧の行: what one row of a list said last time, and the entries of the catalogue that stand for it.

    `number`, `name` and `address` are as they are compared. `told` is the base of the next comparison: where the
    catalogue still says the same, nobody here has changed it.
    """

    __tablename__ = "listed_row"

    facility_list_id: UUID = Field(foreign_key="facility_list.id", index=True, ondelete="CASCADE")
    number: str
    name: str
    address: str
    told: dict[str, Any] = json_field(required=True)
    organization_ref: str
    site_ref: str = Field(index=True)
    opportunity_ref: str | None = None
    seen_on: date
    vanished_on: date | None = None


class Suggestion(MunicipalRecord, table=True):
    """一覧との違い: what a list says otherwise than we do. It changes nothing until somebody here takes it over.

    `value` holds the fields of the list by name, for they are taken over together (緯度 with 経度).
    """

    __tablename__ = "suggestion"

    kind: str
    target_ref: str = Field(index=True)
    field: str
    value: dict[str, Any] = json_field(required=True)
    facility_list_id: UUID = Field(foreign_key="facility_list.id", index=True, ondelete="CASCADE")
    list_date: date | None = None
    noticed_at: datetime = moment_field()
    state: str = Field(default=OPEN, index=True)
    decided_by: UUID | None = Field(default=None, foreign_key="account.id")
    decided_at: datetime | None = moment_field(required=False)
