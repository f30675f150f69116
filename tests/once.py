"""What several tests begin with, worked out once a run and written again as rows."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar, cast
from uuid import UUID

from sqlalchemy import Engine, Table
from sqlmodel import Session, SQLModel, select

from models import catalogue
from models.municipality import Municipality
from models.scope import EVERYWHERE, open_session
from tests.conftest import add_one

T = TypeVar("T")


@dataclass(frozen=True)
class _Made:
    """A database as it was left once it was set up, and what was said about it."""

    said: Any
    rows: list[tuple[Table, list[dict[str, Any]]]]

    @classmethod
    def of(cls, engine: Engine, said: Any) -> _Made:
        with engine.connect() as connection:
            rows = [
                (table, [dict(row) for row in connection.execute(table.select()).mappings()])
                for table in SQLModel.metadata.sorted_tables
            ]
        return cls(copy.deepcopy(said), [(table, found) for table, found in rows if found])

    def again(self, engine: Engine) -> Any:
        with engine.begin() as connection:
            for table, rows in self.rows:
                connection.execute(table.insert(), rows)
        return copy.deepcopy(self.said)


_MADE: dict[tuple[str, str], _Made] = {}


def made_once(engine: Engine, name: str, make: Callable[[], T]) -> T:
    """What `make` sets up and says; worked out in a database that holds nothing else, or not remembered."""
    # The rows come back with the keys and revisions they had: what a process remembers of them is another test's.
    catalogue._pools.pop(engine, None)
    kept = _MADE.get((engine.dialect.name, name))
    if kept is not None:
        return cast(T, kept.again(engine))
    with open_session(engine, municipality_id=EVERYWHERE) as session:
        alone = session.exec(select(Municipality.id)).first() is None
    said = make()
    if alone:
        _MADE[engine.dialect.name, name] = _Made.of(engine, said)
    return said


@contextmanager
def town_with(engine: Engine, name: str, fill: Callable[[Session], object]) -> Iterator[Session]:
    """A session of 米子市, filled by `fill` once a run for every test that asks for this name."""

    def make() -> UUID:
        town = add_one(engine, "yonago", "31202", "米子市")
        with open_session(engine, municipality_id=town.id) as session:
            fill(session)
            session.commit()
        return town.id

    with open_session(engine, municipality_id=made_once(engine, name, make)) as opened:
        yield opened
