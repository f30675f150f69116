"""Section: bytes an opportunity holds in memory, and how long the columns take to build."""

from __future__ import annotations

import dataclasses
import statistics
import time

import numpy as np
from numpy.typing import NDArray

from matching.columns.jagged import Pairs, Slots
from matching.pool.opportunity_pool import OpportunityPool
from matching.pool.pool_updates import replaced
from tests.bench.bars import ATTACH, BYTES
from tests.bench.report import Line
from tests.bench.scenes import Scene
from tests.bench.weights import bytes_of

FACTS_WEIGHED = 2_000
ATTACHED_FROM = 2_000_000
EDITS = 5


def memory(scene: Scene) -> list[Line]:
    """Columns, words and everything else beside the facts; the facts by themselves, from a sample."""
    pool, count = scene.pool, len(scene.pool)
    seen: set[int] = set()
    columns = sum(bytes_of(column, seen=seen) for column in _columns(pool))
    words = bytes_of(pool.text, seen=seen)
    rest = bytes_of({name: value for name, value in vars(pool).items() if name != "facts"}, seen=seen)
    sample = [pool.facts[row] for row in np.linspace(0, count - 1, min(count, FACTS_WEIGHED)).astype(int).tolist()]
    facts = bytes_of(sample) / len(sample)
    lines = [
        Line("bytes an opportunity", (columns + words + rest) / count, " B", BYTES, "columns, words and indexes"),
        Line("of it columns", columns / count, " B"),
        Line("of it words", words / count, " B"),
        Line("of it the rest", rest / count, " B", note="refs, distinct times, maps"),
        Line("facts as objects, apart", facts, " B", note="what reasons are told from"),
        Line("build from facts", scene.build_seconds, " s", note=f"{scene.build_seconds / count * 1e6:.0f} µs a place"),
    ]
    lines.append(Line("one place told anew", edit_seconds(pool) * 1e3, " ms", note="the pool after an edit, in memory"))
    if count >= ATTACHED_FROM:
        lines.append(Line("attach", None, " s", ATTACH, "there is no file of built columns to attach"))
    return lines


def edit_seconds(pool: OpportunityPool) -> float:
    """Median of a few edits, each of another place, the pool then being another one."""
    took = []
    for row in np.linspace(0, len(pool) - 1, EDITS).astype(int).tolist():
        facts = dataclasses.replace(pool.facts[row], open_places=0)
        begun = time.perf_counter()
        replaced(pool, [facts.ref], [facts])
        took.append(time.perf_counter() - begun)
    return statistics.median(took)


def _columns(pool: OpportunityPool) -> list[NDArray[np.generic]]:
    """The arrays of the pool, and those of its slots and pairs."""
    fields = [getattr(pool, field.name) for field in dataclasses.fields(pool)]
    flat = [value for field in fields if isinstance(field, Pairs | Slots) for value in vars(field).values()]
    return [value for value in (*fields, *flat) if isinstance(value, np.ndarray)]
