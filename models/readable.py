"""What a column may give back: whatever the database holds, a page and the engine meet only values they can read.

Files are checked on their way in (`seed.bounds`); a database outlives its checks, and one odd value must cost itself,
never a list or everybody's proposals. A number or a date out of bounds comes back as unknown. JSON of another shape
than the interchange format loses what does not fit, and says so: see `Unread`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Date, Dialect, Float, Integer, MetaData, Table, event
from sqlalchemy.types import TypeDecorator
from sqlmodel import SQLModel

from models.shapes import ALL_OR_NOTHING, NEEDS, PAIRS, SHAPES

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2100, 12, 31)
LARGEST = 2**31 - 1
LIMITS_BY_DATE = ("slot", "consent")
"""Tables whose dates bound something: out of bounds they stay before or after everything, rather than bound nothing."""


class UnreadObject(dict[str, Any]):
    """An object of which something could not be read; what could be is here."""


class UnreadList(list[Any]):
    """A list of which something could not be read; what could be is here."""


Unread = UnreadObject | UnreadList


def unread_fields(row: SQLModel) -> tuple[str, ...]:
    """Columns of a row that hold something nobody can read."""
    return tuple(name for name in type(row).model_fields if isinstance(getattr(row, name), Unread))


class ReadableDay(TypeDecorator[date]):
    """A date between 1900 and 2100."""

    impl = Date
    cache_ok = True

    def __init__(self, *, clamped: bool = False) -> None:
        super().__init__()
        self.clamped = clamped

    def process_result_value(self, value: date | None, dialect: Dialect) -> date | None:
        if value is None or FIRST_DAY <= value <= LAST_DAY:
            return value
        return max(FIRST_DAY, min(value, LAST_DAY)) if self.clamped else None


class ReadableWhole(TypeDecorator[int]):
    """A whole number from nought up to what 32 bits hold."""

    impl = Integer
    cache_ok = True

    def process_result_value(self, value: int | None, dialect: Dialect) -> int | None:
        return value if value is not None and 0 <= value <= LARGEST else None


class ReadableReal(TypeDecorator[float]):
    """A number that is one, and no larger than anything on earth."""

    impl = Float
    cache_ok = True

    def process_result_value(self, value: float | None, dialect: Dialect) -> float | None:
        return value if value is not None and math.isfinite(value) and abs(value) <= LARGEST else None


class ReadableJson(TypeDecorator[Any]):
    """JSON of one shape."""

    impl = JSON
    cache_ok = True

    def __init__(self, table: str = "", column: str = "") -> None:
        super().__init__(none_as_null=True)
        self.table, self.column = table, column

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        if value is None:
            return None
        return _readable(value, SHAPES[self.table][self.column])


def _readable(value: Any, shape: Any) -> Any:
    """The value, or what can be read of it; nothing at all of a list is unknown, unless the list is a limit."""
    kept, whole = _kept(value, shape)
    if whole:
        return kept
    if isinstance(shape, list):
        return UnreadList(kept or ())
    return UnreadObject(kept or {})


def _kept(value: Any, shape: Any) -> tuple[Any, bool]:
    """(what can be read, whether that is all of it)."""
    if isinstance(shape, list):
        return _list(value, shape[0])
    if isinstance(shape, Mapping):
        return _object(value, shape)
    return (value, True) if _CHECKS[shape](value) else (None, False)


def _list(value: Any, each: Any) -> tuple[Any, bool]:
    if not isinstance(value, list):
        return None, False
    entries = [_kept(entry, each) for entry in value]
    kept = [entry for entry, _ in entries if entry is not None]
    return kept, all(whole for _, whole in entries)


def _object(value: Any, shape: Mapping[str, Any]) -> tuple[Any, bool]:
    if not isinstance(value, dict):
        return None, False
    told = {name: inner for name, inner in value.items() if inner is not None}  # null says what absence says
    kept, every = {}, True
    for name, inner in told.items():
        known = shape.get(name, shape.get(f"{name}!", shape.get("*")))
        found, whole = (inner, True) if known is None else _kept(inner, known)
        every &= whole
        if found is not None:
            kept[name] = found
    every &= all((first in told) == (second in told) for first, second in PAIRS)
    every &= NEEDS.get(kept.get("kind", ""), "kind") in kept or "kind" not in kept
    if every:
        missing = any(name.endswith("!") and name[:-1] and name[:-1] not in kept for name in shape)
        return (None, False) if missing else (told, True)
    lost = ALL_OR_NOTHING in shape or any(name.endswith("!") and name[:-1] not in kept for name in shape)
    return (None, False) if lost else (kept, False)


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= LARGEST


def _is_level(value: Any) -> bool:
    return _is_whole(value) and value <= 5


def _is_week(value: Any) -> bool:
    return not isinstance(value, bool) and value in (1, 2, 3, 4, 5, -1)


def _is_day(value: Any) -> bool:
    try:
        return isinstance(value, str) and FIRST_DAY <= date.fromisoformat(value) <= LAST_DAY
    except ValueError:
        return False


def is_clock(value: Any) -> bool:
    """HH:MM up to 24:00."""
    return isinstance(value, str) and re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d|24:00", value) is not None


def is_month_day(value: Any) -> bool:
    """MM-DD of some year."""
    try:
        return isinstance(value, str) and len(value) == 5 and date.fromisoformat(f"2024-{value}") is not None
    except ValueError:
        return False


def _is_key(value: Any) -> bool:
    try:
        return isinstance(value, str) and bool(UUID(value))
    except ValueError:
        return False


def _is_moment(value: Any) -> bool:
    try:
        return isinstance(value, str) and datetime.fromisoformat(value).tzinfo is not None
    except ValueError:
        return False


_CHECKS: Mapping[str, Callable[[Any], bool]] = {
    "key": _is_key,
    "moment": _is_moment,
    "text": _is_text,
    "whole": _is_whole,
    "level": _is_level,
    "week": _is_week,
    "day": _is_day,
    "clock": is_clock,
    "month_day": is_month_day,
    "four": lambda value: value in ("yes", "conditional", "no", "unknown"),
    "pattern": lambda value: value in ("every", "nth", "alternate"),
    "weekday": lambda value: value in ("mon", "tue", "wed", "thu", "fri", "sat", "sun"),
    "bool": lambda value: isinstance(value, bool),
}


@event.listens_for(Table, "after_parent_attach")
def _bound(table: Table, metadata: MetaData) -> None:
    """Every column of ours that may be unknown is read within bounds."""
    if metadata is not SQLModel.metadata:
        return
    for column in table.columns:
        if column.name in SHAPES.get(table.name, {}):
            column.type = ReadableJson(table.name, column.name)
        elif not column.nullable or isinstance(column.type, TypeDecorator):
            continue
        elif isinstance(column.type, Date):
            column.type = ReadableDay(clamped=table.name in LIMITS_BY_DATE)
        elif isinstance(column.type, Integer):
            column.type = ReadableWhole()
        elif isinstance(column.type, Float):
            column.type = ReadableReal()
