"""The catalogue as it was when somebody asked (その日の台帳): kept once a revision, so that an old round can be asked again."""

from __future__ import annotations

from sqlalchemy import LargeBinary, UniqueConstraint
from sqlmodel import Field

from models.base import MunicipalRecord


class KeptCatalogue(MunicipalRecord, table=True):
    """その日の台帳: every opportunity with its calendar as the engine read it, compressed. Never changed afterwards.

    With a `base` (a revision of the same year that is kept whole) it holds only what was told anew since. The calendar is made for the year that is asked about, so the same revision may be kept for two years. `timetable`
    is the key of the timetable it was asked with, which many revisions share; None where there was none.
    """

    __tablename__ = "kept_catalogue"
    __table_args__ = (UniqueConstraint("municipality_id", "revision", "year"),)

    revision: int
    year: int
    base: int | None = None
    timetable: str | None = None
    content: bytes = Field(sa_type=LargeBinary)


class KeptTimetable(MunicipalRecord, table=True):
    """その日の時刻表: every feed as the engine read it, compressed; feeds are replaced, rounds are not."""

    __tablename__ = "kept_timetable"
    __table_args__ = (UniqueConstraint("municipality_id", "key"),)

    key: str
    content: bytes = Field(sa_type=LargeBinary)
