"""Requests arrive before anybody works on them: whole, within a time, or not at all.

waitress reads every connection in one loop and hands a request to a thread only when it is complete, so half-sent
ones hold no thread. Here they also get a bound: dripping a byte now and then does not keep a connection for ever.
"""

from __future__ import annotations

import time
from typing import Any

from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.server import TcpWSGIServer
from waitress.task import ErrorTask

from web.plain_pages import explanation_of, plain_page
from web.security import HEADERS

NEVER_KEPT = ("Cache-Control", "no-store")
SLOWEST_PACE = 4096  # bytes a second, once the first patience is over: 10 MB may take forty minutes, a drip may not


def is_too_slow(*, elapsed: float, received: int, patience: float) -> bool:
    """Whether a request that began `elapsed` seconds ago has brought too little to go on waiting for it."""
    return elapsed > patience and received < (elapsed - patience) * SLOWEST_PACE


class ExplainedRefusal(ErrorTask):  # type: ignore[misc]
    """What never reaches the app (too large, cut off, unreadable) is explained as the app would."""

    def execute(self) -> None:
        problem = self.request.error
        page = plain_page(explanation_of(problem.code))
        self.status = f"{problem.code} {problem.reason}"
        self.response_headers += [*HEADERS.items(), ("Content-Type", "text/html; charset=utf-8"), NEVER_KEPT]
        self.set_close_on_finish()
        self.content_length = len(page)
        self.write(page)


class PunctualChannel(HTTPChannel):  # type: ignore[misc]  # waitress has no types
    """A connection that knows when the request it is reading began."""

    error_task_class = ExplainedRefusal
    began: float | None = None

    def received(self, data: bytes) -> bool:
        if self.request is None:
            self.began = time.monotonic()
        taken: bool = super().received(data)
        if self.request is None:
            self.began = None
        return taken

    def is_too_slow(self, now: float, patience: float) -> bool:
        request, began = self.request, self.began
        if request is None or began is None or self.requests:
            return False
        come = request.header_bytes_received + request.body_bytes_received
        return is_too_slow(elapsed=now - began, received=come, patience=patience)


class PunctualServer(TcpWSGIServer):  # type: ignore[misc]
    """The listening side of one process: leaves new connections to the others while all its threads are busy."""

    channel_class = PunctualChannel

    def __init__(self, application: Any, *, patience: float, **how: Any) -> None:
        self.patience = patience
        super().__init__(application, **how)

    def readable(self) -> bool:
        return bool(super().readable()) and not self.task_dispatcher.queue

    def drop_the_slow(self) -> None:
        now = time.monotonic()
        for channel in list(self.active_channels.values()):
            if channel.is_too_slow(now, self.patience):
                channel.will_close = True

    def stop_listening(self) -> None:
        """No new connections, and none kept open for a next request; those under way go on."""
        self.accepting = False
        self.del_channel()
        self.socket.close()
        for channel in self.active_channels.values():
            if not channel.requests and channel.request is None:
                channel.will_close = True

    def is_at_work(self) -> bool:
        return any(channel.requests or channel.total_outbufs_len for channel in self.active_channels.values())


def adjustments(*, threads: int, largest_body: int, connections: int) -> Adjustments:
    return Adjustments(
        threads=threads,
        connection_limit=connections,
        asyncore_use_poll=True,
        channel_timeout=60,
        cleanup_interval=5,
        max_request_header_size=32 * 1024,
        max_request_body_size=largest_body,
        # web/forwarded.py decides which of a proxy's headers count.
        clear_untrusted_proxy_headers=False,
        log_socket_errors=False,
        ident="",
    )
