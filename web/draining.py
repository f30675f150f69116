"""A body that is refused is still received, within bounds: a browser that is cut off while it sends shows no answer."""

from __future__ import annotations

import time
from contextlib import suppress
from typing import Any

MOST_BYTES = 100 * 1024 * 1024
LONGEST_SECONDS = 10.0
_PIECE = 64 * 1024


def drain(environ: dict[str, Any], *, limit: int) -> None:
    """Read what is still on its way and throw it away. Beyond the bounds the connection is cut all the same.

    What was refused for its length (`limit`) is unread as a whole; of anything else only a server that ends the body
    by itself knows how much is left.
    """
    told = environ.get("CONTENT_LENGTH", "")
    length = int(told) if told.isascii() and told.isdigit() else 0
    if length <= limit and not environ.get("wsgi.input_terminated"):
        return
    left = min(length or MOST_BYTES, MOST_BYTES)
    until = time.monotonic() + LONGEST_SECONDS
    # Whoever sends may go away meanwhile; then nobody waits for the answer.
    with suppress(OSError):
        while left > 0 and time.monotonic() < until:
            piece = environ["wsgi.input"].read(min(_PIECE, left))
            if not piece:
                return
            left -= len(piece)
