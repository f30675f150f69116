"""A person's rows to a participant's record and back: who they are, what was judged, consents and household."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from models.placement import Placement, PlacementState
from models.tables import Assessment, Consent, HouseholdMember, Participant
from seed.placement_rows import FILE_STATES, active_record, declined_record, host_declined_record
from seed.records import Record
from seed.rows import parsed, present, record_of, values_for

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
    record = record_of(row, without=("age_on", "age", "asked_none", *KEPT_HERE))
    if row.birth_date is None and age is not None:
        record["age"] = age
    if district is not None:
        record["district"] = district
    if assessment is not None:
        record.update(record_of(assessment))
    if consents:
        record["consents"] = [_consent(consent) for consent in sorted(consents, key=lambda one: one.position)]
    household: Record = {"id": household_ref} if household_ref else {}
    if members:
        household["members"] = [_member(one) for one in sorted(members, key=lambda one: one.position)]
    if household:
        record["household"] = household
    ordered = sorted(placements, key=lambda one: one.position)
    for name, found in (
        ("active_placements", [active_record(one) for one in ordered if one.state in FILE_STATES]),
        ("declined", [declined_record(one) for one in ordered if one.state == PlacementState.DECLINED]),
        ("host_declined", [host_declined_record(one) for one in ordered if one.state == PlacementState.HOST_DECLINED]),
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


def _consent(row: Consent) -> Record:
    return present(
        kind=row.kind,
        organization_id=row.organization_ref,
        fields=row.fields,
        method=row.method,
        given_on=row.given_on,
        valid_until=row.valid_until,
        withdrawn_on=row.withdrawn_on,
    )


def _member(row: HouseholdMember) -> Record:
    record = record_of(row, without=("member_ref",))
    return {**present(participant_id=row.member_ref), **record}


def consent_rows(record: Record) -> list[dict[str, Any]]:
    """Values of the consents of a participant's record, in order."""
    return [
        {
            "kind": one["kind"],
            "organization_ref": one.get("organization_id"),
            "fields": one.get("fields"),
            "method": one.get("method"),
            "given_on": date.fromisoformat(one["given_on"]),
            "valid_until": parsed(one.get("valid_until"), True),
            "withdrawn_on": parsed(one.get("withdrawn_on"), True),
        }
        for one in record.get("consents", ())
    ]


def member_rows(record: Record) -> list[dict[str, Any]]:
    """Values of the household's members as this participant's record tells of them."""
    members = record.get("household", {}).get("members", ())
    return [{**values_for(HouseholdMember, one), "member_ref": one.get("participant_id")} for one in members]
