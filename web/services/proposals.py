"""Propose matches for one person, and keep the round with everything it was asked with (提案の一回分)."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from matching.engine import ENGINE_VERSION
from matching.inputs.facts import OpportunityFacts
from matching.rules.kinds import constraints, criteria
from matching.shortlist.weights import WEIGHTS, WEIGHTS_VERSION
from models.catalogue import municipality_of
from models.opportunity import Opportunity
from models.organization import Organization
from models.participant_queries import Person
from models.proposal import Proposal, ProposalRound
from models.round_archive import keep_catalogue
from models.site import Site
from web.services.asking import ask_with_family
from web.services.bonding import bonding_of
from web.services.errors import NotFoundError
from web.services.household import family_of
from web.services.results import plain, shown_result_of

SAME_PRESS = timedelta(seconds=30)
"""Who asks again so soon, with nothing changed since, has pressed the button twice."""


def propose_matches(session: Session, known: Person, *, asked_by: UUID | None, at: datetime, on: date) -> UUID:
    """Ask, and keep the round. Returns its key, or that of the round this person has just been given; the caller commits."""
    again = _just_asked(session, known, asked_by=asked_by, at=at, on=on)
    if again is not None:
        return again
    household = ask_with_family(session, known, on=on)
    answer = household.answer
    result = shown_result_of(answer, on=on)
    shown = [one["opportunity_id"] for part in ("candidates", "others", "near_misses") for one in result[part]]
    named = [one["opportunity_id"] for one in result["excluded"]]
    rows, pool = _shown_rows(session, shown), answer.pool
    keep_catalogue(session, pool, revision=answer.pool_revision, on=on)
    kept = ProposalRound(
        participant_id=known.participant.id,
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
        elsewhere=plain(answer.elsewhere),
        result={**result, "household": family_of(household), "bonding": bonding_of(household, on=on)},
        facts={
            facts.ref: {**_named(facts), **(_facts(facts, rows[facts.ref]) if facts.ref in rows else {})}
            for facts in (pool.facts[row] for row in pool.rows_with({*shown, *named}).tolist())
        },
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


def _just_asked(session: Session, known: Person, *, asked_by: UUID | None, at: datetime, on: date) -> UUID | None:
    """The newest round, where the same colleague asked for it a moment ago of the same assessment and catalogue."""
    newest = session.exec(
        select(ProposalRound.id)
        .where(
            ProposalRound.participant_id == known.participant.id,
            ProposalRound.asked_by == asked_by,
            ProposalRound.on == on,
            col(ProposalRound.asked_at) > at - SAME_PRESS,
            col(ProposalRound.asked_at) <= at,
            ProposalRound.pool_revision == municipality_of(session).catalogue_revision,
            ProposalRound.assessment_id == (known.assessment.id if known.assessment else None),
        )
        .order_by(col(ProposalRound.asked_at).desc())
    )
    return newest.first()


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


def _shown_rows(session: Session, refs: list[str]) -> dict[str, tuple[Opportunity, Organization, Site | None]]:
    """Rows of the places that are shown in full, in one query."""
    rows = session.exec(
        select(Opportunity, Organization, Site)
        .join(Organization, col(Opportunity.organization_id) == col(Organization.id))
        .outerjoin(Site, col(Opportunity.site_id) == col(Site.id))
        .where(col(Opportunity.ref).in_(refs))
    ).all()
    return {opportunity.ref: (opportunity, organization, site) for opportunity, organization, site in rows}


def _named(facts: OpportunityFacts) -> dict[str, Any]:
    """What any place is called, and who runs it."""
    return {"title": facts.title, "host_name": facts.host.name, "district": facts.district}


def _facts(facts: OpportunityFacts, rows: tuple[Opportunity, Organization, Site | None]) -> dict[str, Any]:
    """What the page says of a place that is shown in full."""
    _, organization, site = rows
    contact: Mapping[str, Any] = organization.contact or {}
    given = site is not None and site.latitude is not None
    return {
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
