"""Asking the question of a kept round again, of the catalogue of that day: the same bytes, and why a place is not there."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from sqlmodel import Session

from matching.engine import ENGINE_VERSION, propose
from matching.inputs.facts import OpportunityFacts
from matching.question.answers import Candidate
from matching.shortlist.shown_to_others import NOBODY, Elsewhere
from models.not_asked_then import KeptJson
from models.proposal import ProposalRound
from models.round_archive import kept_pool, kept_profile
from web.services.asking import Answer
from web.services.results import exclusion_of

MOST_FOUND = 30
_ELSEWHERE = KeptJson[Elsewhere](Elsewhere)


def asked_again(session: Session, kept: ProposalRound) -> Answer:
    """The answer to the kept question; RecordError where the catalogue of that day was not kept.

    By the rules of today: where `kept.engine_version` is another one, they may say something else.
    """
    pool = kept_pool(session, revision=kept.pool_revision, on=kept.on)
    profile = kept_profile(kept.profile)
    elsewhere = _ELSEWHERE.read(json.dumps(kept.elsewhere)) if kept.elsewhere else NOBODY
    shortlist = propose(profile, pool, on=kept.on, elsewhere=elsewhere)
    return Answer(profile, pool, kept.pool_revision, kept.assessment_id, elsewhere, shortlist)


def same_rules(kept: ProposalRound) -> bool:
    """Whether asking again follows the rules that the round was asked by."""
    return kept.engine_version == ENGINE_VERSION


def why_not(session: Session, kept: ProposalRound, holds: Callable[[str], bool]) -> list[dict[str, Any]]:
    """Where each place whose title, host or whereabouts `holds` ended up, and why; the first few, as plain JSON."""
    answer = asked_again(session, kept)
    found = [facts for facts in answer.pool.facts if holds(_words(facts))][:MOST_FOUND]
    return [_ended_up(answer, facts) for facts in found]


def _words(facts: OpportunityFacts) -> str:
    return f"{facts.title} {facts.host.name} {facts.site_name or ''} {facts.district or ''}"


def _ended_up(answer: Answer, facts: OpportunityFacts) -> dict[str, Any]:
    named = {
        "opportunity_id": facts.ref,
        "title": facts.title,
        "host_name": facts.host.name,
        "site_name": facts.site_name,
        "district": facts.district,
    }
    ended = answer.shortlist.why_not(facts.ref)
    if isinstance(ended, Candidate):
        return {**named, "rank": ended.rank, "proposed": ended.rank <= len(answer.shortlist.candidates)}
    return {**named, **exclusion_of(ended)}
