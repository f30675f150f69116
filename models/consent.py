"""Consents given and withdrawn."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import Index, text
from sqlmodel import Field

from models.base import MunicipalRecord
from models.types import json_field


class Consent(MunicipalRecord, table=True):
    """同意 A–H: valid from `given_on` until withdrawn or its last day. D names the one host and the items.

    The same consent stands once, or a withdrawal of one copy would leave the other valid.
    """

    __tablename__ = "consent"
    __table_args__ = (
        Index("uq_consent_participant_id_position", "participant_id", "position", unique=True),
        Index("uq_consent_of_a_host", "participant_id", "kind", "organization_ref", "given_on", unique=True),
        # Nothing equals NULL, so those that name no host need a key of their own.
        Index(
            "uq_consent_of_no_host",
            "participant_id",
            "kind",
            "given_on",
            unique=True,
            sqlite_where=text("organization_ref IS NULL"),
            postgresql_where=text("organization_ref IS NULL"),
        ),
    )

    participant_id: UUID = Field(foreign_key="participant.id", index=True, ondelete="CASCADE")
    position: int
    kind: str
    organization_ref: str | None = None
    fields: list[str] | None = json_field()
    method: str | None = None
    given_on: date
    valid_until: date | None = None
    withdrawn_on: date | None = None

    def valid(self, on: date) -> bool:
        """Whether it holds on this day; a withdrawal works at once."""
        ended = self.withdrawn_on is not None and on >= self.withdrawn_on
        return self.given_on <= on and not ended and (self.valid_until is None or on <= self.valid_until)
