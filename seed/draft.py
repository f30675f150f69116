"""What a file holds once it is read: records and problems, before anything is compared or written."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from seed.lists.facility import Facility
from seed.problems import Problem
from seed.records import Record

Kind = Literal["catalogue", "participants"]


@dataclass(frozen=True)
class Entry:
    """One record with the line it came from."""

    record: Record
    line: int | None


@dataclass
class Draft:
    """The readable part of one file. `unmapped` are headers that no alias knows: a person has to say what they are."""

    kind: Kind
    source: str
    organizations: list[Entry] = field(default_factory=list)
    sites: list[Entry] = field(default_factory=list)
    opportunities: list[Entry] = field(default_factory=list)
    participants: list[Entry] = field(default_factory=list)
    facilities: list[Facility] = field(default_factory=list)
    """Rows of a facility list; which entries of the catalogue they stand for is found when they are compared."""
    made_ids: list[str] = field(default_factory=list)
    """Ids that the file did not give and its reading made of names: a known entry may be meant."""
    calendar: Record | None = None
    municipality: Record | None = None
    exported_on: str | None = None
    problems: list[Problem] = field(default_factory=list)
    open_data: bool = False
    list_name: str | None = None
    list_date: date | None = None
    """What a facility list is called and of which day it is; every entry of it carries both as its evidence."""
    from_form: bool = False
    """Whether slots and steps show only what the form has columns for."""
    unmapped: list[str] = field(default_factory=list)
    headers: list[str] = field(default_factory=list)
