"""Rows to interchange records and back: columns carry the names of the schema, so one mapper serves every table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any
from uuid import uuid4

from sqlalchemy import Date
from sqlmodel import SQLModel

from models.placement import Placement, PlacementState
from models.readable import ReadableDay
from models.tables import (
    Assessment,
    Consent,
    HouseholdMember,
    Opportunity,
    Organization,
    Participant,
    Site,
    Slot,
)
from seed.records import Record

OWN_COLUMNS = frozenset({"id", "municipality_id", "extras"})
"""Columns that have no field in a file, or one that is mapped by hand."""

IDENTITY = [
    "display_name",
    "birth_date",
    "age",
    "address",
    "latitude",
    "longitude",
    "location_precision",
    "waiting_since",
    "referral_source",
]
"""Fields of a participant that say who somebody is; all the others are judged, and versioned."""

KEPT_HERE = ("next_visit_on", "next_visit_how")
"""Columns of a participant that are daily work: no file brings them, changes them or carries them away."""

FILE_STATES: Mapping[str, str] = {
    PlacementState.VISIT_SET: "visit",
    PlacementState.VISITED: "visit",
    PlacementState.TRIAL_SET: "trial",
    PlacementState.TRIAL: "trial",
    PlacementState.TRIAL_DONE: "trial",
    PlacementState.JOINED: "joined",
    PlacementState.SETTLING: "settling",
    PlacementState.SETTLED: "settled",
    PlacementState.ON_HOLD: "on_hold",
    PlacementState.ENDED: "ended",
}
STORED_STATES: Mapping[str, PlacementState] = {
    "visit": PlacementState.VISIT_SET,
    "trial": PlacementState.TRIAL,
    "joined": PlacementState.JOINED,
    "settling": PlacementState.SETTLING,
    "settled": PlacementState.SETTLED,
    "on_hold": PlacementState.ON_HOLD,
    "ended": PlacementState.ENDED,
}


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
            values[name] = _parsed(record[name], True)
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


def _parsed(value: Any, is_date: bool) -> Any:
    return date.fromisoformat(value) if is_date and isinstance(value, str) else value


def _record(row: SQLModel, *, without: Iterable[str] = ()) -> Record:
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
    return _record(row)


def organization_record(row: Organization) -> Record:
    return _record(row)


def site_record(row: Site, *, organization_ref: str, district: str | None) -> Record:
    """Coordinates found by geocoding stay behind: only what somebody gave is handed on."""
    record = _record(row, without=("located_latitude", "located_longitude", "located_level", "located_from"))
    record["organization_id"] = organization_ref
    if district is not None:
        record["district"] = district
    return record


def opportunity_record(
    row: Opportunity, slots: Sequence[Slot], *, organization_ref: str, site_ref: str | None
) -> Record:
    record = _record(row, without=("slots_known",))
    record["organization_id"] = organization_ref
    if site_ref is not None:
        record["site_id"] = site_ref
    if row.slots_known:
        record["slots"] = [_record(slot) for slot in sorted(slots, key=lambda slot: slot.position)]
    return record


def participant_record(
    row: Participant,
    assessment: Assessment | None,
    *,
    consents: Sequence[Consent],
    placements: Sequence[Placement],
    members: Sequence[HouseholdMember],
    household_ref: str | None,
    district: str | None,
    age: int | None,
) -> Record:
    """A participant as one record again. `age` is the age on the day of the export, where no birth date is held."""
    record = _record(row, without=("age_on", "age", "asked_none", *KEPT_HERE))
    if row.birth_date is None and age is not None:
        record["age"] = age
    if district is not None:
        record["district"] = district
    if assessment is not None:
        record.update(_record(assessment))
    if consents:
        record["consents"] = [_consent(consent) for consent in sorted(consents, key=lambda one: one.position)]
    household: Record = {"id": household_ref} if household_ref else {}
    if members:
        household["members"] = [_member(one) for one in sorted(members, key=lambda one: one.position)]
    if household:
        record["household"] = household
    ordered = sorted(placements, key=lambda one: one.position)
    for name, found in (
        ("active_placements", [_active(one) for one in ordered if one.state in FILE_STATES]),
        ("declined", [_declined(one) for one in ordered if one.state == PlacementState.DECLINED]),
        ("host_declined", [_host_declined(one) for one in ordered if one.state == PlacementState.HOST_DECLINED]),
    ):
        if found:
            record[name] = found
    for name in row.asked_none or ():
        if name == "household.members":
            record.setdefault("household", {}).setdefault("members", [])
        else:
            record.setdefault(name, [])
    return record


def asked_none(record: Record) -> list[str] | None:
    """Lists that live in tables of their own and were given as empty."""
    names = [name for name in ("consents", "active_placements", "declined", "host_declined") if record.get(name) == []]
    if record.get("household", {}).get("members") == []:
        names.append("household.members")
    return names or None


def _present(**values: Any) -> Record:
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in values.items()
        if value is not None
    }


def _consent(row: Consent) -> Record:
    return _present(
        kind=row.kind,
        organization_id=row.organization_ref,
        fields=row.fields,
        method=row.method,
        given_on=row.given_on,
        valid_until=row.valid_until,
        withdrawn_on=row.withdrawn_on,
    )


def _member(row: HouseholdMember) -> Record:
    record = _record(row, without=("member_ref",))
    return {**_present(participant_id=row.member_ref), **record}


def _active(row: Placement) -> Record:
    state = FILE_STATES[row.state]
    return _present(
        opportunity_id=row.opportunity_ref,
        organization_id=row.organization_ref,
        state=None if row.state_unstated else state,
        started_on=row.started_on,
        ended_on=row.ended_on,
    )


def _declined(row: Placement) -> Record:
    return _present(
        opportunity_id=row.opportunity_ref, reason=row.reason, on=row.said_on, show_again_from=row.show_again_from
    )


def _host_declined(row: Placement) -> Record:
    return _present(
        opportunity_id=row.opportunity_ref, reason=row.reason, on=row.said_on, ask_again_from=row.ask_again_from
    )


def placement_rows(record: Record) -> list[dict[str, Any]]:
    """Values of the placements that a participant's record tells of, in order."""
    rows: list[dict[str, Any]] = []
    for one in record.get("active_placements", ()):
        rows.append(
            {
                "state": STORED_STATES[one.get("state", "joined")],
                "state_unstated": "state" not in one,
                "opportunity_ref": one.get("opportunity_id"),
                "organization_ref": one.get("organization_id"),
                "started_on": _parsed(one.get("started_on"), True),
                "ended_on": _parsed(one.get("ended_on"), True),
            }
        )
        # Whoever says only that it ended has not said that nobody knows when it began.
        if rows[-1]["state"] == PlacementState.ENDED and "started_on" not in one:
            del rows[-1]["started_on"]
    for name, state, again in (
        ("declined", PlacementState.DECLINED, "show_again_from"),
        ("host_declined", PlacementState.HOST_DECLINED, "ask_again_from"),
    ):
        for one in record.get(name, ()):
            rows.append(
                {
                    "state": state,
                    "opportunity_ref": one.get("opportunity_id"),
                    "reason": one.get("reason"),
                    "said_on": _parsed(one.get("on"), True),
                    again: _parsed(one.get(again), True),
                }
            )
    return rows


def consent_rows(record: Record) -> list[dict[str, Any]]:
    """Values of the consents of a participant's record, in order."""
    return [
        {
            "kind": one["kind"],
            "organization_ref": one.get("organization_id"),
            "fields": one.get("fields"),
            "method": one.get("method"),
            "given_on": date.fromisoformat(one["given_on"]),
            "valid_until": _parsed(one.get("valid_until"), True),
            "withdrawn_on": _parsed(one.get("withdrawn_on"), True),
        }
        for one in record.get("consents", ())
    ]


def member_rows(record: Record) -> list[dict[str, Any]]:
    """Values of the household's members as this participant's record tells of them."""
    members = record.get("household", {}).get("members", ())
    return [{**values_for(HouseholdMember, one), "member_ref": one.get("participant_id")} for one in members]
