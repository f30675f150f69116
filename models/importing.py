"""Uploaded files that wait for somebody to look at the preview."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlmodel import Field

from models.base import MunicipalRecord
from models.types import json_field, moment_field


class ImportBatch(MunicipalRecord, table=True):
    """取り込み: the file as it came and what was read of it, so that nobody reads it again to look at it or to apply it.

    `draft_of` says what the draft was read with: the build that read it, and the answers that were given by then. A
    draft of anything else is read again from the content. Both go when the import is applied or dropped.
    """

    __tablename__ = "import_batch"

    file_name: str
    kind: str
    content: bytes | None = None
    draft: bytes | None = None
    draft_of: dict[str, Any] | None = json_field()
    columns: dict[str, Any] | None = json_field()
    same_as: dict[str, Any] | None = json_field()
    """Of form rows without ids: what somebody said each is, the file id of a known entry or "" for a new one."""
    list_name: str | None = None
    list_date: date | None = None
    state: str = Field(default="waiting", index=True)
    uploaded_by: UUID | None = Field(default=None, foreign_key="account.id")
    uploaded_at: datetime = moment_field(index=True)
    outcome: dict[str, Any] | None = json_field()
