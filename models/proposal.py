"""What was proposed to whom, kept with everything it was asked with."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from models.base import MunicipalRecord
from models.types import json_field, moment_field


class ProposalRound(MunicipalRecord, table=True):
    """提案の一回分: the question, the rules and weights, the facts and the whole answer. Never changed afterwards."""

    __tablename__ = "proposal_round"

    participant_id: UUID = Field(foreign_key="participant.id", index=True, ondelete="CASCADE")
    assessment_id: UUID | None = Field(default=None, foreign_key="assessment.id")
    asked_by: UUID | None = Field(default=None, foreign_key="account.id")
    asked_at: datetime = moment_field(index=True)
    on: date
    engine_version: str
    weights_version: str
    pool_revision: int
    weights: dict[str, Any] = json_field(required=True)
    rules: list[str] = json_field(required=True)
    profile: dict[str, Any] = json_field(required=True)
    elsewhere: dict[str, Any] | None = json_field()
    result: dict[str, Any] = json_field(required=True)
    facts: dict[str, Any] = json_field(required=True)


class Proposal(MunicipalRecord, table=True):
    """提案: one candidate of a round."""

    __tablename__ = "proposal"
    __table_args__ = (
        UniqueConstraint("round_id", "rank"),
        Index("uq_proposal_round_id_opportunity_id", "round_id", "opportunity_id", unique=True),
    )

    round_id: UUID = Field(foreign_key="proposal_round.id", index=True, ondelete="CASCADE")
    opportunity_id: UUID = Field(foreign_key="opportunity.id", index=True)
    rank: int
    band: str
    total: int
    known_share: int
