"""Every peer answers the same as the engine on the common ground, and would be caught if it did not."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID

import numpy as np
import pytest

from matching.engine import propose
from matching.inputs.profile import ParticipantProfile
from matching.inputs.recurrence import Calendar
from matching.pool.building import build_pool
from matching.pool.opportunity_pool import OpportunityPool
from matching.vocabulary import ENUMS
from models.database import make_engine
from models.migrate import upgrade
from tests.bench.agreement import DifferenceError, Lists, must_agree
from tests.bench.common import column_lists, must_pass
from tests.bench.geography import city
from tests.bench.peers.naive import Naive
from tests.bench.peers.postgres import server
from tests.bench.peers.tables import load
from tests.bench.peers.tuned import tuned_peer
from tests.bench.people import people
from tests.bench.records import add_catalogue, add_town
from tests.bench.towns import Town
from tests.conftest import ON

pytestmark = pytest.mark.unwatched

PLACES = 500


@dataclass(frozen=True)
class Scene:
    pool: OpportunityPool
    people: list[ParticipantProfile]

    def answers(self) -> list[Lists]:
        return [column_lists(profile, self.pool) for profile in self.people]


@pytest.fixture(scope="module")
def scene() -> Scene:
    pool = build_pool(Town(city(), PLACES), Calendar(frozenset(), ()))
    return Scene(pool, people(city(), 40, places=PLACES))


def test_the_loop_over_records_agrees_with_the_columns(scene: Scene, tmp_path: Path) -> None:
    engine = make_engine(f"sqlite:///{tmp_path / 'bench.db'}")
    upgrade(engine)
    keys = add_town(engine, UUID(int=7), key="bench")
    add_catalogue(engine, keys, scene.pool.facts)
    naive = Naive(engine, keys.municipality, scene.pool)
    for profile, ours in zip(scene.people[:8], scene.answers(), strict=False):
        must_agree("naive", ours, naive.lists(profile))
    assert naive.ask(scene.people[0]).matches
    engine.dispose()


def test_the_tuned_statement_agrees_with_the_columns(scene: Scene) -> None:
    with server("shared_buffers=32MB") as connection:
        connection.execute("CREATE EXTENSION pg_trgm")
        load(connection, scene.pool)
        tuned = tuned_peer(connection)
        for profile, ours in zip(scene.people, scene.answers(), strict=True):
            must_agree("tuned", ours, tuned.lists(profile))
        assert any(tuned.ask(profile) for profile in scene.people)


def test_another_answer_is_noticed(scene: Scene) -> None:
    ours = next(lists for lists in scene.answers() if len(lists.matches) > 3)
    must_agree("same", ours, ours)
    first, *rest = ours.matches
    wrong = {
        "a score": replace(ours, matches=[(first[0], first[1] + 1e-5), *rest]),
        "a place": replace(ours, matches=[(first[0] + 1, first[1]), *rest]),
        "a count": replace(ours, counts=(ours.counts[0] + 1, ours.counts[1])),
    }
    for lists in wrong.values():
        with pytest.raises(DifferenceError):
            must_agree("wrong", ours, lists)


def test_what_the_engine_proposes_passes_the_common_ground(scene: Scene) -> None:
    proposed = 0
    for profile in scene.people:
        rows = [one.row for one in propose(profile, scene.pool, on=ON).candidates]
        must_pass(profile, scene.pool, rows)
        proposed += len(rows)
    assert proposed > 40
    closed = np.flatnonzero(scene.pool.status == ENUMS["opportunity_status"].bit["withdrawn"])[:1].tolist()
    with pytest.raises(DifferenceError, match="state"):
        must_pass(scene.people[0], scene.pool, closed)
