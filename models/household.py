"""Households, so that other members can be offered places of their own."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from models.base import MunicipalRecord


class Household(MunicipalRecord, table=True):
    """世帯."""

    __tablename__ = "household"
    __table_args__ = (UniqueConstraint("municipality_id", "ref"),)

    ref: str


class HouseholdMember(MunicipalRecord, table=True):
    """世帯員 as seen from one participant: what the member is to this person, and what is known of the member's wishes.

    Whoever is a participant too stands once; others may be alike (two brothers of one age band).
    """

    __tablename__ = "household_member"
    __table_args__ = (
        UniqueConstraint("participant_id", "position"),
        Index("uq_household_member_participant_id_member_ref", "participant_id", "member_ref", unique=True),
    )

    participant_id: UUID = Field(foreign_key="participant.id", index=True, ondelete="CASCADE")
    position: int
    member_ref: str | None = None
    relation: str | None = None
    age_band: str | None = None
    lives_together: str | None = None
    gives_care: str | None = None
    wishes_known: str | None = None
    contact_ok: str | None = None
