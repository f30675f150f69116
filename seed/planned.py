"""The plan of one import: what would become of each record, what is in the way, what a list says otherwise."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from seed.form_rows import SameOrNew
from seed.lists.planned import ListPlan
from seed.problems import Problem
from seed.records import Record

Action = Literal["new", "changed", "unchanged"]
RecordKind = Literal["organization", "site", "opportunity", "participant"]


@dataclass(frozen=True)
class Change:
    """One field that would change, in short words."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Planned:
    """One record of the file and what would become of it. `record` is the whole record after the import."""

    kind: RecordKind
    ref: str
    title: str
    action: Action
    changes: tuple[Change, ...]
    line: int | None
    record: Record


@dataclass
class Preview:
    """The plan of one import."""

    kind: str
    source: str
    planned: list[Planned] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    unmapped: list[str] = field(default_factory=list)
    headers: list[str] = field(default_factory=list)
    new_districts: list[str] = field(default_factory=list)
    calendar: Record | None = None
    calendar_changes: bool = False
    other_municipality: str | None = None
    list_name: str | None = None
    list_date: date | None = None
    """Of a facility list: what it is called and of which day it is."""
    listed: ListPlan | None = None
    """What an import of a facility list does besides changing records."""
    known_lists: list[str] = field(default_factory=list)
    same_or_new: list[SameOrNew] = field(default_factory=list)
    """Entries of a form that read like known ones, and what is taken for the same."""
    counted_on: date | None = None
    """The day on which ages of the file are counted."""

    def count(self, action: Action, kind: str | None = None) -> int:
        return sum(one.action == action and kind in (None, one.kind) for one in self.planned)

    @property
    def ready(self) -> int:
        """Records that would be written."""
        return sum(one.action != "unchanged" for one in self.planned)

    @property
    def has_work(self) -> bool:
        """Whether importing leaves anything behind: records, or what a list says otherwise."""
        return bool(self.ready or (self.listed is not None and self.listed.has_news))
