"""Where the world enters a view: the house's own things, and the transaction."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import cast
from uuid import UUID

from flask import current_app
from flask_login import current_user
from sqlalchemy import Engine
from sqlmodel import Session

from models.scope import Everywhere, open_session
from web.clock import Clock
from web.settings import Settings


@dataclass(frozen=True)
class House:
    """What create_app was given."""

    settings: Settings
    engine: Engine
    clock: Clock


def house() -> House:
    return cast(House, current_app.extensions["engawa"])


@contextmanager
def transaction(municipality_id: UUID | Everywhere | None = None, *, changes: bool = False) -> Iterator[Session]:
    """A session that sees only the signed-in municipality (or the scope given). Who opens the block commits.

    `changes` asks for the write lock at the start where the database has only one (SQLite): reading first and writing
    later would fail when somebody else has written in between.
    """
    scope = current_user.municipality_id if municipality_id is None else municipality_id
    with open_session(house().engine, municipality_id=scope) as session:
        if changes:
            _take_the_write_lock(session)
        yield session
        session.commit()


def _take_the_write_lock(session: Session) -> None:
    """SQLite only: begin again as a writer, waiting for whoever writes now. Nothing has been read yet."""
    connection = session.connection()
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("ROLLBACK")
        connection.exec_driver_sql("BEGIN IMMEDIATE")


@contextmanager
def without_waiting(session: Session) -> Iterator[None]:
    """SQLite only: what is written here fails at once while somebody else writes, instead of waiting for them."""
    connection = session.connection()
    if connection.dialect.name != "sqlite":
        yield
        return
    patience = connection.exec_driver_sql("PRAGMA busy_timeout").scalar_one()
    connection.exec_driver_sql("PRAGMA busy_timeout = 0")
    try:
        yield
    finally:
        connection.exec_driver_sql(f"PRAGMA busy_timeout = {int(patience)}")
