"""Section: how the time grows with the number of places in one area (log-log slope of the medians)."""

from __future__ import annotations

import numpy as np

from matching.engine import propose
from matching.inputs.profile import ParticipantProfile
from matching.pool.opportunity_pool import OpportunityPool
from tests.bench.bars import GROWTH
from tests.bench.geography import prefecture
from tests.bench.people import people
from tests.bench.report import Line
from tests.bench.scenes import built
from tests.bench.timing import Times, in_turn
from tests.bench.towns import Town
from tests.conftest import ON

SMALLER = (2_000, 8_000, 32_000, 56_000)
COUNTED_FROM = 32_000


def growth(largest: OpportunityPool | None, *, queries: int, rounds: int, budget: float) -> list[Line]:
    """`largest` is the prefecture's 100,000, where it was built anyway. The smaller ones are its beginnings."""
    pools = {count: built(Town(prefecture(), count))[0] for count in SMALLER}
    if largest is not None:
        pools[len(largest)] = largest
    asked = people(prefecture(), queries, places=min(pools))
    times = in_turn(
        {str(count): lambda profile, pool=pool: _ask(profile, pool) for count, pool in pools.items()},
        asked,
        rounds=rounds,
        budget=budget,
    )
    lines = [
        Line(f"{count:,} places", times[str(count)].p50 * 1e3, " ms", note=f"p95 {times[str(count)].p95 * 1e3:.3g}")
        for count in pools
    ]
    big = [count for count in pools if count >= COUNTED_FROM]
    return [*lines, Line("growth exponent from 32,000", _slope(big, times), "", GROWTH)]


def _ask(profile: ParticipantProfile, pool: OpportunityPool) -> object:
    return propose(profile, pool, on=ON)


def _slope(counts: list[int], times: dict[str, Times]) -> float:
    return float(np.polyfit(np.log(counts), np.log([times[str(count)].p50 for count in counts]), 1)[0])
