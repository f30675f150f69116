"""What is measured, with what, on which machine: printed above the figures, because without it they mean nothing."""

from __future__ import annotations

import os
import platform
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import psycopg

from matching.rules.kinds import constraints, criteria
from tests.bench.common import RULES, WEIGHTS
from tests.bench.geography import SEED
from tests.bench.peers.postgres import SETTINGS
from tests.bench.people import QUERY_SEED
from tests.bench.scenes import SIZES

PEERS = ("naive", "pg", "pg-tuned")
NEEDED_GIGABYTES = {"2k": 1.0, "100k": 4.0, "2m": 12.0}
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS")


@dataclass(frozen=True)
class Plan:
    """What the command line asks for. Budgets are seconds a peer may take in one section."""

    sizes: Sequence[str]
    peers: Sequence[str]
    rounds: int
    queries: int
    edits: int
    budget: float


def too_big(size: str) -> str:
    """Why this size cannot be measured here, or nothing."""
    free, needed = free_gigabytes(), NEEDED_GIGABYTES[size]
    return f"needs {needed:.0f} GB of memory, {free:.1f} GB are free" if free < needed else ""


def free_gigabytes() -> float:
    lines = Path("/proc/meminfo").read_text(encoding="utf-8").splitlines()
    free = next(line.split()[1] for line in lines if line.startswith("MemAvailable"))
    return int(free) / 1024**2


def header(plan: Plan, connection: psycopg.Connection | None) -> dict[str, str]:
    rules, points = len(constraints()), len(criteria())
    common = (
        f"{len(RULES) + 1} constraints (distance, {', '.join(RULES)}), {len(WEIGHTS)} criteria ({', '.join(WEIGHTS)})"
    )
    return {
        "machine": f"{os.cpu_count()} cores, {free_gigabytes():.0f} GB free, {platform.machine()}",
        "versions": ", ".join(
            [
                f"Python {platform.python_version()}",
                *(f"{name} {version(name)}" for name in ("numpy", "scipy", "scikit-learn", "sqlmodel", "geopy")),
                f"SQLite {sqlite3.sqlite_version}",
                database_version(connection),
            ]
        ),
        "threads": ", ".join(f"{name}={os.environ.get(name, 'unset')}" for name in THREADS),
        "PostgreSQL": ", ".join(SETTINGS) if connection else "none",
        "data": f"seed {SEED}; {', '.join(f'{size} = {SIZES[size][1]:,}' for size in plan.sizes)}",
        "questions": f"{plan.queries}, seed {QUERY_SEED}, reach 2/6/20/40 km; {plan.rounds} rounds, in turn, one warm-up",
        "engine": f"all {rules} constraints and {points} criteria, reasons, near misses with their verified change",
        "peers": f"{common}; top 20 and 20 near misses with points by criterion, no reasons",
        "compared": "without words, distances on the sphere; timed with words, on the globe (naive, first PostGIS)",
    }


def database_version(connection: psycopg.Connection | None) -> str:
    if connection is None:
        return "no PostgreSQL"
    server = connection.execute("SHOW server_version").fetchone()
    found = connection.execute("SELECT default_version FROM pg_available_extensions WHERE name = 'postgis'").fetchone()
    return f"PostgreSQL {server[0] if server else '?'}, PostGIS {found[0] if found else 'none'}"
