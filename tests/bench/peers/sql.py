"""The common ground as SQL over the columns of `tables`. Masks are bigints, unknown numbers -1.

Everything about the person is a named parameter, so a statement is prepared once.
"""

from __future__ import annotations

from typing import Any

from matching.inputs.profile import ParticipantProfile
from matching.vocabulary import ENUMS, LOAD_AXES, VOCABULARIES, Vocabulary
from tests.bench import hours
from tests.bench.common import (
    ADULT,
    BOTH,
    BY_BURDEN,
    BY_GAP,
    BY_RANK,
    CLOSED,
    CLOSED_HOST,
    EASY_KM,
    LIKED,
    SKILLED,
    TOO_MUCH,
    UNKNOWN_GAP,
    UNWANTED_STRETCH,
    WEIGHTS,
    WORDS,
    masks,
)
from tests.bench.people import reach_km
from tests.conftest import ON

TODAY = ON.toordinal()
LARGEST = 10_000
AXES = range(len(LOAD_AXES))
HOURS = [f"hours_{word}" for word in range(hours.WORDS)]


def _gap(place: int) -> str:
    unknown = f"load_{place} < 0 OR %(capacity_{place})s < 0"
    return f"CASE WHEN {unknown} THEN {UNKNOWN_GAP} ELSE load_{place} - %(capacity_{place})s END AS gap_{place}"


def _is(column: str, codes: tuple[str, ...], words: Vocabulary) -> str:
    return f"{column} IN ({', '.join(str(words.bit[code]) for code in codes)})"


GAPS = ", ".join(_gap(place) for place in AXES)
"""Load minus capacity; selected one level below FAILURES and PARTS, like `km`."""
STATE = f"{_is('status', CLOSED, ENUMS['opportunity_status'])} OR {_is('host_status', CLOSED_HOST, ENUMS['organization_status'])}"
AGE = f"%(age)s < min_age OR (max_age >= 0 AND %(age)s > max_age) OR (%(age)s < {ADULT} AND minors_ok = 0)"
STRETCHES = " + ".join(f"(gap_{place} = 1)::int" for place in AXES)
RULES = (
    STATE,
    "places = 0",
    f"(host_limit >= 0 AND host_placed >= host_limit) OR burden >= {TOO_MUCH}",
    "min_stay > %(longest)s",
    f"%(age)s >= 0 AND ({AGE})",
    "(restricted_to & ~%(restricted_ok)s) <> 0",
    "(hazards_yes & %(limits)s) <> 0",
    "(allergens_yes & %(allergies)s) <> 0",
    "(accommodations_no & %(required)s) <> 0",
    f"greatest({', '.join(f'gap_{place}' for place in AXES)}) >= 2 OR {STRETCHES} > 1",
    f"({' | '.join(HOURS)}) <> 0 AND ({' | '.join(f'({name} & %({name})s)' for name in HOURS)}) = 0",
    "km > %(reach)s",
)
FAILURES = " + ".join(f"({rule})::int" for rule in RULES)


def _bits(expression: str) -> str:
    return f"bit_count(({expression} & %(wanted)s)::bit(64))"


def _load() -> str:
    cases = " ".join(f"WHEN {gap} THEN {worth}" for gap, worth in BY_GAP.items())
    worth = " + ".join(f"CASE gap_{place} {cases} ELSE 0 END" for place in AXES)
    known = " + ".join(f"(gap_{place} > {UNKNOWN_GAP})::int" for place in AXES)
    wanted = " OR ".join(f"(gap_{place} = 1 AND %(stretch_{place})s)" for place in AXES)
    unwanted = f"CASE WHEN {STRETCHES} > 0 AND NOT ({wanted}) THEN {UNWANTED_STRETCH} ELSE 1 END"
    return f"({worth})::float8 / greatest({known}, 1) * {unwanted}"


NEEDS = " + ".join(f"(needs & %(need_{rank})s <> 0)::int * {share}" for rank, share in enumerate(BY_RANK))
LIKES, SKILLS = (f"(activities & %({name})s <> 0)::int" for name in ("likes", "skills"))
ANSWERS = ["accommodations_yes", "accommodations_conditional", "accommodations_no"]
YES, SOME = (_bits(name) for name in ANSWERS[:2])
BURDENS = " ".join(f"WHEN {level} THEN {worth}" for level, worth in BY_BURDEN.items())
FRESH = f"greatest(0, least(1, 1 - ({TODAY} - verified_on)::float8 / (2 * greatest(stale_after, 1))))"
CRITERIA = {
    "needs": f"({NEEDS}) / %(need_shares)s",
    "interests": f"greatest({LIKES} * {LIKED}, {SKILLS} * {SKILLED}) + {LIKES} * {SKILLS} * {BOTH}",
    "load": _load(),
    "accommodations": f"({YES} + {SOME} / 2.0)::float8 / greatest({_bits('(' + ' | '.join(ANSWERS) + ')')}, 1)",
    "ease": f"1 - greatest(0, least(1, (km - {EASY_KM}) / (%(reach)s - {EASY_KM}))) / 2",
    "slack": f"CASE burden {BURDENS} ELSE 0 END",
    "fresh": f"CASE WHEN verified_on < 0 THEN 0 ELSE {FRESH} END",
}
PARTS = ", ".join(f"{WEIGHTS[name]} * ({said}) AS part_{name}" for name, said in CRITERIA.items())
"""What each criterion brings, 0..1 in all, without the words."""
SCORE = " + ".join(f"part_{name}" for name in CRITERIA)
SHOWN = ", ".join(f"part_{name}" for name in CRITERIA)
CLOSENESS = f"{WORDS} * least(1, similarity(text, %(words)s) / 0.35)"


def parameters(profile: ParticipantProfile) -> dict[str, Any]:
    """The person as named parameters."""
    needs = VOCABULARIES["participation_needs"]
    return {
        **{name: int(mask) for name, mask in masks(profile).items()},
        "latitude": profile.latitude,
        "longitude": profile.longitude,
        "reach": reach_km(profile),
        "longest": LARGEST if profile.session_max_minutes is None else profile.session_max_minutes,
        "age": -1 if profile.age is None else profile.age,
        "words": " ".join((*profile.interest_texts, *profile.strength_texts, *profile.can_teach)),
        "need_shares": sum(share for share, _ in zip(BY_RANK, profile.needs, strict=False)) or 1.0,
        **{f"need_{rank}": needs.mask(profile.needs[rank : rank + 1]) for rank in range(len(BY_RANK))},
        **dict(zip(HOURS, hours.of_person(profile), strict=True)),
        **{f"capacity_{place}": -1 if level is None else level for place, level in enumerate(profile.capacities)},
        **{f"stretch_{place}": axis in (profile.stretch_axes or ()) for place, axis in enumerate(LOAD_AXES)},
    }
