"""Alembic's entrance: migrations run on the engine that was handed over, never on an address of their own."""

from __future__ import annotations

from typing import Literal

from alembic import context
from sqlalchemy import Engine
from sqlmodel import AutoString, SQLModel

from models import council, tables
from models.alone import alone

KNOWN = (*tables.__all__, council.CouncilNote.__tablename__)


def render(kind: str, value: object, _: object) -> str | Literal[False]:
    """Plain strings in the migrations, whatever the tables are declared with."""
    return "sa.String()" if kind == "type" and isinstance(value, AutoString) else False


engine: Engine = context.config.attributes["engine"]

# Whoever comes second waits here, and finds nothing left to do.
with alone(engine, rebuilding=True) as connection:
    context.configure(
        connection=connection,
        target_metadata=SQLModel.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
        render_item=render,
    )
    with context.begin_transaction():
        context.run_migrations()
