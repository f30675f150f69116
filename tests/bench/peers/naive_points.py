"""What makes a place good, in points of the common ground, one opportunity at a time. Unknown brings nothing."""

from __future__ import annotations

from collections.abc import Sequence

from matching.criteria.host_slack import BY_BURDEN, SLOW_DAYS
from matching.criteria.interests import INTEREST, STRENGTH
from matching.criteria.load_fit import BY_GAP, WANTED_STRETCH
from matching.criteria.needs import KIN, KIN_SHARE, NOT_SURE, SHARE_BY_RANK
from matching.profile import ParticipantProfile
from matching.weights import WEIGHTS
from models.opportunity import Opportunity
from models.organization import Organization
from tests.bench.peers.naive_rules import gaps_of
from tests.conftest import ON


def points(profile: ParticipantProfile, opportunity: Opportunity, host: Organization) -> float:
    """0..1 without the way there and without the words."""
    brought = {
        "needs": _needs(profile, opportunity.meets_needs or ()),
        "interests": _interests(profile, opportunity.activity_types or ()),
        "load_fit": _load_fit(profile, opportunity),
        "nice_accommodations": _nice(profile, opportunity),
        "host_slack": _slack(host),
        "fresh": _fresh(opportunity),
    }
    return sum(WEIGHTS[code].value / 100 * score for code, score in brought.items())


def _needs(profile: ParticipantProfile, met: Sequence[str]) -> float:
    wanted = [need for need in profile.needs if need != NOT_SURE][: len(SHARE_BY_RANK)]
    if not wanted:
        return 0.0
    score = 0.0
    for share, need in zip(SHARE_BY_RANK, wanted, strict=False):
        akin = any(kin in met for kin in KIN.get(need, ()))
        score += share if need in met else share * KIN_SHARE if akin else 0
    return score / sum(SHARE_BY_RANK[: len(wanted)])


def _interests(profile: ParticipantProfile, here: Sequence[str]) -> float:
    likes, skilled = bool(set(profile.interest_types) & set(here)), bool(set(profile.strength_types) & set(here))
    return max(INTEREST * likes, STRENGTH * skilled) + 0.05 * (likes and skilled)


def _load_fit(profile: ParticipantProfile, opportunity: Opportunity) -> float:
    gaps = gaps_of(profile, opportunity.loads or {})
    if not gaps:
        return 0.0
    wanted = {axis for axis, gap in gaps.items() if gap == 1 and axis in (profile.stretch_axes or ())}
    mean = sum(WANTED_STRETCH if axis in wanted else BY_GAP.get(gap, 0) for axis, gap in gaps.items()) / len(gaps)
    return mean * 0.6 if 1 in gaps.values() and not wanted else mean


def _nice(profile: ParticipantProfile, opportunity: Opportunity) -> float:
    offered = opportunity.accommodations or {}
    worth = {"yes": 1.0, "conditional": 0.5, "no": 0.0}
    wanted = (*profile.required_accommodations, *profile.preferred_accommodations)
    known = [worth[offered[code]] for code in wanted if offered.get(code) in worth]
    return sum(known) / len(known) if known else 0.0


def _slack(host: Organization) -> float:
    burden = (host.burden or {}).get("level")
    if burden is None:
        return 0.0
    slow = host.typical_reply_days is not None and host.typical_reply_days >= SLOW_DAYS
    return max(0.0, BY_BURDEN[burden] - 0.1 * slow)


def _fresh(opportunity: Opportunity) -> float:
    if opportunity.verified_on is None:
        return 0.0
    age = (ON - opportunity.verified_on).days
    return max(0.0, min(1.0, 1 - age / (2 * max(opportunity.stale_after_days or 90, 1))))
