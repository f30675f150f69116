"""The database behind `ENGAWA_DATABASE_URL`: embedded SQLite (WAL) or PostgreSQL through psycopg 3."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Engine, event, make_url
from sqlalchemy.exc import ArgumentError
from sqlmodel import create_engine

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
        return create_engine(address, **options)
    if address.database and address.database != ":memory:":
        Path(address.database).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    engine = create_engine(address, **options)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


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
        "busy_timeout=10000",
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "foreign_keys=ON",
        "secure_delete=ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Any) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get(BEGIN_WITH, "BEGIN"))
