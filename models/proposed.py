"""Which hosts are being proposed to whom, from the newest rounds; and who lives in one household."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from sqlalchemy import func
from sqlmodel import Session, col, select

from models.household import HouseholdMember
from models.opportunity import Opportunity
from models.organization import Organization
from models.participant import Participant
from models.placement import GOING_THERE, Placement
from models.proposal import Proposal, ProposalRound


def hosts_proposed(session: Session, *, since: date) -> dict[UUID, dict[str, int]]:
    """Of everybody who waits: host ref to the best total (hundredths) of their newest round since that day. One query."""
    newest = (
        select(ProposalRound.participant_id, func.max(col(ProposalRound.asked_at)).label("asked_at"))
        .where(col(ProposalRound.on) >= since)
        .group_by(col(ProposalRound.participant_id))
        .subquery()
    )
    rows = session.exec(
        select(ProposalRound.participant_id, Organization.ref, col(Proposal.total))
        .join(
            newest,
            (col(ProposalRound.participant_id) == newest.c.participant_id)
            & (col(ProposalRound.asked_at) == newest.c.asked_at),
        )
        .join(Participant, col(Participant.id) == col(ProposalRound.participant_id))
        .join(Proposal, col(Proposal.round_id) == col(ProposalRound.id))
        .join(Opportunity, col(Opportunity.id) == col(Proposal.opportunity_id))
        .join(Organization, col(Organization.id) == col(Opportunity.organization_id))
        .where(col(Participant.waiting_since).is_not(None))
    ).all()
    found: dict[UUID, dict[str, int]] = {}
    for participant_id, host, total in rows:
        best = found.setdefault(participant_id, {})
        best[host] = max(best.get(host, total), total)
    return found


def households(session: Session) -> dict[UUID, frozenset[UUID]]:
    """Everybody who shares a household with somebody, to the others of it. One query."""
    rows = session.exec(
        select(Participant.id, Participant.ref, Participant.household_id, HouseholdMember.member_ref).outerjoin(
            HouseholdMember, col(HouseholdMember.participant_id) == col(Participant.id)
        )
    ).all()
    key_of = {ref: key for key, ref, *_ in rows}
    together: dict[UUID, set[UUID]] = {}
    by_household: dict[UUID, set[UUID]] = {}
    for key, _, household, _ in rows:
        if household is not None:
            by_household.setdefault(household, set()).add(key)
    for keys in by_household.values():
        for key in keys:
            together.setdefault(key, set()).update(keys - {key})
    for owner, _, _, ref in rows:
        member = key_of.get(ref or "")
        if member is not None and member != owner:
            together.setdefault(owner, set()).add(member)
            together.setdefault(member, set()).add(owner)
    return {key: frozenset(others) for key, others in together.items() if others}


def goes_to(session: Session, participants: Iterable[UUID]) -> frozenset[str]:
    """Refs of the organizations and opportunities where any of these people go, or have a first date."""
    keys = list(participants)
    if not keys:
        return frozenset()
    rows = session.exec(
        select(Placement).where(col(Placement.participant_id).in_(keys), col(Placement.state).in_(GOING_THERE))
    ).all()
    return frozenset(ref for row in rows for ref in (row.organization_ref, row.opportunity_ref) if ref)
