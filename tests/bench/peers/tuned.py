"""The best PostgreSQL that we could write: narrow rows stored in the order of the map, and the words read last.

Neighbours lie together, so the B-tree on (band, longitude) reads whole runs of pages; unit vectors make a distance
three products; whoever fails two rules is dropped before anything is scored; words are compared only for places
that could still enter one of the two lists with full marks for them.
"""

from __future__ import annotations

from math import cos, floor, pi, radians, sin
from typing import Any

import psycopg

from matching.inputs.profile import ParticipantProfile
from matching.travel.travel_minutes import EARTH_RADIUS_KM
from tests.bench.agreement import TOP
from tests.bench.common import NEAR_MISS_REACH, WORDS
from tests.bench.peers.postgres import Peer
from tests.bench.peers.sql import CLOSENESS, FAILURES, GAPS, PARTS, SCORE, SHOWN, parameters
from tests.bench.peers.tables import BAND_DEGREES

PREPARE = (
    "CREATE INDEX ON place (band, longitude)",
    "CREATE UNIQUE INDEX ON words (id)",
    "VACUUM ANALYZE place",
    "VACUUM ANALYZE words",
)
CHORD = "(x - %(x)s) ^ 2 + (y - %(y)s) ^ 2 + (z - %(z)s) ^ 2"
NEAR = f"""
    SELECT place.*, {2 * EARTH_RADIUS_KM} * asin(least(1, sqrt({CHORD}) / 2)) AS km, {GAPS}
    FROM generate_series(%(south)s::int, %(north)s::int) AS here(number)
    JOIN place ON band = number AND longitude BETWEEN %(west)s AND %(east)s
    WHERE {CHORD} <= %(chord)s"""


def _statement(*, words: bool) -> str:
    bests = f"""
        SELECT failures, count(*) AS how_many, coalesce((array_agg(score ORDER BY score DESC))[{TOP}], -1) AS last
        FROM scored GROUP BY failures"""
    worded = f"score + {CLOSENESS}" if words else "score"
    joined = "JOIN words USING (id)" if words else ""
    return f"""
        WITH scored AS MATERIALIZED (
            SELECT *, {SCORE} AS score FROM (
                SELECT id, failures, km, {PARTS}
                FROM (SELECT *, {FAILURES} AS failures FROM ({NEAR} OFFSET 0) AS near OFFSET 0) AS judged
                WHERE failures <= 1 OFFSET 0
            ) AS weighed
        ), bests AS MATERIALIZED ({bests})
        SELECT id, failures, worded, how_many, km, {SHOWN} FROM (
            SELECT *, row_number() OVER (PARTITION BY failures ORDER BY worded DESC, id) AS rank FROM (
                SELECT scored.*, {worded} AS worded, how_many FROM scored JOIN bests USING (failures) {joined}
                WHERE score + {WORDS} >= last OFFSET 0
            ) AS able
        ) AS ranked WHERE rank <= {TOP} ORDER BY failures, rank"""


class Tuned(Peer):
    """Its box and its point on the sphere are worked out before it is asked."""

    def parameters(self, profile: ParticipantProfile) -> dict[str, Any]:
        known = parameters(profile)
        latitude, longitude = radians(known["latitude"]), radians(known["longitude"])
        angle = NEAR_MISS_REACH * known["reach"] / EARTH_RADIUS_KM
        degrees = angle * 180 / pi
        wide = degrees / cos(latitude + angle)
        return {
            **known,
            "x": cos(latitude) * cos(longitude),
            "y": cos(latitude) * sin(longitude),
            "z": sin(latitude),
            "chord": (2 * sin(angle / 2)) ** 2,
            "south": floor((known["latitude"] - degrees) / BAND_DEGREES),
            "north": floor((known["latitude"] + degrees) / BAND_DEGREES),
            "west": known["longitude"] - wide,
            "east": known["longitude"] + wide,
        }


def tuned_peer(connection: psycopg.Connection) -> Peer:
    for step in PREPARE:
        connection.execute(step)
    return Tuned(connection, _statement(words=True), _statement(words=False))
