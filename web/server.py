"""The web process: gunicorn, each worker with a database engine of its own; the jobs process runs beside it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable

from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter

from models.database import make_engine
from web.app import create_app
from web.clock import SystemClock
from web.settings import Settings
from web.worker import WaitressWorker

THREADS = 4
# A jobs process that cannot live is not started in a circle.
PAUSE_BEFORE_JOBS_AGAIN = 10.0


class WebProcess(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
    """gunicorn told everything from here, nothing from a file."""

    def __init__(self, settings: Settings, *, host: str, port: int, workers: int) -> None:
        self._settings = settings
        self._options = {
            "bind": f"[{host}]:{port}" if ":" in host else f"{host}:{port}",
            "workers": workers,
            "worker_class": WaitressWorker,
            "threads": THREADS,
            "timeout": 60,
            "graceful_timeout": 30,
            "loglevel": "warning",
            "proc_name": "engawa",
            "umask": 0o077,
            # Nobody asks for a socket that commands the server.
            "control_socket_disable": True,
        }
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        return create_app(self._settings, engine=make_engine(self._settings.database_url), clock=SystemClock())


class JobsBeside:
    """The jobs process: started with the web process, started again when it ends, stopped with it."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = os.getpid()
        self._not_before = 0.0

    def look_after(self, say: Callable[[str], None]) -> None:
        if self._process is not None and self._process.poll() is None:
            return
        if time.monotonic() < self._not_before:
            return
        if self._process is not None:
            say("the jobs process ended and is started again")
        self._not_before = time.monotonic() + PAUSE_BEFORE_JOBS_AGAIN
        self._process = subprocess.Popen([sys.executable, "-m", "web.cli", "jobs", "--beside", str(self._owner)])

    def stop(self) -> None:
        """Only in the process that started it: gunicorn's workers leave by the same way as their parent."""
        if self._process is not None and os.getpid() == self._owner:
            self._process.terminate()
            self._process.wait()


class WatchfulArbiter(Arbiter):  # type: ignore[misc]
    """gunicorn's parent process, which also looks after the jobs process."""

    def __init__(self, app: WebProcess, jobs: JobsBeside | None) -> None:
        self._jobs = jobs
        super().__init__(app)

    def manage_workers(self) -> None:
        super().manage_workers()
        if self._jobs is not None:
            self._jobs.look_after(self.log.warning)


def serve_forever(settings: Settings, *, host: str, port: int, workers: int, with_jobs: bool = True) -> None:
    """Serve until stopped; the jobs process is stopped with it."""
    jobs = JobsBeside() if with_jobs else None
    try:
        WatchfulArbiter(WebProcess(settings, host=host, port=port, workers=workers), jobs).run()
    finally:
        if jobs is not None:
            jobs.stop()
