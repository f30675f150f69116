"""A PostgreSQL cluster of one's own on loopback, in a temporary folder, gone at the end."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any


class NoPostgresError(Exception):
    """There is no server to start; the message says what to do."""


def _binaries() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not found:
        raise NoPostgresError("PostgreSQL がありません。tests/system_packages.sh を実行してください。")
    return found[-1].parent


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@dataclass(frozen=True)
class Cluster:
    """A server that can be stopped and started again while its address stays."""

    url: str
    _control: tuple[str | Path, ...]
    _options: str
    _quiet: Mapping[str, Any]

    def start(self) -> None:
        subprocess.run([*self._control, "-o", self._options, "start"], **self._quiet)

    def stop(self, mode: str = "fast") -> None:
        subprocess.run([*self._control, "-m", mode, "stop"], **self._quiet)


@contextmanager
def private_cluster(*settings: str) -> Iterator[str]:
    """Start one with these settings ("name=value") and hand out its address. Nothing in it outlives a crash."""
    with stoppable_cluster(*settings) as cluster:
        yield cluster.url


@contextmanager
def stoppable_cluster(*settings: str) -> Iterator[Cluster]:
    """The same, for whoever has to stop it on the way; it runs when it is handed out and has to run at the end."""
    binaries, port = _binaries(), _free_port()
    folder = Path(tempfile.mkdtemp(prefix="engawa-pg-"))
    run: dict[str, Any] = {}
    if os.getuid() == 0:
        # PostgreSQL refuses to run as root.
        user = pwd.getpwnam("postgres")
        os.chown(folder, user.pw_uid, user.pw_gid)
        run = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    quiet: dict[str, Any] = {"check": True, "stdout": subprocess.DEVNULL, "cwd": folder, **run}
    made = ["-A", "trust", "-U", "engawa", "-E", "UTF8", "--locale=C.UTF-8", "-N"]
    subprocess.run([binaries / "initdb", "-D", folder / "data", *made], **quiet)
    options = " ".join(
        ["-F", f"-c listen_addresses=127.0.0.1 -p {port} -k {folder}", *(f"-c {setting}" for setting in settings)]
    )
    control = (binaries / "pg_ctl", "-D", folder / "data", "-w", "-l", folder / "log")
    cluster = Cluster(f"postgresql+psycopg://engawa@127.0.0.1:{port}/postgres", control, options, quiet)
    cluster.start()
    try:
        yield cluster
    finally:
        cluster.stop("immediate")
        shutil.rmtree(folder, ignore_errors=True)
