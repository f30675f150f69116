"""Towns with coordinates, for geocoding without network."""

from __future__ import annotations

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from models.base import Record


class Town(Record, table=True):
    """町字: reference data of the whole installation, not of one municipality's work."""

    __tablename__ = "town"
    __table_args__ = (UniqueConstraint("prefecture", "municipality", "town", "koaza"),)

    prefecture: str
    municipality: str = Field(index=True)
    municipality_code: str = ""
    town: str
    koaza: str = ""
    latitude: float | None = None
    longitude: float | None = None
    source: str = ""
