"""Two lists, best first, and whether two peers say the same (performance §5, rule 1)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

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


def ranked(rows: NDArray[np.intp], failures: NDArray[np.int_], scores: NDArray[np.float64]) -> Lists:
    def best(wanted: int) -> list[tuple[int, float]]:
        here = np.flatnonzero(failures == wanted)
        first = here[np.lexsort((rows[here], -scores[here]))[:TOP]]
        return [(int(rows[place]), float(scores[place])) for place in first]

    return Lists(best(0), best(1), (int((failures == 0).sum()), int((failures == 1).sum())))


def must_agree(name: str, ours: Lists, theirs: Lists) -> None:
    """Same counts, same scores place by place, and the same rows wherever scores are not tied."""
    if ours.counts != theirs.counts:
        raise DifferenceError(f"{name}: {theirs.counts} matches and near misses, the columns have {ours.counts}")
    for one, other in ((ours.matches, theirs.matches), (ours.near_misses, theirs.near_misses)):
        worst = max((abs(a - b) for (_, a), (_, b) in zip(one, other, strict=True)), default=0.0)
        if worst > TOLERANCE:
            raise DifferenceError(f"{name}: a score differs by {worst:.1e}")
        surely = {row for row, score in one if score > one[-1][1] + TOLERANCE}
        if not surely <= {row for row, _ in other}:
            raise DifferenceError(f"{name}: other places in the list, with the same scores")
