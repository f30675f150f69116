"""What was kept before a fact was asked for (まだ聞いていなかったこと): read with that fact unknown, never refused.

Facts and profiles have no defaults, so that whoever adds one is led through every place that supplies it. What was kept
before it existed cannot supply it: here it gets the unknown of its type.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, Generic, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from pydantic import TypeAdapter, ValidationError

T = TypeVar("T")
_MISSING = "missing"


class NoUnknownError(TypeError):
    """A type that has no way of saying that nobody asked."""


class KeptJson(Generic[T]):
    """Reads and writes a value of a type as JSON; what it lacks, having been kept before it was asked for, is unknown.

    Raises pydantic's ValidationError for what is wrong in any other way.
    """

    def __init__(self, kind: Any) -> None:
        self._kind, self._adapter = kind, TypeAdapter[T](kind)

    def written(self, value: T) -> bytes:
        return self._adapter.dump_json(value)

    def read(self, kept: bytes | str) -> T:
        try:
            return self._adapter.validate_json(kept)
        except ValidationError as problem:
            if any(one["type"] != _MISSING for one in problem.errors(include_url=False, include_input=False)):
                raise
            return self._adapter.validate_json(json.dumps(completed(self._kind, json.loads(kept))))


def completed(kind: Any, kept: Any) -> Any:
    """`kept`, JSON of a value of this type, with an unknown for each field it lacks, however deep."""
    if kept is None:
        return None
    if isinstance(kind, type) and is_dataclass(kind) and isinstance(kept, dict):
        fields = _fields(kind)
        asked = {name: completed(fields[name], value) for name, value in kept.items() if name in fields}
        return {**{name: unknown(field) for name, field in fields.items() if name not in asked}, **asked}
    origin, inside = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        return completed(next((one for one in inside if one is not NoneType), None), kept)
    if isinstance(kept, list) and origin in (tuple, frozenset, list) and inside:
        several = inside[:1] * len(kept) if len(inside) == 1 or inside[-1] is Ellipsis else inside
        return [completed(one, value) for one, value in zip(several, kept, strict=False)]
    if isinstance(kept, dict) and len(inside) == 2:
        return {name: completed(inside[1], value) for name, value in kept.items()}
    return kept


def unknown(kind: Any) -> Any:
    """How a field of this type says that nobody asked, as JSON; NoUnknownError where it cannot."""
    origin, inside = get_origin(kind), get_args(kind)
    if NoneType in inside:
        return None
    if origin is Literal and "unknown" in inside:
        return "unknown"
    if origin is tuple and inside[-1] is not Ellipsis:
        return [unknown(one) for one in inside]
    if origin in (tuple, frozenset, list):
        return []
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return {}
    raise NoUnknownError(kind)


@cache
def _fields(kind: type) -> dict[str, Any]:
    return {name: hint for name, hint in get_type_hints(kind).items() if name in kind.__dataclass_fields__}  # type: ignore[attr-defined]
