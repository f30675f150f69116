"""What an import of a list would make of one entry, and what its rows say of one organization."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from seed.records import Record


@dataclass(frozen=True)
class Outlook:
    """One entry as it is and as it would be."""

    kind: Literal["organization", "site", "opportunity"]
    ref: str
    line: int | None
    stored: Record
    after: Record


@dataclass
class Owned:
    """One organization with what the rows of the list say of it."""

    line: int | None
    told: Record
    base: Record | None
    name: str
