"""What an edit of the catalogue touched, noted in the transaction of the edit."""

from __future__ import annotations

from sqlalchemy import UniqueConstraint

from models.base import MunicipalRecord
from models.types import json_field


class CatalogueChange(MunicipalRecord, table=True):
    """台帳の変更: the opportunities that read differently since this revision of the catalogue; `refs` None is all of them.

    There is one for every revision, so a gap means that somebody edited round the records: then nothing is known of
    what they touched.
    """

    __tablename__ = "catalogue_change"
    __table_args__ = (UniqueConstraint("municipality_id", "revision"),)

    revision: int
    refs: list[str] | None = json_field()
