"""One field of one record, as it is and as it would be."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ChangeLine:
    """One field of one record: before and after."""

    title: str
    field: str
    before: str
    after: str
