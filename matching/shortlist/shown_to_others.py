"""What is proposed to others at the same time (ほかの人への提案): hosts tire, and a family needs places apart.

Source: domain §4.3 (受け入れ先の偏りを防ぐ), §6 (8050: two places, apart), F40. Counts only: nobody's name comes here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from matching.columns.encodings import Bools, Ints
from matching.pool.host_available_from import DEFAULT_MONTHLY_LIMIT
from matching.pool.opportunity_pool import OpportunityPool
from matching.vocabulary import VOCABULARIES

COSTS = 150
MOST = 4
"""Hundredths for every other person beyond what the host takes in a month, and the most people that are counted."""
FOR_FAMILIES = "家族・子育て"


@dataclass(frozen=True)
class Elsewhere:
    """`waiting`: host ref to how many other people waiting it is proposed to. `family`: host ref to the total
    (hundredths) with which it is proposed to somebody of the same household, or who goes there already."""

    waiting: Mapping[str, int]
    family: Mapping[str, int]


NOBODY = Elsewhere({}, {})
GOES_THERE = 1_000_000
"""The total of a place that somebody of the household goes to already: it is theirs."""


def tolls(pool: OpportunityPool, elsewhere: Elsewhere) -> Ints:
    """Hundredths that each place costs because its host is proposed to many (N,)."""
    asked = _by_host(pool, elsewhere.waiting)
    room = np.where(pool.host_monthly_limit < 0, DEFAULT_MONTHLY_LIMIT, pool.host_monthly_limit)
    costs: Ints = (COSTS * np.clip(asked - room, 0, MOST)).astype(np.int32)
    return costs


def left_to_family(pool: OpportunityPool, totals: Ints, elsewhere: Elsewhere) -> Bools:
    """Places that suit somebody of the same household better (N,); places for families are for all of them."""
    words = VOCABULARIES["activity_types"]
    together = words.mask(code for code in words.codes if words.group(code) == FOR_FAMILIES)
    theirs = _by_host(pool, elsewhere.family)
    left: Bools = (theirs > totals) & ((pool.activity_types & np.uint64(together)) == 0)
    return left


def _by_host(pool: OpportunityPool, counts: Mapping[str, int]) -> Ints:
    """A number a host as a column; 0 where nothing is said."""
    by_host = np.zeros(len(pool.hosts), dtype=np.int32)
    for ref, count in counts.items():
        for number in pool.host_numbers([ref]):
            by_host[number] = count
    return by_host[pool.host]
