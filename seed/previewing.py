"""What an import would do, said before it is done: new, changed field by field, unchanged, and what is in the way."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from sqlmodel import Session, select

from matching.vocabulary import VOCABULARIES
from models.tables import Municipality
from seed.dated import check_dates
from seed.draft import Draft, Entry
from seed.form_lists import restored
from seed.labels import KIND_WORDS, word_for
from seed.problems import Problem
from seed.records import ERASE, Record, merge
from seed.store import Catalogue, People

Action = Literal["new", "changed", "unchanged"]
HOST_ANSWERED = "受け入れ先が答えた"
UNCONFIRMED = (None, "prospect", "unverified")
LONGEST_TEXT = 60


@dataclass(frozen=True)
class Change:
    """One field that would change, in short words."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Planned:
    """One record of the file and what would become of it. `record` is the whole record after the import."""

    kind: Literal["organization", "site", "opportunity", "participant"]
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
    counted_on: date | None = None
    """The day on which ages of the file are counted."""

    def count(self, action: Action, kind: str | None = None) -> int:
        return sum(one.action == action and kind in (None, one.kind) for one in self.planned)

    @property
    def ready(self) -> int:
        """Records that would be written."""
        return sum(one.action != "unchanged" for one in self.planned)


def preview(session: Session, draft: Draft, *, on: date) -> Preview:
    """Compare a draft with what is stored. Nothing is written."""
    check_dates(draft, on=on)
    plan = Preview(draft.kind, draft.source, problems=list(draft.problems), unmapped=list(draft.unmapped))
    plan.headers = list(draft.headers)
    plan.list_name, plan.list_date = draft.list_name, draft.list_date
    if draft.kind == "catalogue":
        _plan_catalogue(session, draft, plan)
    else:
        _plan_people(session, draft, plan, on=on)
    _note_municipality(session, draft, plan)
    plan.problems.sort(key=lambda problem: (problem.line or 0, problem.field or ""))
    return plan


def _note_municipality(session: Session, draft: Draft, plan: Preview) -> None:
    ours = session.exec(select(Municipality)).first()
    named = draft.municipality or {}
    code = str(named.get("code", ""))[:5]
    if ours is not None and code and code != ours.code[:5]:
        plan.other_municipality = str(named.get("name") or code)
    if ours is not None and draft.calendar is not None:
        plan.calendar = draft.calendar
        plan.calendar_changes = draft.calendar != (ours.calendar or {})


def _plan_catalogue(session: Session, draft: Draft, plan: Preview) -> None:
    store = Catalogue.read(session)
    if draft.open_data:
        _recognise_organizations(draft, store)
    hosts = set(store.organizations) | {entry.record["id"] for entry in draft.organizations}
    sites = set(store.sites) | {entry.record["id"] for entry in draft.sites}
    for entry in draft.organizations:
        _plan(plan, "organization", entry, store.organization(entry.record["id"]), title="name")
    for entry in draft.sites:
        if _refers(plan, "site", entry, "organization_id", hosts, store.site(entry.record["id"])):
            _plan(plan, "site", entry, store.site(entry.record["id"]), title="name")
    for entry in draft.opportunities:
        stored = store.opportunity(entry.record["id"])
        if draft.from_form:
            entry = Entry(restored(stored, entry.record), entry.line)
        if draft.open_data and _confirmed(stored):
            plan.planned.append(
                Planned("opportunity", entry.record["id"], stored["title"], "unchanged", (), entry.line, stored)
            )
            continue
        here = _refers(plan, "opportunity", entry, "organization_id", hosts, stored)
        if _refers(plan, "opportunity", entry, "site_id", sites, stored, optional=True) and here:
            _plan(plan, "opportunity", entry, stored, title="title")
    known = set(store.districts)
    named = [one.record.get("district") for one in plan.planned]
    plan.new_districts = sorted({name for name in named if isinstance(name, str)} - known)


