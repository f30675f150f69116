"""Rows of the form without ids that read like known entries: the same, or a new one. Nothing is doubled unasked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from seed.draft import Draft, Entry
from seed.lists.keys import address_key, name_key
from seed.records import Record
from seed.store import Catalogue

NEW = ""
"""The choice that a row is nothing that is known."""


@dataclass(frozen=True)
class SameOrNew:
    """同じもの／新しいもの: one entry of the file with the known entries it may be, id and words of each.

    `made` is the id that reading made of its names; `chosen` the id of the known entry, NEW for a new one.
    """

    kind: Literal["organization", "opportunity"]
    made: str
    title: str
    line: int | None
    known: tuple[tuple[str, str], ...]
    chosen: str


def recognised(
    draft: Draft, store: Catalogue, choices: Mapping[str, str], *, town: str
) -> tuple[Draft, list[SameOrNew]]:
    """The draft with the ids of what is known already, and what was taken for the same. The draft given stays as it is."""
    rows = _FormRows(draft, store, choices, town)
    return rows.draft(), rows.asked


class _FormRows:
    """Organizations first, then sites, then activities: each is looked for under what stands above it."""

    def __init__(self, draft: Draft, store: Catalogue, choices: Mapping[str, str], town: str) -> None:
        self._draft, self._store, self._choices, self._town = draft, store, choices, town
        self._made = set(draft.made_ids)
        self._hosts = {row.id: ref for ref, row in store.organizations.items()}
        self._sites = {row.id: ref for ref, row in store.sites.items()}
        self._ids: dict[str, str] = {}
        self._names = {entry.record["id"]: str(entry.record.get("name", "")) for entry in draft.sites}
        self.asked: list[SameOrNew] = []
        self._organizations()
        self._places()
        self._activities()

    def draft(self) -> Draft:
        return replace(
            self._draft,
            organizations=[self._entry(entry) for entry in self._draft.organizations],
            sites=[self._entry(entry) for entry in self._draft.sites],
            opportunities=[self._entry(entry) for entry in self._draft.opportunities],
        )

    def _entry(self, entry: Entry) -> Entry:
        ids = {
            name: self._ids.get(entry.record[name], entry.record[name])
            for name in ("id", "organization_id", "site_id")
            if isinstance(entry.record.get(name), str)
        }
        return Entry(entry.record | ids, entry.line)

    def _choose(
        self, kind: Literal["organization", "opportunity"], entry: Entry, title: str, known: list[str], first: str
    ) -> None:
        """Ask about an entry; `first` is what is taken as long as nobody answers."""
        made = entry.record["id"]
        chosen = self._choices.get(made, first)
        if chosen not in known:
            chosen = NEW
        words = tuple((ref, self._words(kind, ref)) for ref in known)
        self.asked.append(SameOrNew(kind, made, title, entry.line, words, chosen))
        if chosen:
            self._ids[made] = chosen

    def _words(self, kind: str, ref: str) -> str:
        if kind == "organization":
            return self._store.organizations[ref].name
        row = self._store.opportunities[ref]
        site = self._store.sites[self._sites[row.site_id]].name if row.site_id else ""
        return f"{row.title}（{site}）" if site else row.title

    def _organizations(self) -> None:
        by_name: dict[str, list[str]] = defaultdict(list)
        for ref, row in sorted(self._store.organizations.items()):
            by_name[name_key(row.name)].append(ref)
        for entry in self._draft.organizations:
            ref, name = entry.record["id"], str(entry.record.get("name", ""))
            known = by_name.get(name_key(name), [])
            if ref in self._made and ref not in self._store.organizations and known:
                self._choose("organization", entry, name, known, known[0])

    def _places(self) -> None:
        """A site of the same host, name and address is the same site; that needs no question."""
        by_name: dict[tuple[str, str], list[str]] = defaultdict(list)
        for ref, row in sorted(self._store.sites.items()):
            by_name[self._hosts[row.organization_id], name_key(row.name)].append(ref)
        for entry in self._draft.sites:
            record, ref = entry.record, entry.record["id"]
            if ref not in self._made or ref in self._store.sites:
                continue
            owner = str(record.get("organization_id", ""))
            host = self._ids.get(owner, owner)
            for known in by_name.get((host, name_key(str(record.get("name", "")))), []):
                if self._addresses_agree(record, self._store.sites[known].address):
                    self._ids[ref] = known
                    break

    def _addresses_agree(self, record: Record, known: str | None) -> bool:
        address = record.get("address")
        if not isinstance(address, str) or not known:
            return True
        return address_key(address, self._town) == address_key(known, self._town)

    def _activities(self) -> None:
        by_title: dict[tuple[str, str], list[str]] = defaultdict(list)
        for ref, row in sorted(self._store.opportunities.items()):
            by_title[self._hosts[row.organization_id], name_key(row.title)].append(ref)
        taken = {entry.record["id"] for entry in self._draft.opportunities}
        for entry in self._draft.opportunities:
            record, ref = entry.record, entry.record["id"]
            if ref not in self._made or ref in self._store.opportunities:
                continue
            owner = str(record.get("organization_id", ""))
            host = self._ids.get(owner, owner)
            title = str(record.get("title", ""))
            known = [one for one in by_title.get((host, name_key(title)), []) if one not in taken]
            if not known:
                continue
            agreeing = [one for one in known if self._sites_agree(record, one)]
            self._choose("opportunity", entry, title, known, agreeing[0] if agreeing else NEW)
            taken.add(self._ids.get(ref, ref))

    def _sites_agree(self, record: Record, known: str) -> bool:
        site_id = self._store.opportunities[known].site_id
        named = record.get("site_id")
        if site_id is None or not isinstance(named, str):
            return True
        there = self._sites[site_id]
        name = self._names.get(named, "")
        return self._ids.get(named, named) == there or name_key(name) == name_key(self._store.sites[there].name)
