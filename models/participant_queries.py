"""Questions about people: who waits, who one person is, what is known of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Subquery, func
from sqlmodel import Session, col, select

from models.consent import Consent
from models.errors import RecordError
from models.household import HouseholdMember
from models.municipality import District
from models.participant import Assessment, Participant
from models.placement import GOING_THERE, Placement
from models.proposal import ProposalRound


@dataclass(frozen=True)
class RoundMark:
    """That a round of proposals exists: its key and its day, without its large columns."""

    id: UUID
    on: date


@dataclass(frozen=True)
class Waiting:
    """One line of the list of people: the newest assessment, how many places they go to, the newest round."""

    participant: Participant
    assessment: Assessment | None
    district: str | None
    places: int
    newest_round: RoundMark | None


@dataclass(frozen=True)
class Person:
    """Everything of one person that a page or the engine needs."""

    participant: Participant
    assessment: Assessment | None
    district: District | None
    placements: Sequence[Placement]
    consents: Sequence[Consent]
    members: Sequence[HouseholdMember]


def waiting_people(session: Session) -> list[Waiting]:
    """Everybody of the municipality, longest waiting first; who waits for nothing comes last. Five queries."""
    participants = session.exec(select(Participant)).all()
    newest = newest_assessments(session)
    districts = {district.id: district.name for district in session.exec(select(District)).all()}
    going = session.exec(
        select(Placement.participant_id, func.count())
        .where(col(Placement.state).in_(GOING_THERE))
        .group_by(col(Placement.participant_id))
    ).all()
    places = {participant_id: int(count) for participant_id, count in going}
    rounds = newest_rounds(session)
    lines = [
        Waiting(
            participant=participant,
            assessment=newest.get(participant.id),
            district=districts.get(participant.district_id) if participant.district_id else None,
            places=places.get(participant.id, 0),
            newest_round=rounds.get(participant.id),
        )
        for participant in participants
    ]
    return sorted(lines, key=_longest_first)


def _longest_first(line: Waiting) -> tuple[bool, str, str]:
    since = line.participant.waiting_since
    return since is None, since.isoformat() if since else "", line.participant.ref


def newest_assessments(session: Session) -> dict[UUID, Assessment]:
    """Participant to their newest assessment."""
    newest = _newest()
    rows = session.exec(select(Assessment).join(newest, _is_newest(newest))).all()
    return {row.participant_id: row for row in rows}


def _newest() -> Subquery:
    """The newest version of everybody's assessment."""
    return (
        select(Assessment.participant_id, func.max(Assessment.version).label("version"))
        .group_by(col(Assessment.participant_id))
        .subquery()
    )


def _is_newest(newest: Subquery) -> ColumnElement[bool]:
    same_person = col(Assessment.participant_id) == newest.c.participant_id
    return same_person & (col(Assessment.version) == newest.c.version)


def newest_rounds(session: Session) -> dict[UUID, RoundMark]:
    """Participant to the mark of their newest round of proposals."""
    rows = session.exec(
        select(ProposalRound.participant_id, ProposalRound.id, col(ProposalRound.on)).order_by(
            col(ProposalRound.asked_at), col(ProposalRound.id)
        )
    ).all()
    return {participant_id: RoundMark(round_id, on) for participant_id, round_id, on in rows}


def person(session: Session, participant_id: UUID) -> Person:
    """One person; RecordError when this municipality has nobody of that key. Four queries."""
    found = session.exec(
        select(Participant, Assessment, District)
        .outerjoin(Assessment, col(Assessment.participant_id) == col(Participant.id))
        .outerjoin(District, col(District.id) == col(Participant.district_id))
        .where(Participant.id == participant_id)
        .order_by(col(Assessment.version).desc())
        .limit(1)
    ).first()
    if found is None:
        message = "その人の記録が見つかりません"
        raise RecordError(message)
    participant, assessment, district = found
    return Person(
        participant=participant,
        assessment=assessment,
        district=district,
        placements=_theirs(session.exec(select(Placement).where(Placement.participant_id == participant_id)).all()),
        consents=session.exec(select(Consent).where(Consent.participant_id == participant_id)).all(),
        members=session.exec(select(HouseholdMember).where(HouseholdMember.participant_id == participant_id)).all(),
    )


def _theirs(rows: Iterable[Placement]) -> list[Placement]:
    return sorted(rows, key=lambda placement: placement.position)


def goes_somewhere(known: Person) -> bool:
    """Whether the person goes to a place already, or has a first date for one: who does not is waiting."""
    return any(placement.state in GOING_THERE for placement in known.placements)


def everybody(session: Session) -> list[Person]:
    """Everybody of the municipality as the engine needs them, by ref: no consents, no household. Four queries."""
    newest = newest_assessments(session)
    districts = {district.id: district for district in session.exec(select(District)).all()}
    placements: dict[UUID, list[Placement]] = {}
    for placement in session.exec(select(Placement)).all():
        placements.setdefault(placement.participant_id, []).append(placement)
    return [
        Person(
            participant=participant,
            assessment=newest.get(participant.id),
            district=districts.get(participant.district_id) if participant.district_id else None,
            placements=_theirs(placements.get(participant.id, ())),
            consents=(),
            members=(),
        )
        for participant in session.exec(select(Participant).order_by(Participant.ref)).all()
    ]


def hosts_not_to_meet_at(session: Session) -> dict[str, frozenset[str]]:
    """Of every participant (by ref), the organizations and opportunities where somebody goes whom they must not meet.

    It holds both ways: whoever avoids, both stay apart. Neither who nor why leaves this function (domain H3): only the
    refs of what is closed. Two queries.
    """
    apart: dict[str, set[str]] = {}
    for ref, avoid in session.exec(
        select(Participant.ref, col(Assessment.avoid))
        .join(Assessment, col(Assessment.participant_id) == col(Participant.id))
        .join(newest := _newest(), _is_newest(newest))
    ).all():
        for other in (avoid or {}).get("participant_ids") or ():
            apart.setdefault(ref, set()).add(other)
            apart.setdefault(other, set()).add(ref)
    if not apart:
        return {}
    goes: dict[str, set[str]] = {}
    for ref, organization, opportunity in session.exec(
        select(Participant.ref, Placement.organization_ref, Placement.opportunity_ref)
        .join(Placement, col(Placement.participant_id) == col(Participant.id))
        .where(col(Placement.state).in_(GOING_THERE), col(Participant.ref).in_(apart))
    ).all():
        goes.setdefault(ref, set()).update(one for one in (organization, opportunity) if one)
    return {ref: frozenset().union(*(goes.get(other, ()) for other in others)) for ref, others in apart.items()}
