"""A region of a size, its pool and its people: what is measured in (performance §1, Data)."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from matching.pool import OpportunityPool, build_pool
from matching.profile import ParticipantProfile
from models.catalogue import calendar_of
from models.municipality import Municipality
from tests.bench.geography import Region, city, nationwide, prefecture
from tests.bench.people import people
from tests.bench.towns import Town
from tests.conftest import ON

CALENDAR = calendar_of(Municipality(key="bench", code="", name="ためし市"), on=ON)
SIZES: Mapping[str, tuple[Callable[[], Region], int]] = {
    "2k": (city, 2_000),
    "100k": (prefecture, 100_000),
    "2m": (nationwide, 2_000_000),
}
IN_WORDS = {"2k": "2,000 places of a city", "100k": "100,000 places of a prefecture", "2m": "2,000,000 places of Japan"}


@dataclass(frozen=True, eq=False)
class Scene:
    """`build_seconds` is from facts to columns; making up the facts is not in it."""

    size: str
    town: Town
    pool: OpportunityPool
    people: list[ParticipantProfile]
    build_seconds: float


def scene(size: str, *, queries: int) -> Scene:
    region, count = SIZES[size]
    town = Town(region(), count)
    pool, seconds = built(town)
    return Scene(size, town, pool, people(region(), queries, places=count), seconds)


def built(town: Town) -> tuple[OpportunityPool, float]:
    facts = list(town)
    start = time.perf_counter()
    pool = build_pool(facts, CALENDAR)
    return pool, time.perf_counter() - start
