"""One at a time: a transaction that waits until nobody else is in such a one, whichever process began first."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine

from models.database import BEGIN_WITH

# Any number, as long as every engawa takes the same: "engawa" in letters of a telephone.
LOCK_NUMBER = 364292
LONGEST_WAIT_MS = 10 * 60 * 1000


@contextmanager
def alone(engine: Engine, *, rebuilding: bool = False) -> Iterator[Connection]:
    """Everything inside is kept together or not at all; a process that is killed inside leaves nothing and no lock.

    `rebuilding` is for migrations: SQLite rebuilds a table by dropping it, which must not take the rows that point to
    it along. Foreign keys rest meanwhile and are checked before the end.
    """
    with engine.connect() as connection:
        if connection.dialect.name != "sqlite":
            with connection.begin():
                # What limits a page (models.database) does not limit waiting for another start, nor building tables.
                connection.exec_driver_sql("SET LOCAL lock_timeout = 0")
                connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
                # Held until the transaction ends, however it ends.
                connection.exec_driver_sql("SELECT pg_advisory_xact_lock(%s)", (LOCK_NUMBER,))
                yield connection
            return
        raw = connection.connection.dbapi_connection
        assert raw is not None
        kept = raw.execute("PRAGMA busy_timeout").fetchone()[0]
        raw.execute(f"PRAGMA busy_timeout={LONGEST_WAIT_MS}")
        if rebuilding:
            raw.execute("PRAGMA foreign_keys=OFF")
        try:
            with connection.execution_options(**{BEGIN_WITH: "BEGIN IMMEDIATE"}).begin():
                yield connection
                if rebuilding and raw.execute("PRAGMA foreign_key_check").fetchone() is not None:
                    message = "a migration left rows that point to nothing"
                    raise AssertionError(message)
        finally:
            raw.execute(f"PRAGMA busy_timeout={kept}")
            raw.execute("PRAGMA foreign_keys=ON")
