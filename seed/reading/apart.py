"""Files from outside are read in a process of their own: what a file asks for in time or memory costs its own reading
and one sentence, never the service.

The process is started anew for every file (a process with threads must not be forked, and one that has read a bad file
is not used again). It is given no settings, no secrets and no database.
"""

from __future__ import annotations

import json
import logging
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import seed
from seed.draft import Draft, Kind
from seed.errors import ImportProblem, ReadersBusyError
from seed.packed_draft import pack, unpack
from seed.reading.__main__ import OUT_OF_MEMORY
from seed.reading.text import check_size

log = logging.getLogger("engawa")

_FOLDER = str(Path(seed.__file__).resolve().parents[1])
COMMAND = (sys.executable, "-m", "seed.reading")
SURROUNDINGS = {
    "PYTHONPATH": _FOLDER,
    "PYTHONUTF8": "1",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MALLOC_ARENA_MAX": "1",
}


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What one reading may cost. The largest files that are accepted need a third of it (see tests/seed/reading)."""

    megabytes: int = 1024
    cpu_seconds: int = 40
    seconds: float = 60
    patience: float = 10
    """How long a file waits for its turn."""
    at_once: threading.BoundedSemaphore = field(default_factory=lambda: threading.BoundedSemaphore(2), repr=False)
    """So many files are read at once in one process of the service; others wait for their turn."""


LIMITS = Limits()


@dataclass(frozen=True)
class Reading:
    """What a file turned out to be, and its draft, still packed."""

    kind: Kind
    open_data: bool
    list_name: str | None
    list_date: date | None
    packed: bytes = field(repr=False)

    @classmethod
    def of(cls, draft: Draft) -> Reading:
        return cls(draft.kind, draft.open_data, draft.list_name, draft.list_date, pack(draft))

    def draft(self) -> Draft:
        return unpack(self.packed)


def read_apart(
    content: bytes,
    name: str,
    *,
    columns: Mapping[str, str] | None = None,
    list_name: str | None = None,
    list_date: date | None = None,
    limits: Limits = LIMITS,
) -> Reading:
    """Like `seed.reading.read`, within limits. Raises ImportProblem, one sentence, also where the limits are reached."""
    check_size(content, name)
    asked = {
        "name": name,
        "columns": dict(columns) if columns is not None else None,
        "list_name": list_name,
        "list_date": list_date.isoformat() if list_date else None,
    }
    if not limits.at_once.acquire(timeout=limits.patience):
        raise ReadersBusyError(
            f"いま、ほかの大きなファイルを読んでいます。少し待ってから、もう一度「{name}」を選んでください。"
        )
    try:
        told, packed = _asked(json.dumps(asked).encode() + b"\n" + content, name, limits)
    finally:
        limits.at_once.release()
    if "problem" in told:
        raise ImportProblem(told["problem"])
    day = told["list_date"]
    return Reading(told["kind"], told["open_data"], told["list_name"], date.fromisoformat(day) if day else None, packed)


def _asked(question: bytes, name: str, limits: Limits) -> tuple[dict[str, Any], bytes]:
    command = [*COMMAND, str(limits.megabytes), str(limits.cpu_seconds)]
    with subprocess.Popen(  # noqa: S603  # our own interpreter and module; the file comes on standard input
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=_FOLDER,
        env=SURROUNDINGS,
        start_new_session=True,
    ) as process:
        try:
            answer, complaint = process.communicate(question, timeout=limits.seconds)
        except subprocess.TimeoutExpired:
            raise ImportProblem(_too_long(name)) from None
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
    if process.returncode == 0:
        head, _, packed = answer.partition(b"\n")
        return json.loads(head), packed
    if process.returncode in (-signal.SIGXCPU, -signal.SIGALRM):
        raise ImportProblem(_too_long(name))
    if process.returncode == OUT_OF_MEMORY or b"memory allocation" in complaint:
        raise ImportProblem(
            f"「{name}」は中身が大きすぎて読めませんでした。いくつかのファイルに分けて取り込んでください。"
        )
    log.error("reading a file ended with %s %s", process.returncode, _kind_and_place(complaint))
    raise ImportProblem(
        f"「{name}」を読んでいる途中で止まりました。開き直して CSV か .xlsx で保存し直し、もう一度選んでください。"
    )


def _kind_and_place(complaint: bytes) -> str:
    """What the other side says of itself; anything else it may have written could quote the file."""
    words = complaint.decode("utf-8", "replace").split()
    return " ".join(words) if len(words) == 2 and words[1].rpartition(":")[2].isdigit() else ""


def _too_long(name: str) -> str:
    return f"「{name}」は読むのに時間がかかりすぎるので止めました。いくつかのファイルに分けて取り込んでください。"
