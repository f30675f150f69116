"""What every table shares: naming of constraints, UUID keys made in Python, and whose municipality a row is."""

from __future__ import annotations

from uuid import UUID, uuid4

from sqlmodel import Field, SQLModel

from models import readable  # noqa: F401  every table defined from here on is read within bounds

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Record(SQLModel):
    """A row with a key of its own."""

    id: UUID = Field(default_factory=uuid4, primary_key=True)


class MunicipalRecord(Record):
    """A row that belongs to one municipality (市町村). Every query for it is scoped: see `models.scope`."""

    municipality_id: UUID = Field(default=None, foreign_key="municipality.id", index=True, nullable=False)
