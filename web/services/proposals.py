"""Propose matches for one person, and keep the round with everything it was asked with (提案の一回分)."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from matching.answers import Candidate, Finding, NextDate, Shortlist, WayThere
from matching.engine import ENGINE_VERSION, propose
from matching.facts import OpportunityFacts
from matching.pool import OpportunityPool
from matching.profile import ParticipantProfile
from matching.rules import constraints, criteria
from matching.travel import ONLINE
from matching.vocabulary import VOCABULARIES
from matching.weights import WEIGHTS, WEIGHTS_VERSION
from matching.words import clock
from matching.words import day as day_words
from models.catalogue import middle_of, opportunity_pool
from models.opportunity import Opportunity
from models.organization import Organization
from models.participants import hosts_not_to_meet_at, person
from models.proposal import Proposal, ProposalRound
from models.site import Site
from models.snapshots import participant_profile
from web.services.errors import NotFoundError


@dataclasses.dataclass(frozen=True)
class Answer:
    """One question and its answer, before it is kept."""

    profile: ParticipantProfile
    pool: OpportunityPool
    pool_revision: int
    assessment_id: UUID | None
    shortlist: Shortlist


def ask(session: Session, *, participant_id: UUID, on: date) -> Answer:
    """Put the question about one person; nothing is written."""
    known = person(session, participant_id)
    closed = hosts_not_to_meet_at(session).get(known.participant.ref, frozenset())
    pool, revision = opportunity_pool(session, on=on)
    profile = participant_profile(
        known.participant,
        known.assessment,
        known.placements,
        district=known.district.name if known.district else None,
        centre=middle_of(known.district, pool),
        also_barred=_hosts(closed, pool),
        on=on,
    )
    assessment_id = known.assessment.id if known.assessment else None
    return Answer(profile, pool, revision, assessment_id, propose(profile, pool, on=on))


def _hosts(closed: frozenset[str], pool: OpportunityPool) -> frozenset[str]:
    """Hosts of the closed organizations and opportunities."""
    hosts = (*pool.host[pool.rows_with(closed)], *pool.host_numbers(closed))
    return frozenset(pool.hosts[number] for number in hosts)


def propose_matches(session: Session, *, participant_id: UUID, asked_by: UUID | None, at: datetime, on: date) -> UUID:
    """Ask, and keep the round. Returns its key; the caller commits."""
    answer = ask(session, participant_id=participant_id, on=on)
    shown = [
        *(candidate.opportunity_ref for candidate in (*answer.shortlist.candidates, *answer.shortlist.others)),
        *(miss.opportunity_ref for miss in answer.shortlist.near_misses),
    ]
    rows = _shown_rows(session, shown)
    kept = ProposalRound(
        participant_id=participant_id,
        assessment_id=answer.assessment_id,
        asked_by=asked_by,
        asked_at=at,
        on=on,
        engine_version=ENGINE_VERSION,
        weights_version=WEIGHTS_VERSION,
        pool_revision=answer.pool_revision,
        weights={code: dataclasses.asdict(weight) for code, weight in WEIGHTS.items()},
        rules=[*(rule.code for rule in constraints()), *(rule.code for rule in criteria())],
        profile=plain(answer.profile),
        result=result_of(answer, on=on),
        facts={facts.ref: _facts(facts, rows.get(facts.ref)) for facts in answer.pool.facts},
    )
    session.add(kept)
    session.flush()
    for candidate in answer.shortlist.candidates:
        session.add(
            Proposal(
                round_id=kept.id,
                opportunity_id=rows[candidate.opportunity_ref][0].id,
                rank=candidate.rank,
                band=candidate.band,
                total=candidate.total,
                known_share=candidate.known_share,
            )
        )
    session.flush()
    return kept.id


def latest_round(session: Session, participant_id: UUID) -> ProposalRound | None:
    """The newest round of one person, if there is one."""
    return next(iter(rounds_of(session, participant_id, most=1)), None)


def rounds_of(session: Session, participant_id: UUID, *, most: int = 50) -> list[ProposalRound]:
    """A person's rounds, newest first."""
    return list(
        session.exec(
            select(ProposalRound)
            .where(ProposalRound.participant_id == participant_id)
            .order_by(col(ProposalRound.asked_at).desc(), col(ProposalRound.id))
            .limit(most)
        ).all()
    )


def round_of(session: Session, round_id: UUID) -> ProposalRound:
    """One kept round; NotFoundError where this municipality has none of that key."""
    kept = session.get(ProposalRound, round_id)
    if kept is None:
        message = "その提案は見つかりません。"
        raise NotFoundError(message)
    return kept


