"""The interchange schemas, read once."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import jsonschema_rs

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator


@cache
def schema_of(kind: str) -> dict[str, Any]:
    text = (files("seed") / "schemas" / f"{kind}.schema.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


@cache
def validator(kind: str, record_kind: str) -> Draft202012Validator:
    """Tells what is wrong with one kind of record, slowly; imported only where something is."""
    from seed.exact_schema import exact_validator

    return exact_validator(_schema_of_one(kind, record_kind))


def passes(kind: str, record_kind: str, record: Any, *, partly: bool = False) -> bool:
    """Whether nothing is wrong with a record, quickly; `partly` asks nothing of what is absent."""
    try:
        return _gate(kind, record_kind, partly).is_valid(record)
    except (ValueError, OverflowError):  # half a character, a number without end: the other one says what it is
        return False


@cache
def _gate(kind: str, record_kind: str, partly: bool) -> jsonschema_rs.Draft202012Validator:
    schema = _schema_of_one(kind, record_kind)
    return jsonschema_rs.Draft202012Validator(_asking_nothing(schema) if partly else schema)


def _asking_nothing(schema: Any) -> Any:
    """The schema without `required`, wherever it is a rule and not the name of a field."""
    if isinstance(schema, list):
        return [_asking_nothing(inner) for inner in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        name: _asking_nothing(inner)
        for name, inner in schema.items()
        if not (name == "required" and isinstance(inner, list))
    }


def _schema_of_one(kind: str, record_kind: str) -> dict[str, Any]:
    return {"$defs": schema_of(kind)["$defs"], "$ref": f"#/$defs/{record_kind}"}


@cache
def heading_validator(kind: str, name: str) -> Draft202012Validator:
    """Of what stands beside the lists: `calendar` or `municipality`."""
    from seed.exact_schema import exact_validator

    schema = schema_of(kind)
    return exact_validator({"$defs": schema["$defs"], **schema["properties"][name]})
