"""The rules that every peer can say, and what the engine's own rule modules answer when asked for these alone.

Lists are compared on this common ground before anything is timed (performance §5, rule 1): whoever answers something
else may be as fast as they like. Left out are dates, seasons, the timetable of the way, words, and what is told about one place and one person.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.columns import FAIL
from matching.pool import OpportunityPool
from matching.profile import ParticipantProfile
from matching.question import Question
from matching.rules import constraints, criteria
from matching.travel import kilometres
from matching.weights import WEIGHTS
from tests.bench import hours
from tests.bench.people import reach_km
from tests.conftest import ON

RULES = (
    "status", "emergency_only", "open_places", "intake", "stay", "age", "restrictions", "hazards", "allergens",
    "accommodations", "load",
)  # fmt: skip
"""And two in a simpler form: the distance (km, as the crow flies) and the hours of the week."""
CRITERIA = ("needs", "interests", "load_fit", "nice_accommodations", "host_slack", "fresh")
EASE = "travel_ease"
EASY_KM = 1.0
NEAR_MISS_REACH = 2.0
"""Without a cap, "fails only the distance" is all Japan (performance §1)."""
TOP = 20
TOLERANCE = 3e-6


class DifferenceError(Exception):
    """A peer answers another question: nothing is timed."""


@dataclass(frozen=True)
class Lists:
    """Rows and scores, best first: what passes everything, and what fails exactly one rule. And how many there were."""

    matches: list[tuple[int, float]]
    near_misses: list[tuple[int, float]]
    counts: tuple[int, int]


def engine_lists(profile: ParticipantProfile, pool: OpportunityPool) -> Lists:
    """Scores are 0..1 and every unknown brings nothing; a place nobody can find on the map is in no list."""
    reach = reach_km(profile)
    around = np.flatnonzero(kilometres(profile, pool) <= NEAR_MISS_REACH * reach)
    asked = dataclasses.replace(profile, interest_texts=(), strength_texts=(), can_teach=())
    question = Question(asked, pool.take(around), ON)
    distance = kilometres(profile, question.pool).astype(np.float64)
    failures = (distance > reach).astype(int)
    failures += hours.never_meet(hours.of_places(question.pool), hours.of_person(profile))
    for rule in constraints():
        if rule.code in RULES:
            failures += rule.verdicts(question) == FAIL
    total = WEIGHTS[EASE].value * ease(distance, reach)
    for criterion in criteria():
        if criterion.code in CRITERIA:
            total += WEIGHTS[criterion.code].value * np.nan_to_num(criterion.scores(question).astype(np.float64))
    return ranked(around, failures, total / 100)


def ease(distance: NDArray[np.float64], reach: float) -> NDArray[np.float64]:
    """1 up to a kilometre, falling to a half at the person's reach."""
    share: NDArray[np.float64] = 1 - np.clip((distance - EASY_KM) / (reach - EASY_KM), 0, 1) / 2
    return share


def ranked(rows: NDArray[np.intp], failures: NDArray[np.int_], scores: NDArray[np.float64]) -> Lists:
    def best(wanted: int) -> list[tuple[int, float]]:
        here = np.flatnonzero(failures == wanted)
        first = here[np.lexsort((rows[here], -scores[here]))[:TOP]]
        return [(int(rows[place]), float(scores[place])) for place in first]

    return Lists(best(0), best(1), (int((failures == 0).sum()), int((failures == 1).sum())))


def must_agree(name: str, ours: Lists, theirs: Lists) -> None:
    """Same counts, same scores place by place, and the same rows wherever scores are not tied."""
    if ours.counts != theirs.counts:
        raise DifferenceError(f"{name}: {theirs.counts} matches and near misses, the engine has {ours.counts}")
    for one, other in ((ours.matches, theirs.matches), (ours.near_misses, theirs.near_misses)):
        worst = max((abs(a - b) for (_, a), (_, b) in zip(one, other, strict=True)), default=0.0)
        if worst > TOLERANCE:
            raise DifferenceError(f"{name}: a score differs by {worst:.1e}")
        surely = {row for row, score in one if score > one[-1][1] + TOLERANCE}
        if not surely <= {row for row, _ in other}:
            raise DifferenceError(f"{name}: other places in the list, with the same scores")
