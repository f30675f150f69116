"""The interchange schemas, read once."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any

from jsonschema import Draft202012Validator


@cache
def schema_of(kind: str) -> dict[str, Any]:
    text = (files("seed") / "schemas" / f"{kind}.schema.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


@cache
def validator(kind: str, record_kind: str) -> Draft202012Validator:
    """Of one kind of record."""
    schema = schema_of(kind)
    return Draft202012Validator({"$defs": schema["$defs"], "$ref": f"#/$defs/{record_kind}"})


@cache
def heading_validator(kind: str, name: str) -> Draft202012Validator:
    """Of what stands beside the lists: `calendar` or `municipality`."""
    schema = schema_of(kind)
    return Draft202012Validator({"$defs": schema["$defs"], **schema["properties"][name]})
