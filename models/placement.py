"""A person's way to one opportunity, from suggestion to ending (参加マッチング)."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlmodel import Field

from models.base import MunicipalRecord


class PlacementState(StrEnum):
    """P0–P13 of domain §2.4; the value is what is stored."""

    SUGGESTED = "suggested"
    PICKED = "picked"
    SHOWN = "shown"
    WANTS = "wants"
    LATER = "later"
    DECLINED = "declined"
    ASKED = "asked"
    HOST_OK = "host_ok"
    HOST_CONDITIONAL = "host_conditional"
    HOST_DECLINED = "host_declined"
    DISCLOSURE_OK = "disclosure_ok"
    VISIT_SET = "visit_set"
    VISITED = "visited"
    TRIAL_SET = "trial_set"
    TRIAL = "trial"
    TRIAL_DONE = "trial_done"
    JOINED = "joined"
    SETTLING = "settling"
    SETTLED = "settled"
    ON_HOLD = "on_hold"
    ENDED = "ended"


GOING_THERE = frozenset(
    {
        PlacementState.VISIT_SET,
        PlacementState.VISITED,
        PlacementState.TRIAL_SET,
        PlacementState.TRIAL,
        PlacementState.TRIAL_DONE,
        PlacementState.JOINED,
        PlacementState.SETTLING,
        PlacementState.SETTLED,
        PlacementState.ON_HOLD,
    }
)
"""States in which the person goes to the place, or has a first date for it."""


class Placement(MunicipalRecord, table=True):
    """参加マッチング: one person × one opportunity. References are kept by their file ids too: the other side may not be here."""

    __tablename__ = "placement"

    participant_id: UUID = Field(foreign_key="participant.id", index=True, ondelete="CASCADE")
    position: int
    state: str = Field(index=True)
    state_unstated: bool = False
    opportunity_ref: str | None = Field(default=None, index=True)
    organization_ref: str | None = Field(default=None, index=True)
    started_on: date | None = None
    reason: str | None = None
    said_on: date | None = None
    show_again_from: date | None = None
    ask_again_from: date | None = None
    end_outcome: str | None = None
    ended_on: date | None = None
