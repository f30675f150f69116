"""Whose each row of a list is: the organization of its place, one known by number or name, or a new one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence

from models.tables import Organization
from seed.lists.keys import name_key
from seed.lists.targets import Target, digest
from seed.store import Catalogue


class Owners:
    """団体 by its 法人番号, else by its name; `of` gives each target's organization before and after."""

    def __init__(self, store: Catalogue, targets: Sequence[Target], confirmed: Collection[str]) -> None:
        self._store, self._confirmed = store, confirmed
        self._refs = {row.id: ref for ref, row in store.organizations.items()}
        self._by_number = {
            row.corporate_number: ref for ref, row in store.organizations.items() if row.corporate_number
        }
        self._by_name: dict[str, str] = {}
        for ref, row in sorted(store.organizations.items()):
            self._by_name.setdefault(name_key(row.name), ref)
        self._named_now: dict[str, set[str]] = defaultdict(set)
        for target in targets:
            before = self.before(target)
            if before is not None:
                self._named_now[before].add(name_key(target.row.owner))

    def before(self, target: Target) -> str | None:
        """The organization that keeps the place now."""
        if target.site_ref is None:
            return None
        return self._refs[self._store.sites[target.site_ref].organization_id]

    def of(self, target: Target, *, site_confirmed: bool) -> str:
        """The organization after the import; new ones are known from then on."""
        before = self.before(target)
        owner = name_key(target.row.owner)
        if before is not None and not (self._left(target, before, owner) and not site_confirmed):
            return before
        known = self._by_number.get(target.row.organization.get("corporate_number", "")) or self._by_name.get(owner)
        if known is not None:
            return known
        if before is not None and self._renamed(before, owner, target):
            return before
        made = f"{target.ids or self._ids_of(target)}-org"
        self._by_name[owner] = made
        if "corporate_number" in target.row.organization:
            self._by_number[target.row.organization["corporate_number"]] = made
        return made

    def _left(self, target: Target, before: str, owner: str) -> bool:
        """Whether the list names another owner than last time, and nobody has put the place elsewhere meanwhile."""
        return (
            target.listed is not None
            and target.base is not None
            and target.listed.organization_ref == before
            and name_key(target.base.get("owner", "")) != owner
        )

    def _renamed(self, before: str, owner: str, target: Target) -> bool:
        """All rows of the organization call it by the same new name, and it has no other name here than the list's."""
        host: Organization = self._store.organizations[before]
        told_before = name_key((target.base or {}).get("owner", ""))
        return (
            self._named_now[before] == {owner} and before not in self._confirmed and name_key(host.name) == told_before
        )

    def _ids_of(self, target: Target) -> str:
        """Ids for a new owner of a place that has its ids already."""
        assert target.site_ref is not None
        words = name_key(target.row.owner)
        ids = f"{target.site_ref.removesuffix('-site')}-{digest(words)}"
        while f"{ids}-org" in self._store.organizations:
            words += "\x1fagain"
            ids = f"{target.site_ref.removesuffix('-site')}-{digest(words)}"
        return ids
