"""Choosing at most five of different kinds (種類の違うものを混ぜる), one of low load and one with a role where they exist.

Source: domain §4.3 and §4.5-6: never three of the same farm, never only one kind of answer.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from matching.accommodations import GIVEN, effort_of, unasked
from matching.columns import FOUR
from matching.facts import OpportunityFacts
from matching.home import wants_home
from matching.question import Question
from matching.scoring import Scores
from matching.vocabulary import VOCABULARIES

MOST = 5
WEAKEST = 4_000
"""Hundredths: below this a place is not a proposal but filler. A short list is better than a filled one."""
TRAILING = 3_500
"""Hundredths behind the first place at which a place is filler, too."""
LOW_LOAD = 2
LEAST_NEED, LEAST_INTEREST = 0.2, 0.6
LEAST_NEED_AT_HOME = 0.7
"""Scores from which a place answers something the person wants."""
COMFORTABLE = 0.6
"""Scores of load, ease and accommodations from which a place is gentle enough for somebody who seeks no more than that."""
LEAST_KNOWN = 35
"""Hundredths of the weight that must be known: of somebody nobody has listened to yet, nothing is proposed but a talk."""
MOST_UNASKED = 2
"""So many required surroundings may be unasked; beyond, where they are more than half, one asks before one proposes."""
MOST_ALIKE = 2
SAME_KIND_COSTS = 400
SAME_HOST_COSTS = 900


def low_load(facts: OpportunityFacts) -> bool:
    """No axis above level 2, all of them known."""
    return all(level is not None and level <= LOW_LOAD for level in facts.loads)


def kinds(facts: OpportunityFacts) -> frozenset[str]:
    """Groups of activity: 居場所, 農・自然, 作業 …"""
    return frozenset(VOCABULARIES["activity_types"].group(code) for code in facts.activity_types)


def crowded(facts: OpportunityFacts, seen: Sequence[OpportunityFacts]) -> bool:
    """Whether enough places of the very same activities have been chosen: five gymnastics clubs are one answer."""
    alike = sum(set(facts.activity_types) == set(other.activity_types) for other in seen)
    return bool(facts.activity_types) and alike >= MOST_ALIKE


def worth_showing(question: Question, scores: Scores, ordered: Sequence[int]) -> list[int]:
    """Those that deserve to be proposed at all, in their order: they begin from something the person wants."""
    given = [code for code in question.profile.required_accommodations if effort_of(code) == GIVEN]
    open_ = unasked(question, given)
    fair = (open_ <= MOST_UNASKED) | (2 * open_ <= len(given))
    fair &= scores.known_share >= LEAST_KNOWN
    if not wants_home(question):
        # Staying at home is an answer to somebody who seeks to go out only where both wish and liking say so.
        both = (scores.of("needs") >= LEAST_NEED_AT_HOME) & (scores.of("interests") >= LEAST_INTEREST)
        fair &= both | (question.pool.online != FOUR["yes"])
    wanted = [row for row in ordered if fair[row] and answers_a_wish(question, scores, row)]
    if not wanted:
        return []
    best = int(scores.totals[wanted[0]])
    return [row for row in wanted if scores.totals[row] >= max(WEAKEST, best - TRAILING)]


def answers_a_wish(question: Question, scores: Scores, row: int) -> bool:
    """A need the place meets, an activity the person likes, or a gentle place for whoever seeks just that or is still
    finding out."""
    needs = scores.of("needs")[row]
    if needs >= LEAST_NEED or scores.of("interests")[row] >= LEAST_INTEREST:
        return True
    gentle = not any(scores.of(code)[row] < COMFORTABLE for code in ("load_fit", "reliefs", "nice_accommodations"))
    return bool(gentle and ("ibasho_is_enough" in question.profile.goal_path or np.isnan(needs)))


def choose(question: Question, scores: Scores, ordered: Sequence[int]) -> list[int]:
    """Greedy: the best place first, then each next one with a toll for the same kind or the same host."""
    pool, left, chosen = question.pool, worth_showing(question, scores, ordered), list[int]()
    while left and len(chosen) < MOST:
        seen = [pool.facts[row] for row in chosen]

        def value(row: int, seen: Sequence[OpportunityFacts] = seen) -> tuple[int, int, int]:
            facts = pool.facts[row]
            same_kind = min(sum(bool(kinds(facts) & kinds(other)) for other in seen), MOST_ALIKE)
            same_host = sum(facts.host.ref == other.host.ref for other in seen)
            toll = SAME_KIND_COSTS * same_kind + SAME_HOST_COSTS * same_host
            return int(scores.totals[row]) - toll, int(scores.known_share[row]), -row

        left = [row for row in left if not crowded(pool.facts[row], seen)]
        if not left:
            break
        best = max(left, key=value)
        chosen.append(best)
        left.remove(best)
    wanted = (
        lambda row: low_load(pool.facts[row]),
        lambda row: bool(pool.has_role[row]),
    )
    for holds in wanted:
        _bring_in(chosen, left, holds)
    return sorted(chosen, key=ordered.index)


def _bring_in(chosen: list[int], left: list[int], holds: Callable[[int], bool]) -> None:
    """Let the best place for which `holds` take the last seat, where none chosen has it and one exists."""
    if len(chosen) < MOST or any(holds(row) for row in chosen):
        return
    fitting = [row for row in left if holds(row)]
    if fitting:
        left.append(chosen.pop())
        chosen.append(fitting[0])
