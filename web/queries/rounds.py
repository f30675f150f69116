"""Rounds of proposals without their large columns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

from models.proposal import ProposalRound


@dataclass(frozen=True)
class RoundMark:
    """That a round was asked for, when, and with which assessment."""

    id: UUID
    asked_at: datetime
    assessment_id: UUID | None


def newest_mark(session: Session, participant_id: UUID) -> RoundMark | None:
    """The newest round of one person."""
    row = session.exec(
        select(ProposalRound.id, col(ProposalRound.asked_at), col(ProposalRound.assessment_id))
        .where(ProposalRound.participant_id == participant_id)
        .order_by(col(ProposalRound.asked_at).desc(), col(ProposalRound.id))
        .limit(1)
    ).first()
    return RoundMark(*row) if row else None
