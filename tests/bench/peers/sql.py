"""The common rules as SQL over the columns of `tables`, with the engine's own numbers in them.

Masks are bigints, unknown numbers -1. Everything about the person is a named parameter, so a statement is prepared once.
"""

from __future__ import annotations

from typing import Any

from matching.constraints.intake import TOO_HEAVY
from matching.constraints.load import CARRIERS
from matching.constraints.status import HOST_READY, PAUSES, READY
from matching.criteria.host_slack import BY_BURDEN, SLOW_DAYS
from matching.criteria.interests import CLOSE, INTEREST, STRENGTH, WORDS_SHARE
from matching.criteria.load_fit import BY_GAP, WANTED_STRETCH
from matching.criteria.needs import KIN, KIN_SHARE, NOT_SURE, SHARE_BY_RANK
from matching.profile import ParticipantProfile
from matching.vocabulary import ENUMS, LOAD_AXES, VOCABULARIES, Vocabulary
from matching.weights import WEIGHTS
from tests.bench import hours
from tests.bench.common import EASE, EASY_KM
from tests.bench.people import reach_km
from tests.conftest import ON

TODAY = ON.toordinal()
LARGEST = 10_000


def _state(column: str, ready: tuple[str, ...], words: Vocabulary) -> str:
    """Not ready, and not in a pause whose last day has passed."""
    fine = ", ".join(str(words.bit[code]) for code in ready)
    pauses = ", ".join(str(words.bit[code]) for code in PAUSES)
    over = f"{column} IN ({pauses}) AND {column}_until >= 0 AND {column}_until < {TODAY}"
    return f"{column} NOT IN ({fine}) AND NOT ({over})"


def _full(column: str, words: Vocabulary) -> str:
    return f"({column} = {words.bit['full']} AND ({column}_until < 0 OR {column}_until >= {TODAY}))"


def _gap(place: int) -> str:
    """Load minus capacity on one axis; -9 where either is unknown."""
    return (
        f"CASE WHEN load_{place} < 0 OR %(capacity_{place})s < 0 THEN -9 ELSE load_{place} - %(capacity_{place})s END"
    )


GAPS = ", ".join(f"{_gap(place)} AS gap_{place}" for place in range(len(LOAD_AXES)))
"""Selected one level below FAILURES and SCORE."""


def _refused(place: int, axis: str) -> str:
    """A stretch on this axis that nothing carries: all asked is refused, and at least one was asked."""
    mask = VOCABULARIES["accommodations"].mask(CARRIERS[axis])
    nothing = f"((accommodations_yes | accommodations_conditional) & {mask}) = 0"
    asked = f"(accommodations_no & {mask}) <> 0"
    if axis == "outing":
        nothing, asked = f"{nothing} AND pickup < 1", f"({asked} OR pickup = 0)"
    return f"(gap_{place} = 1 AND {nothing} AND {asked})"


def _load() -> str:
    axes = range(len(LOAD_AXES))
    two_steps = " OR ".join(f"gap_{place} >= 2" for place in axes)
    stretches = " + ".join(f"(gap_{place} = 1)::int" for place in axes)
    refused = " OR ".join(_refused(place, axis) for place, axis in enumerate(LOAD_AXES))
    return f"{two_steps} OR {stretches} > 1 OR {refused}"


OPPORTUNITY, ORGANIZATION = ENUMS["opportunity_status"], ENUMS["organization_status"]
HOURS = [f"hours_{word}" for word in range(hours.WORDS)]
HEAVY = VOCABULARIES["hazards"].mask(["heavy_lifting"])
GATES = (
    f"{_state('status', READY, OPPORTUNITY)} OR {_state('host_status', HOST_READY, ORGANIZATION)}",
    "emergency = 2",
    f"places = 0 OR (places < 0 AND slots_full = 1) OR {_full('status', OPPORTUNITY)} OR {_full('host_status', ORGANIZATION)}",
    f"(host_limit >= 0 AND host_placed >= host_limit) OR burden >= {TOO_HEAVY}",
    "min_stay > %(longest)s",
    "%(age)s >= 0 AND (%(age)s < min_age OR (max_age >= 0 AND %(age)s > max_age) OR (%(age)s < 18 AND minors_ok = 0))",
    "(restricted_to & ~%(restricted_ok)s) <> 0",
    f"(hazards_yes & %(limits)s) <> 0 OR (heaviest > %(lift)s AND (hazards_yes & {HEAVY}) <> 0)",
    "(allergens_yes & %(allergies)s) <> 0",
    "(accommodations_no & %(required)s) <> 0",
    f"({' | '.join(HOURS)}) <> 0 AND ({' | '.join(f'({name} & %({name})s)' for name in HOURS)}) = 0",
)
FAILURES = " + ".join(f"({gate})::int" for gate in (*GATES, _load(), "km > %(reach)s"))
"""How many of the common rules fail."""


def _bits(expression: str) -> str:
    return f"bit_count(({expression})::bit(64))"


def _needs() -> str:
    return " + ".join(
        f"CASE WHEN needs & %(need_{rank})s <> 0 THEN {share} WHEN needs & %(kin_{rank})s <> 0 THEN {share * KIN_SHARE} ELSE 0 END"
        for rank, share in enumerate(SHARE_BY_RANK)
    )


