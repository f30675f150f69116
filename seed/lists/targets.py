"""Which entries of the catalogue each row of a list stands for: those of last time, a known place, or new ones."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from models.listed import ListedRow
from seed.lists.facility import Facility
from seed.lists.keys import RowKey, address_key, name_key
from seed.lists.recognising import recognise
from seed.lists.standing import from_a_list
from seed.reading.cells import plain
from seed.records import Record
from seed.store import Catalogue

DIGEST = 6


@dataclass(frozen=True)
class Target:
    """The entries of one row. `base` is what the list said of them last time; None where nobody knows."""

    row: Facility
    key: RowKey
    ids: str
    site_ref: str | None
    opportunity_ref: str | None
    listed: ListedRow | None
    base: Record | None
    of_old: bool = False
    """Whether an earlier build took it in from a list without remembering the row."""


def targets(
    rows: Sequence[Facility],
    known: Sequence[ListedRow],
    elsewhere: Sequence[ListedRow],
    store: Catalogue,
    *,
    town: str,
    list_key: str,
) -> list[Target]:
    """One for each row, in their order. `known` are the rows of this list, `elsewhere` those of all others."""
    keys = [RowKey(row.number, name_key(row.name), address_key(row.address, town)) for row in rows]
    found = recognise(keys, [RowKey(row.number, row.name, row.address) for row in known])
    places = _Places(store, elsewhere, town, own=known)
    for place in found:
        if place is not None:
            places.claim(known[place].site_ref)
    free = _FreeIds(store, list_key)
    made = []
    for row, key, place in zip(rows, keys, found, strict=True):
        if place is not None:
            made.append(_again(row, key, known[place], store, free))
            continue
        ids = free.wanted(row)
        site_ref = places.of(key, ids)
        if site_ref is None:
            made.append(Target(row, key, free.ids_of(row, key), None, None, None, None))
            continue
        places.claim(site_ref)
        opportunity_ref = places.opportunity_of(site_ref)
        ids = "" if opportunity_ref else free.ids_of(row, key)
        made.append(Target(row, key, ids, site_ref, opportunity_ref, None, None, places.of_old(site_ref)))
    return made


def _again(row: Facility, key: RowKey, listed: ListedRow, store: Catalogue, free: _FreeIds) -> Target:
    """The entries of last time; what is no longer in the catalogue comes in anew."""
    if listed.site_ref not in store.sites:
        return Target(row, key, free.ids_of(row, key), None, None, listed, None)
    there = listed.opportunity_ref in store.opportunities
    ids = "" if there else free.ids_of(row, key)
    return Target(row, key, ids, listed.site_ref, listed.opportunity_ref if there else None, listed, listed.told)


class _Places:
    """Places by name and address, whoever entered them."""

    def __init__(self, store: Catalogue, listed: Sequence[ListedRow], town: str, *, own: Sequence[ListedRow]) -> None:
        self._store = store
        self._remembered = {row.site_ref for row in (*listed, *own)}
        self._claimed: set[str] = set()
        self._by_key: dict[tuple[str, str], list[str]] = defaultdict(list)
        for ref, site in sorted(store.sites.items()):
            if address := address_key(site.address or "", town):
                self._by_key[name_key(site.name), address].append(ref)
        # A list is known by what it says, also where the place has another name here by now.
        for known in listed:
            if known.address and known.site_ref in store.sites:
                self._by_key[known.name, known.address].append(known.site_ref)
        by_id: dict[UUID, str] = {site.id: ref for ref, site in store.sites.items()}
        self._opportunities: dict[str, list[str]] = defaultdict(list)
        for ref, row in sorted(store.opportunities.items()):
            if row.site_id is not None:
                self._opportunities[by_id[row.site_id]].append(ref)

    def claim(self, site_ref: str) -> None:
        """Two rows of one list are two places."""
        self._claimed.add(site_ref)

    def of(self, key: RowKey, ids: str) -> str | None:
        """The place of that name and address; or what an earlier build made of the very row, by its ids and name."""
        if key.address:
            for ref in self._by_key[key.name, key.address]:
                if ref not in self._claimed:
                    return ref
        of_old = f"{ids}-site"
        site = self._store.sites.get(of_old)
        if site is not None and of_old not in self._claimed | self._remembered and name_key(site.name) == key.name:
            return of_old
        return None

    def opportunity_of(self, site_ref: str) -> str | None:
        """The entry there that came from a list; else the first activity, which a list leaves alone."""
        refs = self._opportunities[site_ref]
        return next((ref for ref in refs if from_a_list(self._store.opportunities[ref])), refs[0] if refs else None)

    def of_old(self, site_ref: str) -> bool:
        return site_ref.startswith("od-") and site_ref not in self._remembered


class _FreeIds:
    """`od-<code>-<NO>` as the contract has it, with a short digest behind where another place has it already."""

    def __init__(self, store: Catalogue, list_key: str) -> None:
        self._taken = {*store.organizations, *store.sites, *store.opportunities}
        self._list_key = list_key

    def wanted(self, row: Facility) -> str:
        # Lists without a code number their rows from 1: only name and address tell two such lists apart.
        code = row.code or digest(plain(row.name + row.address), 8)
        number = "".join(one if one.isascii() and one.isalnum() else "-" for one in row.number).strip("-")[:40]
        return f"od-{code}-{number or digest(row.name + row.address, 10)}"

    def ids_of(self, row: Facility, key: RowKey) -> str:
        ids = wanted = self.wanted(row)
        tried = 0
        while any(f"{ids}-{kind}" in self._taken for kind in ("org", "site", "opp")):
            words = "\x1f".join((self._list_key, key.number, key.name, key.address, *["again"] * tried))
            ids, tried = f"{wanted}-{digest(words)}", tried + 1
        self._taken.update(f"{ids}-{kind}" for kind in ("org", "site", "opp"))
        return ids


def digest(text: str, length: int = DIGEST) -> str:
    """A short name for a text."""
    return hashlib.sha256(text.encode()).hexdigest()[:length]
