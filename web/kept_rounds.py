"""A round is kept as it was shown: where what is kept cannot be opened any more, that costs the round alone."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from jinja2 import UndefinedError

from models.errors import RecordError

log = logging.getLogger("engawa")
OF_ANOTHER_SHAPE = (AttributeError, IndexError, KeyError, TypeError, ValueError, UndefinedError)
CANNOT_BE_OPENED = "この提案の記録を、うまく開けませんでした。人のページから、もう一度提案をつくってください。"


class UnopenedRoundError(RecordError):
    """What is kept of a round is not of the shape it is shown in."""


@contextmanager
def opening_a_round() -> Iterator[None]:
    """UnopenedRoundError for whatever goes wrong in the block; the kind of it reaches the log, the content does not."""
    try:
        yield
    except OF_ANOTHER_SHAPE as problem:
        log.error("a kept round cannot be opened: %s", type(problem).__name__)
        raise UnopenedRoundError(CANNOT_BE_OPENED) from problem
