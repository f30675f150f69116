"""What is wrong with one line of a file, in one sentence."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One problem. `line` is the line people see (None: the file as a whole); a blocking one leaves its record out."""

    line: int | None
    field: str | None
    sentence: str
    blocking: bool
