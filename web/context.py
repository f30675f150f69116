"""Where the world enters a view: the house's own things, and the transaction."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from flask import current_app
from flask_login import current_user
from sqlalchemy import Engine
from sqlmodel import Session

from models.scope import open_session
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
def transaction(municipality_id: UUID | Any = None) -> Iterator[Session]:
    """A session that sees only the signed-in municipality (or the scope given). Who opens the block commits."""
    scope = current_user.municipality_id if municipality_id is None else municipality_id
    with open_session(house().engine, municipality_id=scope) as session:
        yield session
        session.commit()
