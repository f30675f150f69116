"""Consents given and withdrawn."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlmodel import Field

from models.base import MunicipalRecord
from models.types import json_field


class Consent(MunicipalRecord, table=True):
    """同意 A–H: valid from `given_on` until withdrawn or its last day. D names the one host and the items."""

    __tablename__ = "consent"

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
