"""A row before and after: what it was is kept, of what it became only a seal that tells whether it still is that."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, Column, Date, Float, Integer, LargeBinary, Table, Uuid
from sqlalchemy.types import TypeDecorator, TypeEngine
from sqlmodel import SQLModel

from models.types import UtcDateTime

Values = Mapping[str, Any]


@dataclass(frozen=True)
class Touched:
    """One row. Made: nothing before. Changed: the changed columns before, sealed after. Gone: the whole row, no seal.
    Untouched: it named by the id of a file what the import then made."""

    table: str
    key: UUID
    before: Values | None
    seal: str | None

    @property
    def made(self) -> bool:
        return self.before is None

    @property
    def gone(self) -> bool:
        return self.seal is None

    @property
    def untouched(self) -> bool:
        return self.before == {} and not self.gone

    def still_so(self, row: SQLModel) -> bool:
        """Whether the row is as it was left: all of it where it was made, else the columns that were changed."""
        columns = columns_of(self.table)
        names = columns if self.before is None else self.before
        return self.seal == seal_of(self.table, {name: getattr(row, name) for name in names})


@cache
def columns_of(table: str) -> Mapping[str, Column[Any]]:
    """The columns that files and people change; counters of our own are none of them."""
    found: Table = SQLModel.metadata.tables[table]
    return {column.name: column for column in found.columns if column.name != "catalogue_revision"}


def seal_of(table: str, values: Values) -> str:
    """The same for the same content on either database, before it was written and after."""
    writers = _writers(table)
    # Which names are asked is the same both times, so what is NULL needs no mention.
    told = {
        name: value if (writer := writers[name]) is None else writer(value)
        for name, value in values.items()
        if value is not None
    }
    return hashlib.sha256(_text(told).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def pack(rows: Iterable[Touched]) -> bytes:
    told = [
        [
            row.table,
            row.key.hex,
            None if row.before is None else _written(row.table, row.before),
            row.seal,
        ]
        for row in rows
    ]
    return zlib.compress(_text(told).encode("utf-8", "surrogatepass"), 6)


def unpack(content: bytes) -> list[Touched]:
    told = json.loads(zlib.decompress(content).decode("utf-8", "surrogatepass"))
    return [
        Touched(
            table,
            UUID(hex=key),
            None if before is None else {name: _read(columns_of(table)[name], value) for name, value in before.items()},
            seal,
        )
        for table, key, before, seal in told
    ]


_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
"""Made once: one for every row would cost more than the row."""


def _text(value: Any) -> str:
    return _ENCODER.encode(value)


@cache
def _writers(table: str) -> Mapping[str, Callable[[Any], Any] | None]:
    """How each column's values are written; None is as they are."""
    return {name: _writer(column) for name, column in columns_of(table).items()}


def _kind(column: Column[Any]) -> TypeEngine[Any]:
    """What the column holds, whatever its values pass on their way (models.readable)."""
    kind = column.type
    return kind.impl_instance if isinstance(kind, TypeDecorator) and not isinstance(kind, UtcDateTime) else kind


def _writer(column: Column[Any]) -> Callable[[Any], Any] | None:
    """As the database would give it back: a whole number in a column of fractions is a fraction."""
    kind = _kind(column)
    if isinstance(kind, Boolean):
        return bool
    if isinstance(kind, Float):
        return float
    if isinstance(kind, Integer):
        return int
    if isinstance(kind, LargeBinary):
        return lambda value: bytes(value).hex()
    if isinstance(kind, Date):
        return lambda value: value.isoformat()
    if isinstance(kind, UtcDateTime):
        return lambda value: value.astimezone(UTC).isoformat()
    if isinstance(kind, Uuid):
        return lambda value: value.hex
    return None


def _written(table: str, values: Values) -> dict[str, Any]:
    writers = _writers(table)
    return {
        name: value if value is None or (writer := writers[name]) is None else writer(value)
        for name, value in values.items()
    }


def _read(column: Column[Any], value: Any) -> Any:
    if value is None:
        return None
    kind = _kind(column)
    if isinstance(kind, LargeBinary):
        return bytes.fromhex(value)
    if isinstance(kind, Date):
        return date.fromisoformat(value)
    if isinstance(kind, UtcDateTime):
        return datetime.fromisoformat(value)
    if isinstance(kind, Uuid):
        return UUID(hex=value)
    return value
