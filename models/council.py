"""Notes of the council under article 106-6 (支援会議限り情報), apart from everything else.

No foreign key leads to a person, no relationship leads here, and a session reads it only when it was opened as a
member's (`models.scope.open_session(..., council_member=True)`). Matching, import, export and the pages of proposals
may not import this module; an import contract holds that.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlmodel import Field

from models.base import MunicipalRecord
from models.types import moment_field


class CouncilNote(MunicipalRecord, table=True):
    """支援会議限り情報: `case_key` is an opaque key that only the council's own list can resolve."""

    __tablename__ = "council_note"

    case_key: UUID = Field(index=True)
    text: str
    written_at: datetime = moment_field()
    written_by: UUID | None = Field(default=None)
