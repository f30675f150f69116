"""JSON Schema as it is meant: the end of a pattern is the end of the text, not the line break before it."""

from __future__ import annotations

import re
from typing import Any

from jsonschema import Draft202012Validator

_END = re.compile(r"(?<!\\)\$(?=\)*$)")


def exact_validator(schema: Any) -> Draft202012Validator:
    """Draft 2020-12, slow and with its reasons. Python's `$` alone would also match before a line break."""
    return Draft202012Validator(_exact(schema))


def _exact(schema: Any) -> Any:
    if isinstance(schema, list):
        return [_exact(inner) for inner in schema]
    if not isinstance(schema, dict):
        return schema
    told = {name: _exact(inner) for name, inner in schema.items()}
    if isinstance(schema.get("pattern"), str):
        told["pattern"] = _END.sub(r"\\Z", schema["pattern"])
    if isinstance(schema.get("patternProperties"), dict):
        told["patternProperties"] = {_END.sub(r"\\Z", name): inner for name, inner in told["patternProperties"].items()}
    return told
