"""Alembic's entrance: migrations run on the engine that was handed over, never on an address of their own."""

from __future__ import annotations

from typing import Literal

from alembic import context
from sqlalchemy import Engine
from sqlmodel import AutoString, SQLModel

from models import council, tables
from models.errors import RecordError

KNOWN = (*tables.__all__, council.CouncilNote.__tablename__)


def render(kind: str, value: object, _: object) -> str | Literal[False]:
    """Plain strings in the migrations, whatever the tables are declared with."""
    return "sa.String()" if kind == "type" and isinstance(value, AutoString) else False


engine: Engine = context.config.attributes["engine"]

with engine.connect() as connection:
    if connection.dialect.name == "postgresql":
        # What limits a page (models.database) does not limit the building of tables, nor waiting for another start.
        connection.exec_driver_sql("SET LOCAL lock_timeout = 0")
        connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
    # SQLite changes many a table by making it anew; dropping the old one would empty every table that hangs on it.
    driver = connection.connection.dbapi_connection if connection.dialect.name == "sqlite" else None
    if driver is not None:
        driver.cursor().execute("PRAGMA foreign_keys = OFF")
    try:
        context.configure(
            connection=connection,
            target_metadata=SQLModel.metadata,
            render_as_batch=connection.dialect.name == "sqlite",
            compare_type=True,
            render_item=render,
        )
        with context.begin_transaction():
            context.run_migrations()
        if driver is not None and connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
            message = "移行のあと、つながりの切れた記録が残りました"
            raise RecordError(message)
        connection.commit()
    finally:
        if driver is not None:
            connection.rollback()
            driver.cursor().execute("PRAGMA foreign_keys = ON")