def result_of(answer: Answer, *, on: date) -> dict[str, Any]:
    """The whole answer as plain JSON: what `engawa rank` writes and what a round keeps."""
    found = answer.shortlist
    return {
        "participant_id": answer.profile.participant_ref,
        "on": on.isoformat(),
        "engine_version": ENGINE_VERSION,
        "weights_version": WEIGHTS_VERSION,
        "candidates": [_candidate(candidate) for candidate in found.candidates],
        "others": [_candidate(candidate) for candidate in found.others],
        "near_misses": [
            {
                "opportunity_id": miss.opportunity_ref,
                "objection": {"code": miss.objection.code, "sentence": miss.objection.sentence},
                "change": miss.objection.change.sentence if miss.objection.change else "",
                "total_if_changed": miss.total_if_changed / 100,
            }
            for miss in found.near_misses
        ],
        "excluded": [
            {
                "opportunity_id": excluded.opportunity_ref,
                "objections": [
                    {"code": one.code, "sentence": one.sentence, "overridable": one.overridable}
                    for one in excluded.objections
                ],
            }
            for excluded in found.excluded
        ],
        "waterfall": [{"stage": step.stage, "label": step.label, "count": step.count} for step in found.waterfall],
    }


def _candidate(candidate: Candidate) -> dict[str, Any]:
    return {
        "opportunity_id": candidate.opportunity_ref,
        "rank": candidate.rank,
        "band": candidate.band,
        "total": candidate.total / 100,
        "known_share": candidate.known_share / 100,
        "findings": [_finding(finding) for finding in candidate.findings],
        "worries": list(candidate.worries),
        "questions": [dataclasses.asdict(question) for question in candidate.questions],
        "next_dates": [_next_date(date_) for date_ in candidate.next_dates],
        "way": _way(candidate.way) if candidate.way else None,
        "low_load": candidate.low_load,
        "has_role": candidate.has_role,
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "criterion": finding.criterion,
        "label": finding.label,
        "score": finding.score,
        "weight": finding.weight,
        "points": finding.points / 100,
        "reason_staff": finding.reason_staff,
        "reason_participant": finding.reason_participant,
    }


def _next_date(one: NextDate) -> dict[str, Any]:
    return {
        "date": one.day.isoformat(),
        "start": clock(one.start),
        "end": clock(one.end),
        "to_confirm": one.to_confirm,
        "label": f"{day_words(one.day)} {clock(one.start)}〜{clock(one.end)}",
    }


def _way(way: WayThere) -> dict[str, Any]:
    if way.mode == ONLINE:
        return {"mode": way.mode, "minutes": 0, "sentence": "家から参加できます"}
    by = VOCABULARIES["transport_modes"].label(way.mode)
    return {"mode": way.mode, "minutes": way.minutes, "sentence": f"{by}で約{way.minutes}分（見込み）"}


def _shown_rows(session: Session, refs: list[str]) -> dict[str, tuple[Opportunity, Organization, Site | None]]:
    """Rows of the places that are shown in full, in one query."""
    rows = session.exec(
        select(Opportunity, Organization, Site)
        .join(Organization, col(Opportunity.organization_id) == col(Organization.id))
        .outerjoin(Site, col(Opportunity.site_id) == col(Site.id))
        .where(col(Opportunity.ref).in_(refs))
    ).all()
    return {opportunity.ref: (opportunity, organization, site) for opportunity, organization, site in rows}


def _facts(facts: OpportunityFacts, rows: tuple[Opportunity, Organization, Site | None] | None) -> dict[str, Any]:
    """What the page says of a place; of one that was not proposed, only what it is called and who runs it."""
    named = {"title": facts.title, "host_name": facts.host.name, "district": facts.district}
    if rows is None:
        return named
    _, organization, site = rows
    contact: Mapping[str, Any] = organization.contact or {}
    given = site is not None and site.latitude is not None
    return {
        **named,
        "site_name": facts.site_name,
        "plain_description": facts.plain_description,
        "role_offered": facts.role_offered,
        "latitude": facts.latitude,
        "longitude": facts.longitude,
        "located_level": "given" if given else site.located_level if site else None,
        "activity_types": list(facts.activity_types),
        "status": facts.status,
        "verified_on": facts.verified_on.isoformat() if facts.verified_on else None,
        "burden": facts.host.burden,
        "placed_now": facts.host.placed_now,
        "open_places": facts.open_places,
        "relation_owner": facts.host.relation_owner,
        "reply_channel": contact.get("reply_channel"),
        "best_hours": contact.get("best_hours"),
        "group_size": facts.group_size,
        "talk_level": facts.talk_level,
        "cost_yen": facts.cost_yen,
        "reward_yen": facts.reward_yen,
    }


def plain(value: Any) -> Any:
    """A frozen dataclass as JSON values, sets in order, so that the same question is the same bytes."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(inner) for key, inner in sorted(value.items())}
    if isinstance(value, frozenset | set):
        return sorted(plain(inner) for inner in value)
    if isinstance(value, tuple | list):
        return [plain(inner) for inner in value]
    if isinstance(value, date):
        return value.isoformat()
    return value
