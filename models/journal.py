"""What an import touched, kept for a while so that it can be taken back (取り込みの控え)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import LargeBinary
from sqlmodel import Field

from models.base import MunicipalRecord
from models.types import moment_field


class ImportJournal(MunicipalRecord, table=True):
    """取り込みの控え: before and after of every row that one import touched, compressed; see `models.touched`.

    It holds personal data where the import did, so it goes when it has served: taken back, or after `until`.
    """

    __tablename__ = "import_journal"

    batch_id: UUID = Field(foreign_key="import_batch.id", unique=True, ondelete="CASCADE")
    content: bytes = Field(sa_type=LargeBinary)
    until: datetime = moment_field(index=True)
