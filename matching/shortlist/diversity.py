"""Choosing at most five of different kinds (種類の違うものを混ぜる), one of low load and one with a role where they exist.

Source: domain §4.3 and §4.5-6: never three of the same farm, never only one kind of answer.
"""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from matching.columns.encodings import Bools, Ints, has
from matching.pool.opportunity_pool import OpportunityPool
from matching.shortlist.scoring import Scores
from matching.shortlist.shortlist_filter import worth_showing
from matching.shortlist.shown_to_others import Elsewhere, left_to_family, tolls
from matching.vocabulary import VOCABULARIES

MOST = 5
LOW_LOAD = 2
MOST_ALIKE = 2
"""So many of the very same activities: five gymnastics clubs are one answer. So many tolls for the same kind, too."""
SAME_KIND_COSTS = 400
SAME_HOST_COSTS = 900


def low_load(pool: OpportunityPool) -> Bools:
    """No axis above level 2, all of them known."""
    low: Bools = np.all((pool.loads >= 0) & (pool.loads <= LOW_LOAD), axis=1)
    return low


def kinds(pool: OpportunityPool) -> Ints:
    """Groups of activity (居場所, 農・自然, 作業 …) as bits."""
    words, codes = VOCABULARIES["activity_types"], defaultdict[str, list[str]](list)
    for code in words.codes:
        codes[words.group(code)].append(code)
    groups = np.zeros(len(pool), dtype=np.int32)
    for bit, alike in enumerate(codes.values()):
        groups |= np.where(has(pool.activity_types, words.mask(alike)), np.int32(1 << bit), np.int32(0))
    return groups


def choose(scores: Scores, elsewhere: Elsewhere) -> list[int]:
    """Greedy: the best place first, then each next one with a toll for the same kind, the same host, or a host that is
    proposed to many."""
    rows = np.array(scores.order(worth_showing(scores)), dtype=np.intp)
    part = scores.at(rows)
    pool, chosen = part.question.pool, list[int]()
    left = ~left_to_family(pool, part.totals, elsewhere)
    hosts, groups, totals = pool.host, kinds(pool), part.totals - tolls(pool, elsewhere)
    same_kind, same_host, alike = (np.zeros(len(rows), dtype=np.int32) for _ in range(3))
    while left.any() and len(chosen) < MOST:
        value = totals - SAME_KIND_COSTS * np.minimum(same_kind, MOST_ALIKE) - SAME_HOST_COSTS * same_host
        tied = np.flatnonzero(left & (value == value[left].max()))
        best = int(tied[np.lexsort((pool.rank[tied], -part.known_share[tied]))[0]])
        chosen.append(best)
        left[best] = False
        same_kind += (groups & groups[best]) != 0
        same_host += hosts == hosts[best]
        alike += (pool.activity_types == pool.activity_types[best]) & (pool.activity_types != 0)
        left &= alike < MOST_ALIKE
    waiting: list[int] = np.flatnonzero(left).tolist()
    for holds in (low_load(pool), pool.has_role == 1):
        _bring_in(chosen, waiting, holds)
    return [int(rows[place]) for place in sorted(chosen)]


def _bring_in(chosen: list[int], left: list[int], holds: Bools) -> None:
    """Let the best place for which `holds` take the last seat, where none chosen has it and one exists."""
    if len(chosen) < MOST or holds[chosen].any():
        return
    fitting = next((place for place in left if holds[place]), None)
    if fitting is not None:
        left.append(chosen.pop())
        chosen.append(fitting)
