"""The file of an embedded database: one that is taken away is away, one that is put in its place is opened anew.

SQLite goes on writing into a file that nobody can find any more, and makes an empty one where none is: both would lose
what people write, without a word.
"""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.exc import DisconnectionError, OperationalError

_KNOWN = "engawa_file"


def stay_with_the_file(engine: Engine, path: Path) -> None:
    """Only the first connection of an engine may make the file."""
    opened = False

    def before_opening(_dialect: object, _record: object, _arguments: object, _options: object) -> None:
        if opened:
            _which(path)

    def after_opening(_connection: object, record: Any) -> None:
        nonlocal opened
        opened = True
        record.info[_KNOWN] = _which(path)

    def before_use(_connection: object, record: Any, _proxy: object) -> None:
        if record.info.get(_KNOWN) != _which(path):
            raise DisconnectionError

    event.listen(engine, "do_connect", before_opening)
    event.listen(engine, "connect", after_opening)
    event.listen(engine, "checkout", before_use)


def _which(path: Path) -> tuple[int, int]:
    """Which file lies there; OperationalError, as for one that cannot be opened, where none does."""
    try:
        found = os.stat(path)
    except OSError as problem:
        origin = sqlite3.OperationalError("the file of the database is gone")
        origin.sqlite_errorcode = sqlite3.SQLITE_CANTOPEN
        raise OperationalError(None, None, origin) from problem
    return found.st_dev, found.st_ino
