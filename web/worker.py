"""One web process: gunicorn starts, watches and stops it, waitress reads and answers in it."""

from __future__ import annotations

import logging
import os
import resource
import time
from typing import Any

from gunicorn.workers.base import Worker
from waitress import wasyncore
from waitress.task import ThreadedTaskDispatcher

from web.arrival import PunctualServer, adjustments
from web.context import House

MOST_CONNECTIONS = 1000
FILES_EACH = 3  # a connection, and what it buffers coming in and going out
LARGEST_BODY_TIMES = 4


class WaitressWorker(Worker):  # type: ignore[misc]  # gunicorn has no types
    """Buffers whole requests before a thread is taken; on SIGTERM finishes what it has begun."""

    def run(self) -> None:
        settings = _house_of(self.app.wsgi()).settings
        # waitress would log addresses, which hold ids, and whole tracebacks; faults of ours are logged in web/errors.py.
        logging.getLogger("waitress").addFilter(_without_content)
        logging.getLogger("waitress.queue").setLevel(logging.ERROR)
        dispatcher = ThreadedTaskDispatcher()
        dispatcher.set_thread_count(self.cfg.threads)
        how = adjustments(
            threads=self.cfg.threads,
            # Flask refuses what is over the limit with a page that can be read; for that it has to arrive. Past four
            # times the limit waitress refuses in plain words.
            largest_body=settings.upload_limit * LARGEST_BODY_TIMES,
            connections=_connections(),
        )
        sockets: dict[int, Any] = {}
        servers = [
            PunctualServer(
                self.wsgi,
                patience=settings.arrival.total_seconds(),
                map=sockets,
                _sock=listener.sock,
                dispatcher=dispatcher,
                adj=how,
                bind_socket=False,
                sockinfo=(listener.sock.family, listener.sock.type, listener.sock.proto, listener.sock.getsockname()),
            )
            for listener in self.sockets
        ]
        while self.alive and os.getppid() == self.ppid:
            self._turn(sockets, servers)
        for server in servers:
            server.stop_listening()
        until = time.monotonic() + self.cfg.graceful_timeout - 2
        while any(server.is_at_work() for server in servers) and time.monotonic() < until:
            self._turn(sockets, servers)
        dispatcher.shutdown(timeout=1)

    def _turn(self, sockets: dict[int, Any], servers: list[PunctualServer]) -> None:
        self.notify()
        wasyncore.loop(timeout=0.5, use_poll=True, map=sockets, count=1)
        for server in servers:
            server.drop_the_slow()


def _house_of(app: Any) -> House:
    house: House = app.extensions["engawa"]
    return house


def _connections() -> int:
    """As many as the machine's limit of open files carries, which is raised as far as we may."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_CONNECTIONS * FILES_EACH + 100
    if soft != resource.RLIM_INFINITY and soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return MOST_CONNECTIONS if soft == resource.RLIM_INFINITY else min(MOST_CONNECTIONS, (soft - 100) // FILES_EACH)


def _without_content(record: logging.LogRecord) -> bool:
    """The kind and the place of a fault; not its words, nor the address that was asked for."""
    problem = record.exc_info[1] if record.exc_info else None
    if problem is not None:
        trace = problem.__traceback__
        while trace is not None and trace.tb_next is not None:
            trace = trace.tb_next
        place = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace is not None else "?"
        record.msg, record.args = "unexpected %s at %s", (type(problem).__name__, place)
        record.exc_info = record.exc_text = None
    elif "serving" in record.getMessage():
        record.msg, record.args = "a connection ended early", ()
    return True
