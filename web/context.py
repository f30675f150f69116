"""Where the world enters a view: the house's own things, and the transaction."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import cast
from uuid import UUID

from flask import current_app, g
from flask_login import current_user
from sqlalchemy import Engine
from sqlmodel import Session

from models.locks import read_one_moment, take_write_lock
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

    `changes` takes the write lock at the start where the database has only one (SQLite). Where there are many, the
    view takes the one it needs (models.locks) before it reads. Without it a page sees one moment of the records,
    whatever is imported meanwhile.
    """
    scope = current_user.municipality_id if municipality_id is None else municipality_id
    with open_session(house().engine, municipality_id=scope) as session:
        if changes:
            take_write_lock(session)
        elif municipality_id is None:
            read_one_moment(session)
        yield session
        session.commit()
        if changes:
            g.engawa_kept = True


def nothing_kept_yet() -> bool:
    """Whether this request has changed nothing so far, so that doing it again does it once."""
    return "engawa_kept" not in g


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
