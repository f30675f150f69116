"""A region of a size, its pool and its people: what is measured in (performance §1, Data)."""

from __future__ import annotations

import dataclasses
import gc
import multiprocessing
import os
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.inputs.facts import OpportunityFacts
from matching.inputs.profile import ParticipantProfile
from matching.pool.building import build_pool
from matching.pool.opportunity_pool import OpportunityPool
from matching.pool.pool_updates import join_pools
from models.catalogue import calendar_of
from models.municipality import Municipality
from tests.bench.geography import Region, city, nationwide, prefecture
from tests.bench.people import people
from tests.bench.towns import Town, row_of
from tests.conftest import ON

CALENDAR = calendar_of(Municipality(key="bench", code="", name="ためし市"), on=ON)
SIZES: Mapping[str, tuple[Callable[[], Region], int]] = {
    "2k": (city, 2_000),
    "100k": (prefecture, 100_000),
    "2m": (nationwide, 2_000_000),
}
IN_WORDS = {"2k": "2,000 places of a city", "100k": "100,000 places of a prefecture", "2m": "2,000,000 places of Japan"}
CHUNK = 20_000
OBJECTS_AT_MOST = 200_000
"""Above this facts are made when somebody reads them; below it they are objects, as in the service."""


@dataclass(frozen=True, eq=False)
class Scene:
    """`build_seconds` is from facts to columns; where there are too many facts to hold, making them up is in it."""

    size: str
    town: Town
    pool: OpportunityPool
    people: list[ParticipantProfile]
    build_seconds: float


@cache
def town_of(size: str) -> Town:
    region, count = SIZES[size]
    return Town(region(), count)


def scene(size: str, *, queries: int) -> Scene:
    region, count = SIZES[size]
    town = town_of(size)
    pool, seconds = built(town) if count <= OBJECTS_AT_MOST else built_in_parts(size)
    # What the bench made up is not the engine's rubbish to look through.
    gc.collect()
    gc.freeze()
    return Scene(size, town, pool, people(region(), queries, places=count), seconds)


def built(town: Town) -> tuple[OpportunityPool, float]:
    facts = list(town)
    start = time.perf_counter()
    pool = build_pool(facts, CALENDAR)
    return pool, time.perf_counter() - start


class OnDemand(Sequence[OpportunityFacts]):
    """Facts of some rows of a town, made again whenever one is read."""

    def __init__(self, size: str, rows: NDArray[np.int32]) -> None:
        self._size, self._rows = size, rows

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, place: Any) -> Any:
        return town_of(self._size)[int(self._rows[place])]


def built_in_parts(size: str) -> tuple[OpportunityPool, float]:
    """Chunk by chunk on all cores, so that no more than a chunk of facts is ever held by a process."""
    town, start = town_of(size), time.perf_counter()
    starts = range(0, len(town), CHUNK)
    with ProcessPoolExecutor(os.cpu_count(), mp_context=multiprocessing.get_context("fork")) as workers:
        parts = list(workers.map(_part, [size] * len(starts), starts))
    pool = _without_facts(size, join_pools(parts))
    return pool, time.perf_counter() - start


def _part(size: str, start: int) -> OpportunityPool:
    return _without_facts(size, build_pool(town_of(size)[start : start + CHUNK], CALENDAR))


def _without_facts(size: str, pool: OpportunityPool) -> OpportunityPool:
    rows = np.array([row_of(ref) for ref in pool.refs.tolist()], dtype=np.int32)
    return dataclasses.replace(pool, facts=OnDemand(size, rows))
