"""Section: the engine against a bare scan of its columns, the naive way and PostgreSQL, list by list the same first."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, Protocol
from uuid import UUID

import psycopg

from matching.engine import propose
from matching.inputs.profile import ParticipantProfile
from models.database import make_engine
from models.migrate import upgrade
from tests.bench.agreement import Lists, must_agree
from tests.bench.bars import BARE, FIRST, NAIVE, TUNED
from tests.bench.common import column_lists
from tests.bench.peers.bare import PROTOTYPE_BYTES, hot_columns, packed, scan
from tests.bench.peers.naive import Naive
from tests.bench.peers.postgis import first_peer
from tests.bench.peers.postgres import fill
from tests.bench.peers.tuned import tuned_peer
from tests.bench.people import reach_km
from tests.bench.records import add_catalogue, add_town
from tests.bench.report import Bar, Line
from tests.bench.scenes import Scene
from tests.bench.timing import Times, in_turn, ratio
from tests.conftest import ON

COMPARED = 16
COMPARED_KM = {"2k": 99.0, "100k": 99.0, "2m": 7.0}
"""In two million places only the near ones are compared: the engine's half of it looks at rows one by one."""
NAMES = {"naive": "naive way", "pg": "first PostGIS query", "pg-tuned": "tuned PostgreSQL"}
BARS: dict[str, dict[str, Bar]] = {"naive": {"2k": NAIVE}, "pg": FIRST, "pg-tuned": TUNED}
MEASURED_AT = {"naive": {"2k"}, "pg": {"2k", "100k"}, "pg-tuned": {"2k", "100k", "2m"}}


class Peer(Protocol):
    def ask(self, profile: ParticipantProfile) -> object: ...
    def lists(self, profile: ParticipantProfile) -> Lists: ...


def against_bare(scene: Scene, *, rounds: int, budget: float) -> list[Line]:
    """The engine and the floor, in turn."""
    hot, tight = hot_columns(scene.pool), packed(len(scene.pool))
    times = in_turn(
        {
            "engine": lambda profile: propose(profile, scene.pool, on=ON),
            "bare": lambda _: scan(hot),
            "tight": lambda _: scan(tight),
        },
        scene.people,
        rounds=rounds,
        budget=budget,
    )
    engine, bare, tight_times = times["engine"], times["bare"], times["tight"]
    width = sum(column.nbytes for column in hot) / len(scene.pool)
    return [
        Line("engine, with reasons and near misses", engine.p50 * 1e3, " ms", note=spread_of(engine)),
        Line("bare scan of the hot columns", bare.p50 * 1e3, " ms", note=f"{width:.0f} B a place"),
        Line("engine p50 / bare scan p50", engine.p50 / bare.p50, "x", BARE.get(scene.size)),
        Line(f"engine p50 / scan of {PROTOTYPE_BYTES} B a place", engine.p50 / tight_times.p50, "x"),
    ]


def against_peers(
    scene: Scene, wanted: Sequence[str], connection: psycopg.Connection | None, *, rounds: int, budget: float
) -> list[Line]:
    """Every peer of this size, compared and then timed in turn with the engine. Raises DifferenceError."""
    here = [name for name in NAMES if scene.size in MEASURED_AT[name] and name in wanted]
    with peers(scene, here, connection) as (ready, missing):
        compare(scene, ready)
        asks: dict[str, Any] = {"engine": lambda profile: propose(profile, scene.pool, on=ON)}
        asks |= {name: peer.ask for name, peer in ready.items()}
        times = in_turn(asks, scene.people, rounds=rounds, budget=budget)
        lines = [_line(scene.size, name, times[name], times["engine"]) for name in ready]
    lines += [
        Line(f"{NAMES[name]} / engine", None, bar=BARS[name].get(scene.size), note=why) for name, why in missing.items()
    ]
    return lines


@contextmanager
def peers(
    scene: Scene, names: Sequence[str], connection: psycopg.Connection | None
) -> Iterator[tuple[dict[str, Peer], dict[str, str]]]:
    """(peers that are ready, why the others are not)."""
    ready: dict[str, Peer] = {}
    missing: dict[str, str] = {}
    with ExitStack() as stack:
        if "naive" in names:
            ready["naive"] = stack.enter_context(naive(scene))
        databases = [name for name in names if name != "naive"]
        if databases and connection is None:
            missing |= dict.fromkeys(databases, "no PostgreSQL here")
        elif databases and connection is not None:
            fill(connection, scene.pool)
            for name in databases:
                try:
                    ready[name] = {"pg": first_peer, "pg-tuned": tuned_peer}[name](connection)
                except (psycopg.errors.FeatureNotSupported, psycopg.errors.UndefinedFile):
                    missing[name] = "no PostGIS here (tests/bench/system_packages.sh)"
        yield ready, missing


@contextmanager
def naive(scene: Scene) -> Iterator[Naive]:
    with tempfile.TemporaryDirectory(prefix="engawa-bench-") as folder:
        engine = make_engine(f"sqlite:///{Path(folder) / 'naive.db'}")
        upgrade(engine)
        keys = add_town(engine, UUID(int=1), key="bench")
        add_catalogue(engine, keys, scene.town)
        yield Naive(engine, keys.municipality, scene.pool)
        engine.dispose()


def compare(scene: Scene, ready: dict[str, Peer]) -> None:
    near = [profile for profile in scene.people if reach_km(profile) <= COMPARED_KM[scene.size]]
    for profile in near[:COMPARED] if ready else []:
        ours = column_lists(profile, scene.pool)
        for name, peer in ready.items():
            must_agree(NAMES[name], ours, peer.lists(profile))


def _line(size: str, name: str, peer: Times, engine: Times) -> Line:
    found = ratio(peer, engine)
    note = f"{spread_of(peer)}; rounds {found.low:.3g}-{found.high:.3g}"
    return Line(f"{NAMES[name]} / engine", found.median, "x", BARS[name].get(size), note)


def spread_of(times: Times) -> str:
    return (
        f"p50 {times.p50 * 1e3:.3g} ms, p95 {times.p95 * 1e3:.3g}, mean {times.mean * 1e3:.3g}, {times.asked} questions"
    )
