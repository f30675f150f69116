"""What is written outside the database is for its owner alone: files 0600, folders 0700."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

FOR_US_ALONE = 0o077


def close_what_we_make() -> None:
    """From here on nothing this process and its children make can be read by others of the machine."""
    os.umask(FOR_US_ALONE)


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A new private file beside `path`, which takes its place at the end of the block, whole or not at all."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    number, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)  # 0600 by itself
    os.close(number)
    draft = Path(name)
    try:
        yield draft
        _keep_for_certain(draft)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def write_private(path: Path, content: bytes) -> None:
    """Write the file so that only its owner may read it, also where an open one of that name stood before."""
    if path.exists() and not path.is_file():
        # A pipe or /dev/stdout is where the operator wants it.
        path.write_bytes(content)
        return
    with replacing(path.resolve()) as draft:
        draft.write_bytes(content)


def _keep_for_certain(path: Path) -> None:
    with path.open("rb") as written:
        os.fsync(written.fileno())


def close_to_others(paths: list[Path], say: Callable[[str], None]) -> None:
    """Take away from others of the machine what an earlier version or a careless hand has left open to them."""
    for path in paths:
        try:
            mode = stat.S_IMODE(path.stat().st_mode)
            if mode & FOR_US_ALONE:
                path.chmod(mode & ~FOR_US_ALONE)
                say(f"{path} がほかの利用者からも読めるようになっていたので、閉じました。")
        except FileNotFoundError:
            continue
        except PermissionError:
            say(f"{path} はほかの利用者からも読めます。持ち主のちがうファイルなので、閉じられませんでした。")


def database_files(database: Path) -> list[Path]:
    """A SQLite database and what lies beside it while it is used."""
    return [database, *(database.with_name(database.name + end) for end in ("-wal", "-shm", "-journal"))]