def _interests() -> str:
    likes, skilled = "(activities & %(likes)s <> 0)::int", "(activities & %(skills)s <> 0)::int"
    return f"greatest({likes} * {INTEREST}, {skilled} * {STRENGTH}) + {likes} * {skilled} * 0.05"


def _load_fit() -> str:
    axes = range(len(LOAD_AXES))
    cases = " ".join(f"WHEN {gap} THEN {points}" for gap, points in BY_GAP.items() if gap != 1)
    points = " + ".join(
        f"CASE gap_{place} {cases} WHEN 1 THEN CASE WHEN %(stretch_{place})s THEN {WANTED_STRETCH} ELSE {BY_GAP[1]} END ELSE 0 END"
        for place in axes
    )
    known = " + ".join(f"(gap_{place} > -9)::int" for place in axes)
    stretched = " OR ".join(f"gap_{place} = 1" for place in axes)
    wanted = " OR ".join(f"(gap_{place} = 1 AND %(stretch_{place})s)" for place in axes)
    factor = f"CASE WHEN ({stretched}) AND NOT ({wanted}) THEN 0.6 ELSE 1 END"
    return f"coalesce(({points})::float8 / nullif({known}, 0), 0) * {factor}"


def _nice() -> str:
    yes, some = "accommodations_yes & %(wanted)s", "accommodations_conditional & %(wanted)s"
    known = _bits("(accommodations_yes | accommodations_conditional | accommodations_no) & %(wanted)s")
    return f"coalesce(({_bits(yes)} + {_bits(some)} / 2.0)::float8 / nullif({known}, 0), 0)"


def _slack() -> str:
    slow = f"(reply_days >= {SLOW_DAYS})::int * 0.1"
    cases = " ".join(f"WHEN {level} THEN greatest({points} - {slow}, 0)" for level, points in BY_BURDEN.items())
    return f"CASE burden {cases} ELSE 0 END"


EASE_SHARE = f"greatest(0, least(1, (km - {EASY_KM}) / (%(reach)s - {EASY_KM})))"
FRESH = f"greatest(0, least(1, 1 - ({TODAY} - verified_on)::float8 / (2 * greatest(stale_after, 1))))"
CRITERIA = {
    "needs": f"({_needs()}) / %(need_shares)s",
    "interests": _interests(),
    "load_fit": _load_fit(),
    "nice_accommodations": _nice(),
    "host_slack": _slack(),
    "fresh": f"CASE WHEN verified_on < 0 THEN 0 ELSE {FRESH} END",
    EASE: f"1 - {EASE_SHARE} / 2",
}
PARTS = ", ".join(f"{WEIGHTS[code].value / 100} * ({said}) AS part_{code}" for code, said in CRITERIA.items())
"""What each criterion brings, 0..1 in all, without the words."""
SCORE = " + ".join(f"part_{code}" for code in CRITERIA)
SHOWN = ", ".join(f"part_{code}" for code in CRITERIA)
WORDS_AT_MOST = WEIGHTS["interests"].value / 100 * WORDS_SHARE
WORDS = f"{WORDS_AT_MOST} * least(1, similarity(text, %(words)s) / {CLOSE})"


def parameters(profile: ParticipantProfile) -> dict[str, Any]:
    """The person as named parameters."""
    wanted = [need for need in profile.needs if need != NOT_SURE][: len(SHARE_BY_RANK)]
    needs, likes = VOCABULARIES["participation_needs"], VOCABULARIES["activity_types"]
    accommodations = VOCABULARIES["accommodations"]
    ranks = range(len(SHARE_BY_RANK))
    asked = [wanted[rank : rank + 1] for rank in ranks]
    return {
        "latitude": profile.latitude,
        "longitude": profile.longitude,
        "reach": reach_km(profile),
        "longest": LARGEST if profile.session_max_minutes is None else profile.session_max_minutes,
        "age": -1 if profile.age is None else profile.age,
        "restricted_ok": VOCABULARIES["restrictions"].mask(profile.restricted_ok),
        "limits": VOCABULARIES["hazards"].mask(profile.work_limits),
        "lift": float(LARGEST) if profile.max_lift_kg is None else profile.max_lift_kg,
        "allergies": VOCABULARIES["allergens"].mask(code for code, has in profile.allergies.items() if has == "yes"),
        "required": accommodations.mask(profile.required_accommodations),
        "wanted": accommodations.mask((*profile.required_accommodations, *profile.preferred_accommodations)),
        "likes": likes.mask(profile.interest_types),
        "skills": likes.mask(profile.strength_types),
        "words": " ".join((*profile.interest_texts, *profile.strength_texts, *profile.can_teach)),
        "need_shares": sum(SHARE_BY_RANK[: len(wanted)]) or 1.0,
        **{f"need_{rank}": needs.mask(asked[rank]) for rank in ranks},
        **{f"kin_{rank}": needs.mask(kin for need in asked[rank] for kin in KIN.get(need, ())) for rank in ranks},
        **dict(zip(HOURS, hours.of_person(profile), strict=True)),
        **{f"capacity_{place}": -1 if level is None else level for place, level in enumerate(profile.capacities)},
        **{f"stretch_{place}": axis in (profile.stretch_axes or ()) for place, axis in enumerate(LOAD_AXES)},
    }
