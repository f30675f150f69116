"""The service as it really runs: its own processes, on loopback."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

LONGEST_START = 60


@dataclass(frozen=True)
class Served:
    process: subprocess.Popen[bytes]
    port: int
    log: Path

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def children(self, word: str = "") -> list[int]:
        """Its processes whose command holds the word."""
        told = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return [int(child) for child in told if word in Path(f"/proc/{child}/cmdline").read_text()]


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    return port


@contextmanager
def serving(folder: Path, url: str, *words: str, **environment: str) -> Iterator[Served]:
    """`engawa serve` with these settings, once it answers; stopped at the end."""
    given = {name: value for name, value in os.environ.items() if not name.startswith("ENGAWA_")}
    given |= {"ENGAWA_DATABASE_URL": url, "ENGAWA_SECRET_KEY": "a secret for the tests: 0123456789", **environment}
    port, log = free_port(), folder / "log"
    command = [sys.executable, "-m", "web.cli", "serve", "--port", str(port), *words]
    with log.open("wb") as written:
        process = subprocess.Popen(command, env=given, stdout=written, stderr=written, start_new_session=True)
    served = Served(process, port, log)
    try:
        wait_until(lambda: _answers(served.address), f"serve never answered: {log.read_text()}", LONGEST_START)
        yield served
    finally:
        process.terminate()
        try:
            process.wait(timeout=40)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            raise


def wait_until(true: object, otherwise: str, seconds: float) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if callable(true) and true():
            return
        time.sleep(0.05)
    raise AssertionError(otherwise)


def _answers(address: str) -> bool:
    try:
        with urlopen(f"{address}/health", timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False
