"""Who takes how long for the same questions, asked in turn (performance §5, rules 2 and 3).

Machines are shared and absolute times move by a factor of two, so only ratios within one round are findings.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

FEWEST = 5
Ask = Callable[[Any], object]


@dataclass(frozen=True)
class Times:
    """Seconds (rounds, questions) of one peer; NaN where a slow peer was not asked."""

    seconds: NDArray[np.float64]

    @property
    def p50(self) -> float:
        """Median of each round, then the median of the rounds."""
        return float(np.median(np.nanmedian(self.seconds, axis=1)))

    @property
    def p95(self) -> float:
        return float(np.median(np.nanpercentile(self.seconds, 95, axis=1)))

    @property
    def mean(self) -> float:
        return float(np.median(np.nanmean(self.seconds, axis=1)))

    @property
    def asked(self) -> int:
        return int((~np.isnan(self.seconds)).all(axis=0).sum())


@dataclass(frozen=True)
class Ratio:
    """Median over rounds of the median over questions of paired ratios; the lowest and the highest round."""

    median: float
    low: float
    high: float


def ratio(slow: Times, fast: Times) -> Ratio:
    """How many times longer `slow` takes, question by question."""
    per_round = np.nanmedian(slow.seconds / fast.seconds, axis=1)
    return Ratio(float(np.median(per_round)), float(per_round.min()), float(per_round.max()))


def in_turn(peers: Mapping[str, Ask], questions: Sequence[Any], *, rounds: int, budget: float) -> dict[str, Times]:
    """One warm-up each, then question by question. Who would need more than `budget` seconds is asked fewer of them."""
    seconds = {name: np.full((rounds, len(questions)), np.nan) for name in peers}
    asked = {}
    for name, ask in peers.items():
        ask(questions[0])
        cost = _took(ask, questions[len(questions) // 2])
        asked[name] = _spread(len(questions), int(budget / rounds / cost))
    for number in range(rounds):
        for place, question in enumerate(questions):
            for name, ask in peers.items():
                if place in asked[name]:
                    seconds[name][number, place] = _took(ask, question)
    return {name: Times(taken) for name, taken in seconds.items()}


def _took(ask: Ask, question: Any) -> float:
    start = time.perf_counter()
    ask(question)
    return time.perf_counter() - start


def _spread(count: int, most: int) -> set[int]:
    """All places, or as many as may be, evenly spread."""
    wanted = min(count, max(most, min(FEWEST, count)))
    return set(np.linspace(0, count - 1, wanted).round().astype(int).tolist())
