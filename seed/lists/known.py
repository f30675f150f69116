"""The lists that were imported before: each with its rows, and which of them a file looks like."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, select

from models.listed import FacilityList, ListedRow
from models.municipality import Municipality
from seed.lists.facility import Facility
from seed.lists.keys import address_key, name_key

MOST = 0.5
"""A file of which at least so many rows are those of a known list looks like its new version."""


@dataclass(frozen=True)
class KnownRows:
    """The rows of one list, and those of all others."""

    facility_list: FacilityList | None
    rows: Sequence[ListedRow]
    elsewhere: Sequence[ListedRow]


def list_key(name: str, town: str) -> str:
    """The name by which a list is found again; neither its date nor whose it is are part of it."""
    return name_key(name).removeprefix(name_key(town)) or name_key(name)


def known_lists(session: Session) -> list[FacilityList]:
    """Every list of this municipality by its name."""
    return sorted(session.exec(select(FacilityList)).all(), key=lambda one: one.name)


def known_rows(session: Session, key: str) -> KnownRows:
    """The list of this key, if any, and all rows."""
    found = session.exec(select(FacilityList).where(FacilityList.key == key)).first()
    # In a fixed order, so that the same comparison has the same outcome.
    rows = sorted(session.exec(select(ListedRow)).all(), key=lambda row: str(row.id))
    own = found.id if found else None
    return KnownRows(
        found,
        [row for row in rows if row.facility_list_id == own],
        [row for row in rows if row.facility_list_id != own],
    )


def looks_like(session: Session, name: str, facilities: Sequence[Facility]) -> str | None:
    """The name of the known list whose rows most rows of a file are; None where its own name is known, or none is."""
    lists = {one.id: one for one in session.exec(select(FacilityList)).all()}
    town = session.exec(select(Municipality.name)).one()
    if not lists or not facilities or any(one.key == list_key(name, town) for one in lists.values()):
        return None
    here = {(name_key(row.name), address_key(row.address, town)) for row in facilities}
    shared = Counter(
        row.facility_list_id
        for row in session.exec(select(ListedRow)).all()
        if row.vanished_on is None and row.address and (row.name, row.address) in here
    )
    if not shared:
        return None
    best, rows = shared.most_common(1)[0]
    return lists[best].name if rows >= MOST * len(here) else None
