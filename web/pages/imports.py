"""The preview of an import in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from seed.labels import KIND_WORDS
from seed.previewing import Preview
from seed.problems import Problem
from seed.reading.opendata import ALIASES
from seed.writing.columns import COLUMNS

KINDS = {"catalogue": "場所の台帳", "participants": "本人のファイル", "open_data": "公共施設の一覧"}
STATES = {"waiting": "確認中", "applied": "取り込み済み", "dropped": "やめた"}
MOST_CHANGES, MOST_NEW = 200, 100


@dataclass(frozen=True)
class Count:
    """How many of one kind."""

    label: str
    words: str


@dataclass(frozen=True)
class ChangeRow:
    """One field of one record that would change."""

    title: str
    field: str
    before: str
    after: str


@dataclass(frozen=True)
class Header:
    """A heading that no alias knows, and what was chosen for it."""

    name: str
    chosen: str


@dataclass(frozen=True)
class PreviewPage:
    """Everything the preview shows."""

    counts: list[Count]
    remarks: list[str]
    unknown_headers: list[Header]
    columns: list[str]
    problems: list[Problem]
    changes: list[ChangeRow]
    more_changes: int
    new: list[str]
    more_new: int
    amount: int
    nothing: str
    fingerprint: str
    moved: bool


def preview_page(plan: Preview, *, chosen: Mapping[str, Any], fingerprint: str, moved: bool) -> PreviewPage:
    counts = []
    for kind, word in KIND_WORDS.items():
        new, changed, same = (plan.count(action, kind) for action in ("new", "changed", "unchanged"))
        if new or changed or same:
            counts.append(Count(word, f"新しい {new}・変わる {changed}・そのまま {same}"))
    changes = [
        ChangeRow(one.title, change.label, change.before, change.after)
        for one in plan.planned
        for change in one.changes
    ]
    new_titles = [f"{KIND_WORDS[one.kind]}：{one.title}" for one in plan.planned if one.action == "new"]
    facilities = any(one.ref.startswith("od-") for one in plan.planned)
    fields = [aliases[0] for aliases in ALIASES.values()] if facilities else [column.header for column in COLUMNS]
    asked = [*plan.unmapped, *(header for header in chosen if header not in plan.unmapped)]
    return PreviewPage(
        counts=counts,
        remarks=_remarks(plan),
        unknown_headers=[Header(name, str(chosen.get(name, ""))) for name in asked],
        columns=list(dict.fromkeys([*fields, *(() if plan.planned else (aliases[0] for aliases in ALIASES.values()))])),
        problems=plan.problems,
        changes=changes[:MOST_CHANGES],
        more_changes=max(len(changes) - MOST_CHANGES, 0),
        new=new_titles[:MOST_NEW],
        more_new=max(len(new_titles) - MOST_NEW, 0),
        amount=plan.ready,
        nothing="もう同じ内容が入っています。" if plan.planned else "読める行がありませんでした。",
        fingerprint=fingerprint,
        moved=moved,
    )


def _remarks(plan: Preview) -> list[str]:
    remarks = []
    if plan.other_municipality:
        remarks.append(
            f"このファイルは「{plan.other_municipality}」のものです。この市町村に取り込んでよいか確かめてください。"
        )
    if plan.new_districts:
        remarks.append(f"新しい地区ができます：{'、'.join(plan.new_districts)}")
    if plan.calendar_changes:
        remarks.append("祝日と学校の休みも、このファイルのものに変わります。")
    return remarks
