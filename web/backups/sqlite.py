"""Backups of the embedded database, by SQLite's own online backup: what is still in the WAL comes along."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from models.database import address_of, make_engine
from models.migrate import is_known_revision, upgrade
from web.backups.errors import HAS_CONTENT, IN_USE, NEWER, BackupError, no_backup_of_ours
from web.private_files import replacing


def write_backup(url: str, draft: Path) -> None:
    database = _file_of(url)
    if not database.exists():
        raise BackupError(f"データベース（{database}）がまだありません。")
    with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(draft)) as copy:
        source.execute("PRAGMA busy_timeout=10000")
        # In one step: with small ones it would begin again whenever somebody writes.
        source.backup(copy, pages=-1)
        # One file, without a WAL beside it.
        copy.execute("PRAGMA journal_mode=DELETE")
    if not _is_whole(draft):
        raise BackupError("控えを確かめたところ、壊れていました。データベースのファイルを確かめてください。")


def read_backup(url: str, source: Path, *, replace: bool) -> None:
    if not _is_whole(source):
        raise no_backup_of_ours(source.name)
    with closing(_opened(source)) as backup:
        revision = backup.execute("SELECT version_num FROM alembic_version").fetchone()
    if revision is None or not is_known_revision(revision[0]):
        raise BackupError(NEWER)
    database = _file_of(url)
    _refuse_what_is_in_use(database, replace=replace)
    with replacing(database.resolve()) as draft:
        with closing(_opened(source)) as backup, closing(sqlite3.connect(draft)) as copy:
            backup.backup(copy, pages=-1)
        engine = make_engine(f"sqlite:///{draft}")
        try:
            upgrade(engine)
        finally:
            engine.dispose()
        with closing(sqlite3.connect(draft)) as copy:
            copy.execute("PRAGMA journal_mode=DELETE")


def _file_of(url: str) -> Path:
    name = address_of(url).database
    if not name or name == ":memory:":
        raise BackupError("メモリーの中だけのデータベースには、控えがありません。")
    return Path(name)


def _opened(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)


def _is_whole(path: Path) -> bool:
    """Whether SQLite finds the file sound and ours."""
    try:
        with closing(_opened(path)) as opened:
            names = {row[0] for row in opened.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            return {"alembic_version", "municipality"} <= names and opened.execute(
                "PRAGMA integrity_check"
            ).fetchone() == ("ok",)
    except sqlite3.Error:
        return False


def _refuse_what_is_in_use(database: Path, *, replace: bool) -> None:
    """Nobody may have the database open: it could not be taken from under them, and what they write would be lost."""
    if not database.exists() or database.stat().st_size == 0:
        return
    with closing(sqlite3.connect(database, isolation_level=None)) as kept:
        kept.execute("PRAGMA busy_timeout=500")
        try:
            # Leaving the WAL needs the file for oneself alone, and takes its content into the one file.
            kept.execute("PRAGMA journal_mode=DELETE")
            tables = {row[0] for row in kept.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        except sqlite3.OperationalError as problem:
            raise BackupError(IN_USE) from problem
        except sqlite3.DatabaseError as problem:
            if replace:
                return
            raise BackupError(
                f"いまのデータベース（{database}）が読めません。入れ替えてよければ --replace を。"
            ) from problem
        filled = "municipality" in tables and kept.execute("SELECT 1 FROM municipality").fetchone() is not None
    if filled and not replace:
        raise BackupError(HAS_CONTENT)
