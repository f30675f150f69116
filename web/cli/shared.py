"""What several commands need: the database, the municipality that is meant, the clock, a file that can be read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

import click

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlmodel import Session

    from seed.draft import Draft

Entry = TypeVar("Entry")
DAY = click.DateTime(formats=["%Y-%m-%d"])
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
NEW_FILE = click.Path(dir_okay=False, path_type=Path)


def database() -> Engine:
    from models.database import make_engine
    from models.migrate import upgrade
    from web.first_start import settings_of_this_machine

    engine = make_engine(settings_of_this_machine().database_url)
    upgrade(engine)
    return engine


def municipality_meant(engine: Engine, key: str | None) -> UUID:
    """The municipality that is meant; without a key the only one there is."""
    from sqlmodel import select

    from models.municipality import Municipality
    from models.scope import EVERYWHERE, open_session

    with open_session(engine, municipality_id=EVERYWHERE) as session:
        rows = session.exec(select(Municipality).order_by(Municipality.key)).all()
    fitting = [row for row in rows if key in (None, row.key, row.code)]
    if len(fitting) != 1:
        names = "、".join(f"{row.key}（{row.name}）" for row in rows) or "まだありません"
        raise click.ClickException(f"--municipality で市町村を一つ選んでください：{names}")
    return fitting[0].id


def session_of(engine: Engine, key: str | None) -> Session:
    from models.scope import open_session

    return open_session(engine, municipality_id=municipality_meant(engine, key))


def now_and_today() -> tuple[datetime, date]:
    from web.clock import SystemClock

    clock = SystemClock()
    return clock.now(), clock.today()


def walked(step: Callable[[int], None], entries: list[Entry]) -> Iterator[Entry]:
    """The entries one after the other, each a step."""
    for entry in entries:
        yield entry
        step(1)


def content_of(path: Path, *, largest: int) -> bytes:
    """The bytes of a file that is not larger than may be read; how large it is is asked before."""
    from seed.errors import ImportProblem
    from seed.file_names import file_name

    if path.stat().st_size > largest:
        raise ImportProblem(
            f"「{file_name(path.name)}」は大きすぎます（{largest // 1_000_000}MBまで）。いくつかに分けて取り込んでください。"
        )
    return path.read_bytes()


def read_file(path: Path, **how: Any) -> Draft:
    from seed.errors import ImportProblem
    from seed.file_names import file_name
    from seed.reading.apart import read_apart
    from seed.reading.text import LARGEST_FILE

    try:
        return read_apart(content_of(path, largest=LARGEST_FILE), file_name(path.name), **how).draft()
    except ImportProblem as problem:
        raise click.ClickException(str(problem)) from problem
