"""The common ground: a question that every peer can answer, and the answer worked out from the engine's own columns.

Lists are compared on it before anything is timed (performance §5, rule 1): whoever answers something else may be as
fast as they like. Its rules are the plainest reading of the engine's, and never stricter, so whatever the engine
proposes passes all of them. Left out: dates and seasons, the timetable of the way, words, and all that depends on more
than one column. Unknown never excludes and brings no points.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from matching.columns.encodings import FOUR, Bools, count_bits
from matching.inputs.profile import ParticipantProfile
from matching.pool.opportunity_pool import OpportunityPool
from matching.travel.travel_minutes import kilometres
from matching.vocabulary import ENUMS, VOCABULARIES
from tests.bench import hours
from tests.bench.agreement import DifferenceError, Lists, ranked
from tests.bench.people import reach_km
from tests.conftest import ON

CLOSED = ("unverified", "withdrawn", "restricted", "prospect")
CLOSED_HOST = (*CLOSED, "contacted", "visited")
TOO_MUCH, ADULT = 5, 18
NEAR_MISS_REACH = 2.0
"""Without a cap, "fails only the distance" is all Japan (performance §1)."""
WEIGHTS = {
    "needs": 0.25, "interests": 0.15, "load": 0.15, "accommodations": 0.08, "ease": 0.08, "slack": 0.05, "fresh": 0.02,
}  # fmt: skip
WORDS = 0.03
"""Most that closeness of words adds when a peer is timed."""
BY_RANK = (1.0, 0.6, 0.4)
LIKED, SKILLED, BOTH = 0.75, 0.65, 0.05
BY_GAP = {-4: 0.6, -3: 0.7, -2: 0.8, -1: 0.95, 0: 1.0, 1: 0.3}
UNWANTED_STRETCH = 0.6
UNKNOWN_GAP = -9
BY_BURDEN = {1: 1.0, 2: 0.85, 3: 0.55, 4: 0.2, 5: 0.0}
EASY_KM = 1.0
RULES = (
    "state", "free places", "host's limit", "shortest stay", "age", "restrictions", "hazards", "allergens",
    "accommodations", "load", "hours of the week",
)  # fmt: skip


def column_lists(profile: ParticipantProfile, pool: OpportunityPool) -> Lists:
    """From the columns of the pool. A place nobody can find on the map is in no list."""
    reach = reach_km(profile)
    around = np.flatnonzero(kilometres(profile, pool) <= NEAR_MISS_REACH * reach)
    near = pool.take(around)
    distance = kilometres(profile, near).astype(np.float64)
    failed = (distance > reach) + objections(profile, near).sum(axis=0)
    return ranked(around, failed, points(profile, near) + WEIGHTS["ease"] * ease(distance, reach))


def objections(profile: ParticipantProfile, pool: OpportunityPool) -> Bools:
    """(rule, place): where each of RULES says no. Distance is apart, because the engine has more ways than the crow."""
    states, hosts = ENUMS["opportunity_status"].bit, ENUMS["organization_status"].bit
    places = np.maximum(pool.open_places, pool.trial_places)
    age, longest = profile.age, profile.session_max_minutes
    wrong_age = np.zeros(len(pool), dtype=bool)
    if age is not None:
        wrong_age = (age < pool.min_age) | ((pool.max_age >= 0) & (age > pool.max_age))
        wrong_age |= (pool.minors_ok == 0) & (age < ADULT)
    gaps = gaps_of(profile, pool)
    return np.stack(
        [
            np.isin(pool.status, [states[code] for code in CLOSED])
            | np.isin(pool.host_status, [hosts[code] for code in CLOSED_HOST]),
            places == 0,
            ((pool.host_concurrent_limit >= 0) & (pool.host_placed_now >= pool.host_concurrent_limit))
            | (pool.host_burden >= TOO_MUCH),
            np.zeros(len(pool), dtype=bool) if longest is None else pool.min_stay_minutes > longest,
            wrong_age,
            (pool.restricted_to & ~masks(profile)["restricted_ok"]) != 0,
            (pool.hazards_yes & masks(profile)["limits"]) != 0,
            (pool.allergens_yes & masks(profile)["allergies"]) != 0,
            (pool.accommodations_no & masks(profile)["required"]) != 0,
            (gaps >= 2).any(axis=1) | ((gaps == 1).sum(axis=1) > 1),
            hours.never_meet(hours.of_places(pool), hours.of_person(profile)),
        ]
    )


def points(profile: ParticipantProfile, pool: OpportunityPool) -> NDArray[np.float64]:
    """0..1 without the way there."""
    known, needs = masks(profile), VOCABULARIES["participation_needs"]
    shares = list(zip(BY_RANK, profile.needs, strict=False))
    wanted = sum(share for share, _ in shares)
    met = sum(share * ((pool.meets_needs & np.uint64(needs.mask([need]))) != 0) for share, need in shares)
    likes, skilled = ((pool.activity_types & known[name]) != 0 for name in ("likes", "skills"))
    yes, some, no = (
        count_bits(column & known["wanted"]).astype(float)
        for column in (pool.accommodations_yes, pool.accommodations_conditional, pool.accommodations_no)
    )
    slack = np.select([pool.host_burden == level for level in BY_BURDEN], list(BY_BURDEN.values()), 0.0)
    age = ON.toordinal() - pool.verified_on
    fresh = np.where(pool.verified_on < 0, 0, np.clip(1 - age / (2 * np.maximum(pool.stale_after_days, 1)), 0, 1))
    total: NDArray[np.float64] = (
        WEIGHTS["needs"] * np.asarray(met) / (wanted or 1)
        + WEIGHTS["interests"] * (np.maximum(LIKED * likes, SKILLED * skilled) + BOTH * (likes & skilled))
        + WEIGHTS["load"] * _load(profile, pool)
        + WEIGHTS["accommodations"] * (yes + some / 2) / np.maximum(yes + some + no, 1)
        + WEIGHTS["slack"] * slack
        + WEIGHTS["fresh"] * fresh
    )
    return total


def _load(profile: ParticipantProfile, pool: OpportunityPool) -> NDArray[np.float64]:
    gaps, axes = gaps_of(profile, pool), ENUMS["load_axis"].codes
    worth = np.select([gaps == gap for gap in BY_GAP], list(BY_GAP.values()), 0.0).sum(axis=1)
    wished = np.array([axis in (profile.stretch_axes or ()) for axis in axes])
    stretched, wanted = (gaps == 1).any(axis=1), ((gaps == 1) & wished).any(axis=1)
    fit: NDArray[np.float64] = worth / np.maximum((gaps > UNKNOWN_GAP).sum(axis=1), 1)
    return np.where(stretched & ~wanted, fit * UNWANTED_STRETCH, fit)


def gaps_of(profile: ParticipantProfile, pool: OpportunityPool) -> NDArray[np.int8]:
    """Load minus capacity (N, 5)."""
    capacities = np.array([-1 if level is None else level for level in profile.capacities], dtype=np.int8)
    known = (pool.loads >= 0) & (capacities >= 0)
    return np.where(known, pool.loads - capacities, UNKNOWN_GAP).astype(np.int8)


def masks(profile: ParticipantProfile) -> dict[str, np.uint64]:
    """What is asked for and what is kept away from, as bits."""
    activities, accommodations = VOCABULARIES["activity_types"], VOCABULARIES["accommodations"]
    asked = (*profile.required_accommodations, *profile.preferred_accommodations)
    allergic = [code for code, answer in profile.allergies.items() if answer == "yes"]
    return {
        "restricted_ok": np.uint64(VOCABULARIES["restrictions"].mask(profile.restricted_ok)),
        "limits": np.uint64(VOCABULARIES["hazards"].mask(profile.work_limits)),
        "allergies": np.uint64(VOCABULARIES["allergens"].mask(allergic)),
        "required": np.uint64(accommodations.mask(profile.required_accommodations)),
        "wanted": np.uint64(accommodations.mask(asked)),
        "likes": np.uint64(activities.mask(profile.interest_types)),
        "skills": np.uint64(activities.mask(profile.strength_types)),
    }


def ease(distance: NDArray[np.float64], reach: float) -> NDArray[np.float64]:
    """1 up to a kilometre, falling to a half at the person's reach."""
    share: NDArray[np.float64] = 1 - np.clip((distance - EASY_KM) / (reach - EASY_KM), 0, 1) / 2
    return share


def must_pass(profile: ParticipantProfile, pool: OpportunityPool, proposed: list[int]) -> None:
    """What the engine proposes has no objection on the common ground."""
    here = pool.take(proposed)
    against = objections(profile, here)
    # Handiwork at one's own table is no load to the engine (matching.question.question), which is more than every peer knows.
    against[RULES.index("load")] &= here.online != FOUR["yes"]
    wrong = against.any(axis=1)
    if wrong.any():
        broken = ", ".join(rule for rule, fails in zip(RULES, wrong, strict=True) if fails)
        raise DifferenceError(f"engine: {profile.participant_ref} is proposed a place against: {broken}")
