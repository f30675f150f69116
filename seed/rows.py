"""Rows to interchange records and back: columns carry the names of the schema, so one mapper serves every table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any
from uuid import uuid4

from sqlalchemy import Date
from sqlmodel import SQLModel

from models.readable import ReadableDay
from models.tables import (
    Opportunity,
    Organization,
    Site,
    Slot,
)
from seed.records import Record

OWN_COLUMNS = frozenset({"id", "municipality_id", "extras"})
"""Columns that have no field in a file, or one that is mapped by hand."""


@cache
def _columns(table: type[SQLModel]) -> tuple[str, ...]:
    return tuple(column.name for column in table.__table__.columns if column.name not in OWN_COLUMNS)  # type: ignore[attr-defined]


@cache
def _dates(table: type[SQLModel]) -> frozenset[str]:
    return frozenset(column.name for column in table.__table__.columns if isinstance(column.type, Date | ReadableDay))  # type: ignore[attr-defined]


@cache
def _plain(table: type[SQLModel]) -> tuple[str, ...]:
    """Columns that hold what a record's field of the same name holds."""
    by_hand = {"ref", "position", "version", "recorded_at", "asked_none", "age_on", "slots_known"}
    return tuple(name for name in _columns(table) if name not in by_hand and not name.endswith("_id"))


def values_for(table: type[SQLModel], record: Record) -> dict[str, Any]:
    """Every plain column of the table from a record; an absent field becomes None."""
    dates = _dates(table)
    values = {name: record.get(name) for name in _plain(table)}
    for name in dates & record.keys():
        if name in values:
            values[name] = parsed(record[name], True)
    if "ref" in _columns(table) and "id" in record:
        values["ref"] = record["id"]
    if "extras" in table.__table__.columns:  # type: ignore[attr-defined]
        values["extras"] = {key: value for key, value in record.items() if key.startswith("x_")} or None
    return values


def whole_row(table: type[SQLModel], values: Mapping[str, Any]) -> dict[str, Any]:
    """Values of a new row with every column of its table but the municipality's, for rows that are written in one go."""
    return {"id": uuid4(), **_defaults(table), **values}


@cache
def _defaults(table: type[SQLModel]) -> Mapping[str, Any]:
    return {
        name: None if field.is_required() else field.default
        for name, field in table.model_fields.items()
        if name not in ("id", "municipality_id")
    }


def parsed(value: Any, is_date: bool) -> Any:
    return date.fromisoformat(value) if is_date and isinstance(value, str) else value


def record_of(row: SQLModel, *, without: Iterable[str] = ()) -> Record:
    left_out = {"position", "version", "recorded_at", *without}
    record: Record = {}
    for name in _columns(type(row)):
        if name in left_out or name.endswith("_id"):
            continue
        value = getattr(row, name)
        if value is None:
            continue
        record["id" if name == "ref" else name] = value.isoformat() if isinstance(value, date) else value
    extras = getattr(row, "extras", None) or {}
    return {**record, **{name: value for name, value in extras.items() if name.startswith("x_")}}


def values_of(row: object) -> Record:
    """The plain columns of any row that say something."""
    assert isinstance(row, SQLModel)
    return record_of(row)


def organization_record(row: Organization) -> Record:
    return record_of(row)


def site_record(row: Site, *, organization_ref: str, district: str | None) -> Record:
    """Coordinates found by geocoding stay behind: only what somebody gave is handed on."""
    record = record_of(row, without=("located_latitude", "located_longitude", "located_level", "located_from"))
    record["organization_id"] = organization_ref
    if district is not None:
        record["district"] = district
    return record


def opportunity_record(
    row: Opportunity, slots: Sequence[Slot], *, organization_ref: str, site_ref: str | None
) -> Record:
    record = record_of(row, without=("slots_known",))
    record["organization_id"] = organization_ref
    if site_ref is not None:
        record["site_id"] = site_ref
    if row.slots_known:
        record["slots"] = [record_of(slot) for slot in sorted(slots, key=lambda slot: slot.position)]
    return record


def present(**values: Any) -> Record:
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in values.items()
        if value is not None
    }
