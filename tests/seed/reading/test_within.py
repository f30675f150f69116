"""What a command reads in its own process has limits too, and they end with the reading."""

from __future__ import annotations

import subprocess
import sys

BEGINNING = """
import resource, signal, time
from seed.errors import ImportProblem
from seed.reading.within import within
"""
MEMORY = """
before = resource.getrlimit(resource.RLIMIT_AS)
try:
    with within("町.csv", megabytes=50):
        bytearray(200 * 1024 * 1024)
except ImportProblem as problem:
    print(problem)
assert resource.getrlimit(resource.RLIMIT_AS) == before
assert len(bytearray(200 * 1024 * 1024)) > 0
"""
TIME = """
with within("町.csv", cpu_seconds=0.05):
    end = time.monotonic() + 20
    while time.monotonic() < end:
        pass
print("read to the end")
"""
IN_TIME = """
with within("町.csv", cpu_seconds=0.5):
    assert sum(range(10)) == 45
assert signal.getitimer(signal.ITIMER_PROF) == (0.0, 0.0)
assert signal.getsignal(signal.SIGPROF) == signal.SIG_DFL
end = time.process_time() + 0.6
while time.process_time() < end:
    pass
print("read")
"""


def ended(work: str) -> subprocess.CompletedProcess[str]:
    """In a process of its own: what is limited here is a whole process, with every thread of the tests in it."""
    return subprocess.run(
        [sys.executable, "-c", BEGINNING + work], capture_output=True, text=True, timeout=60, check=False
    )


def test_what_would_take_too_much_memory_ends_in_one_sentence() -> None:
    done = ended(MEMORY)
    assert (done.returncode, done.stderr) == (0, "")
    assert "は中身が大きすぎて" in done.stdout


def test_what_takes_too_long_ends_in_one_sentence() -> None:
    done = ended(TIME)
    assert (done.returncode, done.stdout) == (1, "")
    assert "「町.csv」は読むのに時間がかかりすぎる" in done.stderr
    assert done.stderr.count("\n") == 1


def test_what_stays_within_is_read_and_nothing_is_left_behind() -> None:
    done = ended(IN_TIME)
    assert (done.returncode, done.stdout, done.stderr) == (0, "read\n", "")
