"""An organization with its telephone beside its name, where the rules for fields can see it."""

from __future__ import annotations

from seed.records import Record

PHONE = ("phone", "extension")


def flat(organization: Record) -> Record:
    """With the telephone beside the name, where the rules for fields can see it."""
    contact = organization.get("contact") or {}
    return organization | {name: contact[name] for name in PHONE if name in contact}


def nested(told: Record) -> Record:
    """The telephone back among the contacts."""
    record = {name: value for name, value in told.items() if name not in PHONE}
    phones = {name: told[name] for name in PHONE if name in told}
    contact = {name: value for name, value in (told.get("contact") or {}).items() if name not in PHONE}
    if phones or contact:
        record["contact"] = contact | phones
    elif "contact" in record:
        del record["contact"]
    return record
