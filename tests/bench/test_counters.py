"""The work behind the proposals does not grow unnoticed. Whoever changes it on purpose writes down the new numbers."""

from __future__ import annotations

from pathlib import Path

import pytest

from matching.pool.building import build_pool
from tests.bench.counters import page_queries, work
from tests.bench.geography import city
from tests.bench.houses import house
from tests.bench.people import people
from tests.bench.scenes import CALENDAR
from tests.bench.towns import Town

PLACES, QUESTIONS = 2_000, 12
WORK = {
    "looked at": 23_881,
    "all": 24_000,
    "open": 11_144,
    "reachable": 2_785,
    "eligible": 479,
    "chosen": 25,
    "near misses": 50,
    "findings": 300,
}
"""Sums over the questions; a rule that is changed moves them, a faster way to the same answer does not."""
MOST_QUERIES = (14, 10)
"""To ask, and to show."""


def test_the_same_questions_leave_the_same_places_after_every_step() -> None:
    pool = build_pool(Town(city(), PLACES), CALENDAR)
    assert dict(work(pool, people(city(), QUESTIONS, places=PLACES))) == pytest.approx(WORK, rel=0.01)


def test_a_proposal_page_takes_the_same_few_queries_however_many_places_there_are(tmp_path: Path) -> None:
    taken = []
    for count in (150, 300):
        town, asking = Town(city(), count), people(city(), 2, places=count)
        with house(f"sqlite:///{tmp_path / str(count)}.db", town, asking) as place:
            taken.append(page_queries(place))
    assert taken[0] == taken[1]
    assert taken[0][0] <= MOST_QUERIES[0]
    assert taken[0][1] <= MOST_QUERIES[1]
