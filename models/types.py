"""Column types: UTC moments, and JSON that keeps Japanese readable and tells absent from empty."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, DateTime, Dialect
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field

from models.errors import RecordError


class UtcDateTime(TypeDecorator[datetime]):
    """A moment with its zone; only UTC is stored, and UTC comes back. A naive moment is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            message = "時刻には時間帯（UTC）が要ります"
            raise RecordError(message)
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def json_field(*, required: bool = False) -> Any:
    """A JSON column shaped like the interchange schema; None is absent and stored as NULL, [] is an answer."""
    if required:
        return Field(sa_type=JSON, nullable=False)
    return Field(default=None, sa_type=JSON(none_as_null=True), nullable=True)


def moment_field(*, required: bool = True, index: bool = False) -> Any:
    """A UTC moment."""
    if required:
        return Field(sa_type=UtcDateTime, nullable=False, index=index)
    return Field(default=None, sa_type=UtcDateTime, nullable=True, index=index)
