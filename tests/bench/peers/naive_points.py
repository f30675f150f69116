"""What makes a place good on the common ground, one opportunity at a time. Unknown brings nothing."""

from __future__ import annotations

from collections.abc import Sequence

from matching.inputs.profile import ParticipantProfile
from models.opportunity import Opportunity
from models.organization import Organization
from tests.bench.common import BOTH, BY_BURDEN, BY_GAP, BY_RANK, LIKED, SKILLED, UNWANTED_STRETCH, WEIGHTS
from tests.bench.peers.naive_rules import gaps_of
from tests.conftest import ON


def points(profile: ParticipantProfile, opportunity: Opportunity, host: Organization) -> float:
    """0..1 without the way there and without the words."""
    brought = {
        "needs": _needs(profile, opportunity.meets_needs or ()),
        "interests": _interests(profile, opportunity.activity_types or ()),
        "load": _load(profile, opportunity),
        "accommodations": _accommodations(profile, opportunity),
        "slack": BY_BURDEN.get((host.burden or {}).get("level", 0), 0.0),
        "fresh": _fresh(opportunity),
    }
    return sum(WEIGHTS[name] * score for name, score in brought.items())


def _needs(profile: ParticipantProfile, met: Sequence[str]) -> float:
    shares = list(zip(BY_RANK, profile.needs, strict=False))
    return sum(share for share, need in shares if need in met) / (sum(share for share, _ in shares) or 1)


def _interests(profile: ParticipantProfile, here: Sequence[str]) -> float:
    likes, skilled = bool(set(profile.interest_types) & set(here)), bool(set(profile.strength_types) & set(here))
    return max(LIKED * likes, SKILLED * skilled) + BOTH * (likes and skilled)


def _load(profile: ParticipantProfile, opportunity: Opportunity) -> float:
    gaps = gaps_of(profile, opportunity.loads or {})
    if not gaps:
        return 0.0
    fit = sum(BY_GAP.get(gap, 0.0) for gap in gaps.values()) / len(gaps)
    stretched = {axis for axis, gap in gaps.items() if gap == 1}
    return fit * UNWANTED_STRETCH if stretched and not stretched & set(profile.stretch_axes or ()) else fit


def _accommodations(profile: ParticipantProfile, opportunity: Opportunity) -> float:
    offered, worth = opportunity.accommodations or {}, {"yes": 1.0, "conditional": 0.5, "no": 0.0}
    wanted = (*profile.required_accommodations, *profile.preferred_accommodations)
    known = [worth[offered[code]] for code in wanted if offered.get(code) in worth]
    return sum(known) / len(known) if known else 0.0


def _fresh(opportunity: Opportunity) -> float:
    if opportunity.verified_on is None:
        return 0.0
    age = (ON - opportunity.verified_on).days
    return max(0.0, min(1.0, 1 - age / (2 * max(opportunity.stale_after_days or 90, 1))))
