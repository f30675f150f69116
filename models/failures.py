"""What a failing database means, whichever of the two it is: away, busy, full, or the loser of two at once."""

from __future__ import annotations

import errno
import sqlite3
from enum import Enum

import psycopg
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as NoConnectionLeft

from models.errors import RecordError


class Failure(Enum):
    """What somebody can do about it differs for each."""

    AWAY = "away"
    BUSY = "busy"
    FULL = "full"
    CLASH = "clash"


class SomebodyWritingError(RecordError):
    """The write lock was not to be had in time: somebody else is writing."""


SQLITE = {
    sqlite3.SQLITE_BUSY: Failure.BUSY,
    sqlite3.SQLITE_LOCKED: Failure.BUSY,
    sqlite3.SQLITE_FULL: Failure.FULL,
    sqlite3.SQLITE_CANTOPEN: Failure.AWAY,
    sqlite3.SQLITE_IOERR: Failure.AWAY,
    sqlite3.SQLITE_READONLY: Failure.AWAY,
    sqlite3.SQLITE_CORRUPT: Failure.AWAY,
    sqlite3.SQLITE_NOTADB: Failure.AWAY,
    sqlite3.SQLITE_PERM: Failure.AWAY,
}
POSTGRESQL = {
    "53100": Failure.FULL,
    "40001": Failure.BUSY,
    "40P01": Failure.BUSY,
    "55P03": Failure.BUSY,
    "57014": Failure.BUSY,
    "53300": Failure.BUSY,
    "53200": Failure.BUSY,
    "25P03": Failure.AWAY,
    "25006": Failure.AWAY,
    "23505": Failure.CLASH,
    "23503": Failure.CLASH,
}
"""By SQLSTATE: disk full; serialization, deadlock, lock timeout, cancelled, too many connections, out of memory; …"""
POSTGRESQL_CLASSES = {
    "08": Failure.AWAY,
    "57": Failure.AWAY,
    "58": Failure.AWAY,
    "28": Failure.AWAY,
    "3D": Failure.AWAY,
}
BEGIN_AGAIN = frozenset({"40001", "40P01"})
"""The database itself says that the same transaction would do now."""
CLASHES = frozenset(
    {
        sqlite3.SQLITE_CONSTRAINT_UNIQUE,
        sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY,
        sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY,
    }
)


def failure_of(problem: BaseException) -> Failure | None:
    """None where it is no failure of the database or its disk but a mistake of ours."""
    if isinstance(problem, SomebodyWritingError | NoConnectionLeft):
        return Failure.BUSY
    if isinstance(problem, OSError):
        return Failure.FULL if problem.errno in (errno.ENOSPC, errno.EDQUOT) else None
    if not isinstance(problem, DBAPIError):
        return None
    origin = problem.orig
    if isinstance(origin, sqlite3.Error):
        return _sqlite(problem, getattr(origin, "sqlite_errorcode", None))
    if isinstance(origin, psycopg.Error):
        return _postgresql(problem, origin)
    return Failure.AWAY if problem.connection_invalidated else None


def may_begin_again(problem: BaseException) -> bool:
    """Whether the transaction lost against another one and would do if it were begun anew."""
    origin = problem.orig if isinstance(problem, DBAPIError) else None
    return isinstance(origin, psycopg.Error) and origin.sqlstate in BEGIN_AGAIN


def _sqlite(problem: DBAPIError, code: int | None) -> Failure | None:
    if isinstance(problem, IntegrityError):
        return Failure.CLASH if code in CLASHES else None
    # The lower byte is the kind, the rest says more of it.
    return None if code is None else SQLITE.get(code & 0xFF)


def _postgresql(problem: DBAPIError, origin: psycopg.Error) -> Failure | None:
    state = origin.sqlstate
    if state is not None:
        return POSTGRESQL.get(state) or POSTGRESQL_CLASSES.get(state[:2])
    # No answer came from the server at all, or none that has a name.
    silent = isinstance(origin, psycopg.OperationalError | psycopg.InterfaceError)
    return Failure.AWAY if silent or problem.connection_invalidated else None
