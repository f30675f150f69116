"""The pool's columns as a PostgreSQL table, sent as binary rows: the peers see what the engine sees.

`id` is the row of the pool. A place without coordinates is in no list of the common ground, so it is not sent.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import psycopg
from numpy.typing import NDArray

from matching.pool.opportunity_pool import OpportunityPool
from tests.bench import hours

CHUNK = 50_000
BAND_DEGREES = 0.02
SIGNATURE = b"PGCOPY\n\xff\r\n\x00" + bytes(8)
TYPES = {"i2": "smallint", "i4": "integer", "i8": "bigint", "f8": "double precision"}


def columns(pool: OpportunityPool) -> dict[str, NDArray[np.generic]]:
    """Name to big-endian column; unit vectors x, y, z and a latitude band of 0.02 degrees for whoever wants them."""
    latitude, longitude = np.radians(pool.latitude), np.radians(pool.longitude)
    open_hours = hours.of_places(pool)
    made = {
        "id": ("i4", np.arange(len(pool))),
        "band": ("i2", np.floor(np.nan_to_num(pool.latitude) / BAND_DEGREES)),
        "latitude": ("f8", pool.latitude),
        "longitude": ("f8", pool.longitude),
        "x": ("f8", np.cos(latitude) * np.cos(longitude)),
        "y": ("f8", np.cos(latitude) * np.sin(longitude)),
        "z": ("f8", np.sin(latitude)),
        "status": ("i2", pool.status),
        "host_status": ("i2", pool.host_status),
        "places": ("i4", np.maximum(pool.open_places, pool.trial_places)),
        "host_limit": ("i4", pool.host_concurrent_limit),
        "host_placed": ("i4", pool.host_placed_now),
        "burden": ("i2", pool.host_burden),
        "min_stay": ("i4", pool.min_stay_minutes),
        "min_age": ("i4", pool.min_age),
        "max_age": ("i4", pool.max_age),
        "minors_ok": ("i2", pool.minors_ok),
        "restricted_to": ("i8", pool.restricted_to),
        "hazards_yes": ("i8", pool.hazards_yes),
        "allergens_yes": ("i8", pool.allergens_yes),
        "accommodations_yes": ("i8", pool.accommodations_yes),
        "accommodations_conditional": ("i8", pool.accommodations_conditional),
        "accommodations_no": ("i8", pool.accommodations_no),
        **{f"load_{axis}": ("i2", pool.loads[:, axis]) for axis in range(pool.loads.shape[1])},
        **{f"hours_{word}": ("i8", open_hours[:, word]) for word in range(hours.WORDS)},
        "activities": ("i8", pool.activity_types),
        "needs": ("i8", pool.meets_needs),
        "verified_on": ("i4", pool.verified_on),
        "stale_after": ("i4", pool.stale_after_days),
    }
    return {name: np.asarray(column).astype(f">{kind}") for name, (kind, column) in made.items()}


def load(connection: psycopg.Connection, pool: OpportunityPool) -> None:
    """Tables `place` (in the order of band and longitude, so that neighbours lie together) and `words`."""
    sent = columns(pool)
    known = np.flatnonzero(~np.isnan(pool.latitude))
    order = known[np.lexsort((pool.longitude[known], sent["band"][known]))]
    listed = ", ".join(f"{name} {TYPES[column.dtype.str[1:]]} NOT NULL" for name, column in sent.items())
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS place, words")
        cursor.execute(f"CREATE UNLOGGED TABLE place ({listed})")
        cursor.execute("CREATE UNLOGGED TABLE words (id integer NOT NULL, text text NOT NULL)")
        with cursor.copy("COPY place FROM STDIN (FORMAT binary)") as copy:
            for part in _binary(sent, order):
                copy.write(part)
        with cursor.copy("COPY words FROM STDIN") as copy:
            for row in order:
                facts = pool.facts[int(row)]
                copy.write_row((int(row), " ".join((facts.title, facts.plain_description, facts.role_offered))))


def _binary(sent: dict[str, NDArray[np.generic]], order: NDArray[np.intp]) -> Iterator[bytes]:
    """PostgreSQL's binary COPY: every field with its length before it, all of fixed width."""
    fields = [("count", ">i2")]
    for name, column in sent.items():
        fields += [(f"{name}_width", ">i4"), (name, column.dtype.str)]
    yield SIGNATURE
    for start in range(0, len(order), CHUNK):
        rows = order[start : start + CHUNK]
        table = np.zeros(len(rows), dtype=fields)
        table["count"] = len(sent)
        for name, column in sent.items():
            table[f"{name}_width"] = column.dtype.itemsize
            table[name] = column[rows]
        yield table.tobytes()
    yield b"\xff\xff"
