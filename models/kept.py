"""The catalogue as it was when somebody asked (その日の台帳): kept once a revision, so that an old round can be asked again."""

from __future__ import annotations

from sqlalchemy import LargeBinary, UniqueConstraint
from sqlmodel import Field

from models.base import MunicipalRecord


class KeptCatalogue(MunicipalRecord, table=True):
    """その日の台帳: every opportunity with its calendar as the engine read it, compressed. Never changed afterwards.

    The calendar is made for the year that is asked about, so the same revision may be kept for two years.
    """

    __tablename__ = "kept_catalogue"
    __table_args__ = (UniqueConstraint("municipality_id", "revision", "year"),)

    revision: int
    year: int
    content: bytes = Field(sa_type=LargeBinary)
