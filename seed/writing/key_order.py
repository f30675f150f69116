"""Bringing the keys of a record into the order of its JSON schema, so that the same records make the same file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import PurePath
from typing import Any

from matching.vocabulary import VOCABULARIES


@cache
def schema(name: str) -> dict[str, Any]:
    """`catalogue` or `participants`."""
    text = (files("seed") / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def ordered(value: Any, shape: Mapping[str, Any], root: Mapping[str, Any]) -> Any:
    """`value` with its keys in the order of `shape` (a part of the schema `root`), codes in the order of their list.

    Raises ValueError for a field the schema does not have: a file that other programs refuse is worse than no file, and
    a field about a person that was never agreed must not leave the office.
    """
    if "$ref" in shape:
        shape = root["$defs"][shape["$ref"].rsplit("/", 1)[-1]]
    if isinstance(value, list):
        return [ordered(each, shape.get("items", {}), root) for each in value]
    if not isinstance(value, Mapping):
        return value
    properties = shape.get("properties", {})
    known = {key: ordered(value[key], properties[key], root) for key in properties if key in value}
    others = [key for key in value if key not in properties]
    if "x-vocabulary" in shape and not properties:
        codes = VOCABULARIES[PurePath(shape["x-vocabulary"]).stem].codes
        order = {code: position for position, code in enumerate(codes)}
        return {key: value[key] for key in sorted(others, key=lambda key: (order.get(key, len(order)), key))}
    if others and shape.get("additionalProperties") is False:
        refused = [key for key in others if not (key.startswith("x_") and "patternProperties" in shape)]
        if refused:
            message = f"no such field in the schema: {', '.join(sorted(refused))}"
            raise ValueError(message)
    return known | {key: _sorted(value[key]) for key in sorted(others)}


def _sorted(value: Any) -> Any:
    """Extension values have no schema: their keys go by name."""
    if isinstance(value, Mapping):
        return {key: _sorted(value[key]) for key in sorted(value)}
    return [_sorted(each) for each in value] if isinstance(value, list) else value
