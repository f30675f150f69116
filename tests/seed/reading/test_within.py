"""What a command reads in its own process has limits too, and they end with the reading."""

from __future__ import annotations

import resource
import signal
import time

import pytest

from seed.errors import ImportProblem
from seed.reading.within import within


def test_what_would_take_too_much_memory_ends_in_one_sentence() -> None:
    before = resource.getrlimit(resource.RLIMIT_AS)
    with pytest.raises(ImportProblem, match="は中身が大きすぎて"), within("町.csv", megabytes=50):
        bytearray(200 * 1024 * 1024)
    assert resource.getrlimit(resource.RLIMIT_AS) == before
    assert len(bytearray(200 * 1024 * 1024)) > 0


def _busy(seconds: float) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        pass


def test_what_takes_too_long_ends_in_one_sentence() -> None:
    with pytest.raises(ImportProblem, match="時間がかかりすぎる"), within("町.csv", cpu_seconds=0.05):
        _busy(20)
    assert signal.getitimer(signal.ITIMER_PROF) == (0.0, 0.0)
    assert signal.getsignal(signal.SIGPROF) in (signal.SIG_DFL, None)


def test_what_stays_within_is_read() -> None:
    with within("町.csv"):
        assert sum(range(10)) == 45
