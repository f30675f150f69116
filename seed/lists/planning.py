"""What importing a facility list would do: entries made, followed or left alone, and what stands beside them."""

from __future__ import annotations

from typing import Any

from sqlmodel import Session, select

from models.municipality import Municipality
from seed.draft import Draft
from seed.lists.flat import flat, nested
from seed.lists.keys import RowKey, name_key
from seed.lists.known import known_rows, list_key
from seed.lists.merging import Difference, merged
from seed.lists.outlook import Outlook, Owned
from seed.lists.owners import Owners
from seed.lists.planned import ListPlan, RowToKeep, Vanished
from seed.lists.standing import confirmed_organizations, confirmed_sites, from_a_list, organization_confirmed
from seed.lists.suggesting import suggest
from seed.lists.targets import Target, targets
from seed.problems import Problem
from seed.reading.list_name import evidence
from seed.records import Record
from seed.store import Catalogue

NEW_ENTRY: Record = {"status": "prospect", "publication": "staff"}
FEW_FOUND = 0.5


class ListPlanner:
    """Goes through the rows once; `outlooks` are organizations, sites and opportunities in the order of writing."""

    def __init__(self, session: Session, draft: Draft, store: Catalogue) -> None:
        self._store, self._draft = store, draft
        self._town = session.exec(select(Municipality.name)).one()
        name = draft.list_name or ""
        key = list_key(name, self._town)
        self._known = known_rows(session, key)
        before = self._known.facility_list
        self.plan = ListPlan(key, name, draft.list_date, before.id if before else None)
        self._evidence = evidence(name, draft.list_date)
        self._confirmed_sites, self._confirmed_hosts = confirmed_sites(store), confirmed_organizations(store)
        self._targets = targets(
            draft.facilities,
            self._known.rows,
            self._known.elsewhere,
            store,
            town=self._town,
            list_key=self.plan.key,
        )
        self._differences: list[Difference] = []
        self._spoken: set[tuple[str, str]] = set()
        # An earlier build kept no rows: what it took from a list and nobody confirmed still reads as it took it.
        self._remembered = {row.organization_ref for row in (*self._known.rows, *self._known.elsewhere)}
        self.problems: list[Problem] = []
        self.outlooks = self._outlooks()
        self._decide(session)

    def _outlooks(self) -> list[Outlook]:
        owners = Owners(self._store, self._targets, self._confirmed_hosts)
        organizations: dict[str, Owned] = {}
        sites, opportunities = [], []
        for target in self._targets:
            owner = owners.of(target, site_confirmed=target.site_ref in self._confirmed_sites)
            self._gather(organizations, owner, target)
            site = self._site(target, owner)
            opportunity = self._opportunity(target, owner, site.ref)
            sites.append(site)
            opportunities.append(opportunity)
            self._keep(target, owner, site.ref, opportunity.ref)
        hosts = [self._organization(ref, owned) for ref, owned in organizations.items()]
        return [*hosts, *sites, *opportunities]

    def _gather(self, organizations: dict[str, Owned], ref: str, target: Target) -> None:
        row, told = target.row, {"name": target.row.owner, **flat(target.row.organization)}
        base = (target.base or {}).get("organization")
        owned = organizations.get(ref)
        if owned is None:
            organizations[ref] = Owned(row.line, told, base, row.owner)
            return
        owned.base = owned.base or base
        if name_key(owned.name) != name_key(row.owner):  # one place of it goes by another name: that renames nobody
            owned.told.pop("name", None)
        for name, value in told.items():
            if name != "name":
                owned.told.setdefault(name, value)

    def _organization(self, ref: str, owned: Owned) -> Outlook:
        row = self._store.organizations.get(ref)
        if row is None:
            return Outlook(
                "organization", ref, owned.line, {}, {"id": ref, "name": owned.name, **NEW_ENTRY} | nested(owned.told)
            )
        stored = self._store.organization(ref)
        ours, told = flat(stored), dict(owned.told)
        named = {name_key(one) for one in (owned.name, (owned.base or {}).get("name", ""))}
        if (
            name_key(row.name) not in named
        ):  # the place is known under another organization: what the list calls its owner says nothing of it
            return Outlook("organization", ref, owned.line, stored, stored)
        confirmed = ref in self._confirmed_hosts
        after, differences = merged(
            "organization",
            ref,
            ours,
            owned.base or (ours if ref.startswith("od-") and ref not in self._remembered else None),
            told,
            confirmed=confirmed,
            fills=not confirmed,
            town=self._town,
        )
        self._spoken.add(("organization", ref))
        self._differences += differences
        return Outlook("organization", ref, owned.line, stored, nested(after))

    def _site(self, target: Target, owner: str) -> Outlook:
        told = target.row.site
        if target.site_ref is None:
            ref = f"{target.ids}-site"
            return Outlook("site", ref, target.row.line, {}, {"id": ref, "organization_id": owner, **told})
        ref, stored = target.site_ref, self._store.site(target.site_ref)
        base = (target.base or {}).get("site") or (stored if target.of_old else None)
        after, differences = merged(
            "site", ref, stored, base, told, confirmed=ref in self._confirmed_sites, town=self._town
        )
        after["organization_id"] = owner
        self._spoken.add(("site", ref))
        self._differences += differences
        return Outlook("site", ref, target.row.line, stored, after)

    def _opportunity(self, target: Target, owner: str, site_ref: str) -> Outlook:
        told = self._told_of(target)
        ref = target.opportunity_ref
        if ref is None or ref not in self._store.opportunities:
            ref = f"{target.ids}-opp"
            host = self._store.organizations.get(owner)
            status = "unverified" if host is not None and organization_confirmed(host) else "prospect"
            new = {"id": ref, "organization_id": owner, "site_id": site_ref, **NEW_ENTRY, "status": status}
            return Outlook(
                "opportunity", ref, target.row.line, {}, {**new, "verification_method": "public_source", **told}
            )
        row, stored = self._store.opportunities[ref], self._store.opportunity(ref)
        if not from_a_list(row):
            self._compare_hours(ref, stored, target)
            return Outlook("opportunity", ref, target.row.line, stored, stored)
        base = (target.base or {}).get("opportunity") or (stored if target.of_old else None)
        after, differences = merged("opportunity", ref, stored, base, told, confirmed=False, town=self._town)
        if after["organization_id"] in self._left_by(target, owner):
            after["organization_id"] = owner
        self._spoken.add(("opportunity", ref))
        self._differences += differences
        return Outlook("opportunity", ref, target.row.line, stored, after)

    def _told_of(self, target: Target) -> Record:
        """What the row says of its entry, with where it comes from."""
        told, described = target.row.opportunity, target.row.opportunity.get("source_evidence")
        return {**told, "source_evidence": f"{described}：{self._evidence}" if described else self._evidence}

    def _compare_hours(self, ref: str, stored: Record, target: Target) -> None:
        """Of what a host confirmed only hours that are still the list's own are worth a word; its activity has others."""
        told, base = target.row.opportunity.get("slots"), (target.base or {}).get("opportunity", {}).get("slots")
        if told and base and stored.get("slots") == base and told != base:
            self._differences.append(Difference("opportunity", ref, "slots", {"slots": told}))

    @staticmethod
    def _left_by(target: Target, owner: str) -> set[str]:
        return {target.listed.organization_ref} - {owner} if target.listed is not None else set()

    def _keep(self, target: Target, owner: str, site_ref: str, opportunity_ref: str | None) -> None:
        said: dict[str, Any] = {
            "owner": target.row.owner,
            "organization": {"name": target.row.owner, **flat(target.row.organization)},
            "site": target.row.site,
            "opportunity": self._told_of(target),
        }
        known = target.listed
        self.plan.rows.append(
            RowToKeep(known.id if known else None, target.key, said, owner, site_ref, opportunity_ref)
        )
        if known is None:
            self.plan.linked += target.site_ref is not None
        else:
            self.plan.returned += known.vanished_on is not None
            key = RowKey(known.number, known.name, known.address)
            self.plan.moved_on |= known.told != said or key != target.key

    def _decide(self, session: Session) -> None:
        """New differences, those noticed before, those that are no more, and the rows that are gone."""
        plan, before = self.plan, self._known.facility_list
        plan.moved_on |= before is None or (plan.day is not None and before.list_date != plan.day)
        after: dict[tuple[str, str], Record] = {(one.kind, one.ref): one.after for one in self.outlooks}
        suggest(session, plan, self._differences, after=after, spoken=self._spoken, town=self._town)
        here = {row.known for row in plan.rows}
        plan.vanished = [
            Vanished(row.id, str(row.told.get("site", {}).get("name") or row.name))
            for row in self._known.rows
            if row.id not in here and row.vanished_on is None
        ]
        found = len(here - {None})
        there = sum(row.vanished_on is None for row in self._known.rows)
        if there and found < FEW_FOUND * there:
            sentence = (
                f"前の「{plan.name}」の{there}行のうち、この一覧にあるのは{found}行だけです。"
                "別の一覧なら、「一覧の名前」を変えてください。"
            )
            self.problems.append(Problem(None, "一覧の名前", sentence, False))
