"""The web process: gunicorn, each worker with a database engine of its own; the jobs process runs beside it."""

from __future__ import annotations

import subprocess
import sys

from flask import Flask
from gunicorn.app.base import BaseApplication

from models.database import make_engine
from web.app import create_app
from web.clock import SystemClock
from web.settings import Settings


class WebProcess(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
    """gunicorn told everything from here, nothing from a file."""

    def __init__(self, settings: Settings, *, host: str, port: int, workers: int) -> None:
        self._settings = settings
        self._options = {
            "bind": f"{host}:{port}",
            "workers": workers,
            "worker_class": "gthread",
            "threads": 4,
            "timeout": 60,
            "loglevel": "warning",
            "proc_name": "engawa",
        }
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        return create_app(self._settings, engine=make_engine(self._settings.database_url), clock=SystemClock())


def serve_forever(settings: Settings, *, host: str, port: int, workers: int) -> None:
    """Serve until stopped; the jobs process is stopped with it."""
    jobs = subprocess.Popen([sys.executable, "-m", "web.cli", "jobs"])
    try:
        WebProcess(settings, host=host, port=port, workers=workers).run()
    finally:
        jobs.terminate()
        jobs.wait()
