"""The query one writes first: PostGIS finds who is near, everything else is said in one statement.

It is timed as PostGIS does it by itself, on the spheroid, and compared on the sphere, where the engine's distances are.
"""

from __future__ import annotations

import psycopg

from tests.bench.agreement import TOP
from tests.bench.common import NEAR_MISS_REACH
from tests.bench.peers.postgres import Peer
from tests.bench.peers.sql import CLOSENESS, FAILURES, GAPS, PARTS, SCORE, SHOWN

HOME = "ST_SetSRID(ST_MakePoint(%(longitude)s, %(latitude)s), 4326)::geography"
PREPARE = (
    "CREATE EXTENSION IF NOT EXISTS postgis",
    "DROP TABLE IF EXISTS first_place",
    """CREATE UNLOGGED TABLE first_place AS
       SELECT place.*, text, ST_SetSRID(ST_MakePoint(longitude, latitude), 4326)::geography AS here
       FROM place JOIN words USING (id)""",
    "CREATE INDEX ON first_place USING gist (here)",
    "CREATE INDEX ON first_place USING gin (text gin_trgm_ops)",
    "VACUUM ANALYZE first_place",
)


def _statement(*, words: str, spheroid: bool) -> str:
    far = f"{NEAR_MISS_REACH} * %(reach)s * 1000"
    return f"""
        WITH near AS (
            SELECT *, ST_Distance(here, {HOME}, {spheroid}) / 1000 AS km, {GAPS}
            FROM first_place WHERE ST_DWithin(here, {HOME}, {far}, {spheroid})
        ), judged AS (
            SELECT id, {FAILURES} AS failures, {PARTS}, {words} AS part_words, km FROM near
        ), scored AS (
            SELECT *, {SCORE} + part_words AS score FROM judged WHERE failures <= 1
        ), placed AS (
            SELECT *, count(*) OVER (PARTITION BY failures) AS how_many,
                   row_number() OVER (PARTITION BY failures ORDER BY score DESC, id) AS rank
            FROM scored
        )
        SELECT id, failures, score, how_many, km, {SHOWN} FROM placed WHERE rank <= {TOP} ORDER BY failures, rank"""


def first_peer(connection: psycopg.Connection) -> Peer:
    """Raises psycopg.Error where PostGIS cannot be had."""
    for step in PREPARE:
        connection.execute(step)
    return Peer(connection, _statement(words=CLOSENESS, spheroid=True), _statement(words="0", spheroid=False))
