"""The database behind `ENGAWA_DATABASE_URL`: embedded SQLite (WAL) or PostgreSQL through psycopg 3.

Nobody waits for ever: for a connection, for a lock, or for an answer that does not come.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlmodel import create_engine

from models.sqlite_file import stay_with_the_file

BUSY_MILLISECONDS = 10_000
"""How long a writer of SQLite waits for the one before."""
POOL_SECONDS = 10
CONNECT_SECONDS = 5
HEALTH_MILLISECONDS = 2_000
POSTGRESQL_LIMITS = {"lock_timeout": "10s", "statement_timeout": "120s", "idle_in_transaction_session_timeout": "300s"}
POSTGRESQL_NETWORK = {
    "connect_timeout": CONNECT_SECONDS,
    # A server that vanished without a word is noticed within half a minute.
    "keepalives_idle": 15,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
}
# How a transaction begins on SQLite, as an execution option; see models/alone.py.
BEGIN_WITH = "engawa_begin_with"


def address_of(url: str) -> URL:
    """The address taken apart; ArgumentError for whatever is wrong with it."""
    try:
        return make_url(url)
    except ValueError as problem:
        message = "the address of the database cannot be read"
        raise ArgumentError(message) from problem


def make_engine(url: str) -> Engine:
    """An engine for either database; the folder of a SQLite file is made when it is missing."""
    address = address_of(url)
    if address.drivername in ("postgresql", "postgres"):
        address = address.set(drivername="postgresql+psycopg")
    # What a statement carries is personal: it goes into no error and no log.
    options: dict[str, Any] = {"json_serializer": _json, "pool_pre_ping": True, "hide_parameters": True}
    if not address.drivername.startswith("sqlite"):
        limits = " ".join(f"-c {name}={value}" for name, value in POSTGRESQL_LIMITS.items())
        # What the address says itself comes first.
        wanted = {**POSTGRESQL_NETWORK, "options": limits}
        given = {name: value for name, value in wanted.items() if name not in address.query}
        return create_engine(address, connect_args=given, pool_timeout=POOL_SECONDS, **options)
    if address.database and address.database != ":memory:":
        Path(address.database).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    engine = create_engine(address, **options)
    if address.database and address.database != ":memory:":
        stay_with_the_file(engine, Path(address.database))
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def answers(engine: Engine) -> bool:
    """Whether the database answers now, and has our tables; soon, one way or the other."""
    try:
        with engine.connect() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text(f"SET LOCAL statement_timeout = {HEALTH_MILLISECONDS}"))
            connection.execute(text("SELECT count(*) FROM municipality")).scalar_one()
    except SQLAlchemyError:
        return False
    return True


def _json(value: Any) -> str:
    """Readable Japanese, and the same text for the same value."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _prepare_sqlite(connection: Any, _: object) -> None:
    # The driver begins transactions late and for writes alone; we begin them ourselves (see _begin_sqlite).
    connection.isolation_level = None
    cursor = connection.cursor()
    # Waiting comes first: also the change to WAL may meet another process that starts.
    # What is deleted is overwritten, so that it does not lie in the file or a copy of it.
    for pragma in (
        f"busy_timeout={BUSY_MILLISECONDS}",
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "foreign_keys=ON",
        "secure_delete=ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Any) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get(BEGIN_WITH, "BEGIN"))
