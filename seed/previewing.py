"""What an import would do, said before it is done: new, changed field by field, unchanged, and what is in the way."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlmodel import Session, select

from models.tables import Municipality
from seed.changes_shown import changes_between
from seed.dated import check_dates
from seed.draft import Draft, Entry
from seed.form_lists import restored
from seed.form_rows import recognised
from seed.labels import KIND_WORDS, word_for
from seed.lists.known import known_lists
from seed.lists.planning import ListPlanner
from seed.other_town import other_town
from seed.planned import Action, Change, Planned, Preview, RecordKind
from seed.problems import Problem
from seed.records import ERASE, Record, merge
from seed.store import Catalogue, People

__all__ = ["Action", "Change", "Planned", "Preview", "preview", "sentence_of"]

TITLES: Mapping[RecordKind, str] = {
    "organization": "name",
    "site": "name",
    "opportunity": "title",
    "participant": "display_name",
}


def preview(session: Session, draft: Draft, *, on: date, same_as: Mapping[str, str] | None = None) -> Preview:
    """Compare a draft with what is stored. Nothing is written.

    `same_as` is what somebody said about form rows without ids: id made of names → id of a known entry, "" for new.
    """
    check_dates(draft, on=on)
    plan = Preview(draft.kind, draft.source, problems=list(draft.problems), unmapped=list(draft.unmapped))
    plan.headers = list(draft.headers)
    plan.list_name, plan.list_date = draft.list_name, draft.list_date
    if draft.kind == "catalogue":
        _plan_catalogue(session, draft, plan, same_as or {})
    else:
        _plan_people(session, draft, plan, on=on)
    _note_municipality(session, draft, plan)
    plan.problems.sort(key=lambda problem: (problem.line or 0, problem.field or ""))
    return plan


def _note_municipality(session: Session, draft: Draft, plan: Preview) -> None:
    ours = session.exec(select(Municipality)).first()
    if ours is not None:
        plan.other_municipality = other_town(draft, ours)
    if ours is not None and draft.calendar is not None:
        plan.calendar = draft.calendar
        plan.calendar_changes = draft.calendar != (ours.calendar or {})


def _plan_catalogue(session: Session, draft: Draft, plan: Preview, same_as: Mapping[str, str]) -> None:
    store = Catalogue.read(session)
    if draft.open_data:
        _plan_list(session, draft, plan, store)
        return
    if draft.made_ids:
        town = session.exec(select(Municipality.name)).one()
        draft, plan.same_or_new = recognised(draft, store, same_as, town=town)
    hosts = set(store.organizations) | {entry.record["id"] for entry in draft.organizations}
    sites = set(store.sites) | {entry.record["id"] for entry in draft.sites}
    for entry in draft.organizations:
        _plan(plan, "organization", entry, store.organization(entry.record["id"]))
    for entry in draft.sites:
        stored = store.site(entry.record["id"])
        if _refers(plan, "site", entry, "organization_id", hosts, stored):
            _plan(plan, "site", entry, stored)
    for entry in draft.opportunities:
        stored = store.opportunity(entry.record["id"])
        if draft.from_form:
            entry = Entry(restored(stored, entry.record), entry.line)
        here = _refers(plan, "opportunity", entry, "organization_id", hosts, stored)
        if _refers(plan, "opportunity", entry, "site_id", sites, stored, optional=True) and here:
            _plan(plan, "opportunity", entry, stored)
    known = set(store.districts)
    named = [one.record.get("district") for one in plan.planned]
    plan.new_districts = sorted({name for name in named if isinstance(name, str)} - known)


def _plan_list(session: Session, draft: Draft, plan: Preview, store: Catalogue) -> None:
    planner = ListPlanner(session, draft, store)
    plan.listed = planner.plan
    plan.known_lists = [one.name for one in known_lists(session)]
    plan.problems += planner.problems
    for one in planner.outlooks:
        _compare(plan, one.kind, one.ref, one.line, one.stored, one.after)


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
        _plan(plan, "participant", entry, store.participant(entry.record["id"], on=counted))
    named = [one.record.get("district") for one in plan.planned]
    plan.new_districts = sorted({name for name in named if isinstance(name, str)} - set(store.districts))


def _plan(plan: Preview, kind: RecordKind, entry: Entry, stored: Record) -> None:
    _compare(plan, kind, entry.record["id"], entry.line, stored, merge(stored, entry.record))


def _compare(plan: Preview, kind: RecordKind, ref: str, line: int | None, stored: Record, after: Record) -> None:
    changes = changes_between(kind, stored, after) if stored else ()
    action: Action = "new" if not stored else "changed" if changes else "unchanged"
    title = str(after.get(TITLES[kind]) or ref)
    plan.planned.append(Planned(kind, ref, title, action, changes, line, after))


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
