"""Processes of our own that are killed on purpose, or start at the same moment."""

from __future__ import annotations

import os
import signal
import traceback
from collections.abc import Callable

from sqlalchemy import Engine, event, inspect, text


def in_a_process(work: Callable[[], None]) -> int:
    """Run `work` in a process of its own; its number, to wait for."""
    child = os.fork()
    if child:
        return child
    try:
        work()
    except BaseException:
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def killed(child: int) -> bool:
    """Whether it was killed rather than finished; an AssertionError when it failed."""
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return os.WTERMSIG(status) == signal.SIGKILL
    assert os.WEXITSTATUS(status) == 0
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
