"""A person's way to one opportunity, from suggestion to ending (参加マッチング)."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Index, text
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


CLOSED = frozenset({PlacementState.DECLINED, PlacementState.HOST_DECLINED, PlacementState.ENDED})
"""States after which the same person may begin at the same place anew."""
STILL_OPEN = "state NOT IN ('declined', 'ended', 'host_declined')"
_ONE_AT_A_PLACE = f"{STILL_OPEN} AND opportunity_ref IS NOT NULL"
_ONE_AT_A_HOST = f"{STILL_OPEN} AND opportunity_ref IS NULL"


class Placement(MunicipalRecord, table=True):
    """参加マッチング: one person × one opportunity. References are kept by their file ids too: the other side may not be here.

    Of the open ones there is one a place (a host, where the place is not told); of the closed ones any number.
    """

    __tablename__ = "placement"
    __table_args__ = (
        Index("uq_placement_participant_id_position", "participant_id", "position", unique=True),
        Index(
            "uq_placement_open_place",
            "participant_id",
            "opportunity_ref",
            unique=True,
            sqlite_where=text(_ONE_AT_A_PLACE),
            postgresql_where=text(_ONE_AT_A_PLACE),
        ),
        Index(
            "uq_placement_open_host",
            "participant_id",
            "organization_ref",
            unique=True,
            sqlite_where=text(_ONE_AT_A_HOST),
            postgresql_where=text(_ONE_AT_A_HOST),
        ),
    )

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
