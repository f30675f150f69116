"""Backups (控え): the whole database in one file, and back. Each kind of database by its own means."""

from __future__ import annotations

from pathlib import Path

from models.database import address_of
from web.backups import postgresql, sqlite
from web.backups.errors import BackupError
from web.private_files import replacing

__all__ = ["BackupError", "back_up", "restore"]


def back_up(url: str, target: Path, *, replace: bool = False) -> None:
    """Write everything into `target`, for its owner alone, while the service goes on. BackupError says why not."""
    if target.exists() and not replace:
        raise BackupError(f"{target} はもうあります。別の名前にするか、--replace をつけてください。")
    with replacing(target.resolve()) as draft:
        (sqlite if _is_sqlite(url) else postgresql).write_backup(url, draft)


def restore(url: str, source: Path, *, replace: bool = False) -> None:
    """Put the content of a backup in the place of the database, whole or not at all, and migrate it."""
    (sqlite if _is_sqlite(url) else postgresql).read_backup(url, source, replace=replace)


def _is_sqlite(url: str) -> bool:
    return address_of(url).drivername.startswith("sqlite")