def _recognise_organizations(draft: Draft, store: Catalogue) -> None:
    """An organization that is known keeps its id and its status; its new entries are unverified, not prospects."""
    by_number = {row.corporate_number: ref for ref, row in store.organizations.items() if row.corporate_number}
    by_name = {row.name: ref for ref, row in store.organizations.items()}
    known: dict[str, str] = {}
    for entry in draft.organizations:
        record = entry.record
        ref = by_number.get(record.get("corporate_number", "")) or by_name.get(record["name"])
        if ref is not None and ref != record["id"]:
            known[record["id"]] = ref
            record["id"] = ref
        if ref is not None:
            for name in ("status", "publication", "name", "type"):
                record.pop(name, None)
            record["name"] = store.organizations[ref].name
    for entry in (*draft.sites, *draft.opportunities):
        owner = entry.record["organization_id"]
        entry.record["organization_id"] = known.get(owner, owner)
        if owner in known and entry in draft.opportunities:
            entry.record["status"] = "unverified"
    confirmed_sites = {
        row.site_id for ref, row in store.opportunities.items() if _confirmed(store.opportunity(ref)) and row.site_id
    }
    draft.sites = [
        entry
        for entry in draft.sites
        if entry.record["id"] not in store.sites or store.sites[entry.record["id"]].id not in confirmed_sites
    ]


def _confirmed(stored: Record) -> bool:
    """Whether a host has confirmed this opportunity; a published list never overwrites that."""
    if not stored:
        return False
    method = str(stored.get("verification_method", ""))
    answered = VOCABULARIES["verification_methods"].group(method) == HOST_ANSWERED
    return stored.get("status") not in UNCONFIRMED or (answered and "verified_on" in stored)


def _refers(
    plan: Preview, kind: str, entry: Entry, name: str, known: set[str], stored: Record, *, optional: bool = False
) -> bool:
    ref = entry.record.get(name)
    if ref is ERASE or (ref is None and (optional or name in stored)):
        return True
    if ref in known:
        return True
    what = "団体" if name == "organization_id" else "場所"
    title = entry.record.get("title") or entry.record.get("name") or entry.record["id"]
    missing = f"「{ref}」という{what}IDは" if ref else f"{what}IDが空で、その{what}は"
    sentence = f"「{title}」の{missing}ファイルにも台帳にもありません。{what}の行を足すか、IDを直してください。"
    plan.problems.append(Problem(entry.line, word_for(kind, name), sentence, True))
    return False


def _plan_people(session: Session, draft: Draft, plan: Preview, *, on: date) -> None:
    store = People.read(session)
    counted = date.fromisoformat(draft.exported_on) if draft.exported_on else on
    plan.counted_on = counted
    for entry in draft.participants:
        _plan(plan, "participant", entry, store.participant(entry.record["id"], on=counted), title="display_name")
    named = [one.record.get("district") for one in plan.planned]
    plan.new_districts = sorted({name for name in named if isinstance(name, str)} - set(store.districts))


def _plan(
    plan: Preview,
    kind: Literal["organization", "site", "opportunity", "participant"],
    entry: Entry,
    stored: Record,
    *,
    title: str,
) -> None:
    merged = merge(stored, entry.record)
    changes = tuple(
        _change(kind, name, stored, merged)
        for name in sorted(set(stored) | set(merged))
        if stored.get(name, _absent) != merged.get(name, _absent)
    )
    action: Action = "new" if not stored else "changed" if changes else "unchanged"
    name = str(merged.get(title) or entry.record["id"])
    plan.planned.append(Planned(kind, entry.record["id"], name, action, changes if stored else (), entry.line, merged))


_absent: Any = object()
HIDDEN = ("avoid",)
"""Neutral constraints are compared but never shown, not even here."""


def _change(kind: str, name: str, stored: Record, merged: Record) -> Change:
    if name in HIDDEN:
        return Change(word_for(kind, name), "（表示しません）", "（表示しません）")
    return Change(word_for(kind, name), _short(stored.get(name)), _short(merged.get(name)))


def _short(value: Any) -> str:
    """A value as short text; nothing is 未記入."""
    if value is None:
        return "未記入"
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 1] + "…"


def sentence_of(plan: Preview) -> str:
    """The plan in one sentence, for the command line and the top of the page."""
    parts = []
    for kind, word in KIND_WORDS.items():
        new, changed, same = (plan.count(action, kind) for action in ("new", "changed", "unchanged"))
        if new or changed or same:
            parts.append(f"{word}：新しい {new}件、変わる {changed}件、同じ {same}件")
    blocking = sum(problem.blocking for problem in plan.problems)
    told = f"。取り込めない行 {blocking}件" if blocking else ""
    return "／".join(parts) + told if parts else f"取り込めるものがありません{told}"
