"""What an import of a facility list would do besides changing records: rows to remember, differences, vanished rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from seed.lists.keys import RowKey
from seed.lists.merging import Difference
from seed.records import Record


@dataclass(frozen=True)
class RowToKeep:
    """A row as it is remembered: `known` is its row of last time, None for a new one."""

    known: UUID | None
    key: RowKey
    told: Record
    organization_ref: str
    site_ref: str
    opportunity_ref: str | None


@dataclass(frozen=True)
class Vanished:
    """A row of the known list that its new version no longer has."""

    known: UUID
    name: str


@dataclass
class ListPlan:
    """`key` is what the list is found by. `suggestions` are new differences, `settled` those that are no more."""

    key: str
    name: str
    day: date | None
    known: UUID | None
    rows: list[RowToKeep] = field(default_factory=list)
    linked: int = 0
    """New rows that stand for a place already known."""
    returned: int = 0
    suggestions: list[Difference] = field(default_factory=list)
    waiting: int = 0
    """Differences that were noticed before and nobody has decided."""
    settled: list[UUID] = field(default_factory=list)
    vanished: list[Vanished] = field(default_factory=list)
    moved_on: bool = False
    """Whether the list is new here or of another day than last time, or a row is remembered otherwise."""

    @property
    def has_news(self) -> bool:
        """Whether there is anything to keep although no record may change."""
        return bool(self.linked or self.returned or self.suggestions or self.settled or self.vanished or self.moved_on)
