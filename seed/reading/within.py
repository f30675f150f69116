"""Reading in this very process, within limits: for commands, whose process is nobody else's."""

from __future__ import annotations

import os
import resource
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Never

from seed.errors import ImportProblem

MEGABYTES = 2048
"""Beside what the process holds anyway. The largest timetable that is accepted needs half of it."""
CPU_SECONDS = 300
_PAGE = resource.getpagesize()


@contextmanager
def within(name: str, *, megabytes: int | None = None, cpu_seconds: float | None = None) -> Iterator[None]:
    """What is read inside may take so much. Raises ImportProblem, one sentence, where it would take more memory.

    Where it would take more time the process ends with that sentence: an exception out of nowhere could leave a lock
    behind that nobody opens again. In the main thread alone, for only there a signal arrives.
    """
    assert threading.current_thread() is threading.main_thread()
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = _held() + (megabytes or MEGABYTES) * 1024 * 1024
    handler = signal.signal(signal.SIGPROF, lambda *_: _leave(name))
    try:
        resource.setrlimit(resource.RLIMIT_AS, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
        signal.setitimer(signal.ITIMER_PROF, cpu_seconds or CPU_SECONDS)
        yield
    except MemoryError:
        raise ImportProblem(
            f"「{name}」は中身が大きすぎて読めませんでした。いくつかのファイルに分けて取り込んでください。"
        ) from None
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, handler)
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def _held() -> int:
    """Bytes of addresses that this process has in use already."""
    try:
        return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * _PAGE
    except OSError:
        return 0


def _leave(name: str) -> Never:
    said = f"「{name}」は読むのに時間がかかりすぎるので止めました。いくつかのファイルに分けて取り込んでください。"
    os.write(sys.stderr.fileno(), f"Error: {said}\n".encode())
    os._exit(1)
