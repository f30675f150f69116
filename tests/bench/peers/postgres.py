"""One connection to a cluster of our own, as the protocol wants it, and how both PostgreSQL peers are asked."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg

from matching.inputs.profile import ParticipantProfile
from matching.pool.opportunity_pool import OpportunityPool
from tests.bench.agreement import Lists
from tests.bench.peers.sql import parameters
from tests.bench.peers.tables import load
from tests.cluster import private_cluster

SETTINGS = (
    "shared_buffers=4GB", "work_mem=256MB", "maintenance_work_mem=512MB", "jit=off", "max_wal_size=4GB", "wal_level=minimal",
    "max_wal_senders=0", "synchronous_commit=off", "full_page_writes=off", "max_parallel_workers_per_gather=0", "autovacuum=off",
)  # fmt: skip
"""One core, like the engine; everything fits into memory."""


@contextmanager
def server(*settings: str) -> Iterator[psycopg.Connection]:
    """The later setting counts where one is given twice."""
    with (
        private_cluster(*SETTINGS, *settings) as url,
        psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection,
    ):
        yield connection


class Peer:
    """Two statements: with the words in the score (what is timed) and without (what is compared)."""

    def __init__(self, connection: psycopg.Connection, statement: str, compared: str) -> None:
        self._connection = connection
        self._statement, self._compared = statement, compared

    def parameters(self, profile: ParticipantProfile) -> dict[str, Any]:
        return parameters(profile)

    def ask(self, profile: ParticipantProfile) -> list[tuple[Any, ...]]:
        """Twenty matches and twenty near misses with what each criterion brought."""
        return self._connection.execute(self._statement, self.parameters(profile), prepare=True).fetchall()

    def lists(self, profile: ParticipantProfile) -> Lists:
        rows = self._connection.execute(self._compared, self.parameters(profile)).fetchall()
        found = {0: [], 1: []}
        counts = {0: 0, 1: 0}
        for place, failures, score, count, *_ in rows:
            found[failures].append((place, score))
            counts[failures] = count
        return Lists(found[0], found[1], (counts[0], counts[1]))


def fill(connection: psycopg.Connection, pool: OpportunityPool) -> None:
    connection.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    load(connection, pool)
