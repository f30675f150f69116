"""Processes of our own that are killed on purpose, or start at the same moment."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable
from multiprocessing.process import BaseProcess
from typing import Any

from sqlalchemy import Engine, event, inspect, text

# A worker of the tests has threads, and a process with threads must not be forked: the child waits for ever for what
# another thread held just then. The server has none; it has loaded what every child needs.
AT_ONCE = multiprocessing.get_context("forkserver")
AT_ONCE.set_forkserver_preload(["web.first_start", "models.migrate", "pytest"])
LONGEST = 120
"""Seconds after which a process that has not ended never will."""


def in_a_process(work: Callable[..., None], *given: Any) -> BaseProcess:
    """Run `work`, a function of a module, in a process of its own."""
    child = AT_ONCE.Process(target=work, args=given, daemon=True)
    child.start()
    return child


def killed(child: BaseProcess) -> bool:
    """Whether it was killed rather than finished; an AssertionError when it failed or never ended."""
    child.join(LONGEST)
    if child.exitcode is None:
        child.kill()
        raise AssertionError(f"a process did not end in {LONGEST} s")
    if child.exitcode < 0:
        return child.exitcode == -signal.SIGKILL
    assert child.exitcode == 0
    return False


def kill_at_statement(engine: Engine, number: int) -> None:
    """The power fails just when the process is about to send this statement."""
    sent = 0

    def count(*_: object) -> None:
        nonlocal sent
        sent += 1
        if sent == number:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(engine, "before_cursor_execute", count)


def rows_of(engine: Engine) -> dict[str, list[str]]:
    """Every row of every table as text, in an order of its own: two databases with the same content are equal."""
    with engine.connect() as connection:
        return {
            table: sorted(repr(tuple(row)) for row in connection.execute(text(f'SELECT * FROM "{table}"')))
            for table in sorted(inspect(connection).get_table_names())
        }
