"""What an import says: what would happen, what needs a look, and what has happened."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from models.importing import ImportBatch
from seed.labels import KIND_WORDS
from seed.previewing import Planned, Preview
from seed.problems import Problem
from seed.reading.opendata import FIELD_OF
from seed.writing.columns import COLUMNS
from web.local_words import LocalWords
from web.pages.changed import ChangeLine
from web.pages.facility_list import ListFields, fields_of, list_remarks, suggestion_lines
from web.pages.same_or_new import MOST_ASKED, RowQuestion, row_questions
from web.services.import_applying import fingerprint
from web.services.import_states import APPLIED, DROPPED, TAKEN_BACK, WAITING
from web.wording import moment

MOST_SHOWN = 200
FACILITY_LIST = "施設の一覧"
KIND_OF_FILE = {"catalogue": "場所の台帳", "participants": "本人のファイル"}
STATE_WORDS = {
    WAITING: "確かめている途中",
    APPLIED: "取り込み済み",
    DROPPED: "取り込まずに終了",
    TAKEN_BACK: "取り消し済み",
}
SOMEBODY = "前の担当者"


@dataclass(frozen=True)
class BatchLine:
    """One import of the list."""

    address: str
    name: str
    kind: str
    state: str
    when: str
    who: str


@dataclass(frozen=True)
class Count:
    label: str
    words: str


@dataclass(frozen=True)
class UnknownHeader:
    name: str
    chosen: str


@dataclass(frozen=True)
class PreviewPage:
    """Everything to look at before anything is written."""

    counts: list[Count]
    remarks: list[str]
    other_town: str
    facility_list: ListFields | None
    questions: list[RowQuestion]
    more_questions: int
    unknown_headers: list[UnknownHeader]
    columns: list[str]
    problems: list[Problem]
    more_problems: int
    changes: list[ChangeLine]
    more_changes: int
    suggestions: list[ChangeLine]
    more_suggestions: int
    vanished: list[str]
    more_vanished: int
    new: list[str]
    more_new: int
    amount: int
    button: str
    nothing: str
    fingerprint: str
    moved: str


def batch_line(batch: ImportBatch, names: Mapping[UUID, str], address: str) -> BatchLine:
    return BatchLine(
        address=address,
        name=batch.file_name,
        kind=FACILITY_LIST if batch.list_name else KIND_OF_FILE.get(batch.kind, batch.kind),
        state=STATE_WORDS.get(batch.state, batch.state),
        when=moment(batch.uploaded_at),
        who=names.get(batch.uploaded_by, SOMEBODY) if batch.uploaded_by else SOMEBODY,
    )


def preview_page(
    plan: Preview, chosen: Mapping[str, str], *, words: LocalWords, moved: str = "", typed: ListFields | None = None
) -> PreviewPage:
    """The plan in words; long lists are cut for the eye, never for the import.

    `moved` says why nothing is imported yet; `typed` is what was typed about the list and could not be used.
    """
    new = [_title(one) for one in plan.planned if one.action == "new"]
    changes = [
        ChangeLine(_title(one), words.label(change.label), change.before, change.after)
        for one in plan.planned
        for change in one.changes
    ]
    suggestions = suggestion_lines(plan)
    vanished = [one.name for one in plan.listed.vanished] if plan.listed is not None else []
    # A header answered before may be answered anew, 使わない included.
    answered = [header for header in chosen if header in plan.headers and header not in plan.unmapped]
    left_out = sum(problem.blocking for problem in plan.problems)
    return PreviewPage(
        counts=_counts(plan),
        remarks=_remarks(plan, left_out, words),
        other_town=plan.other_municipality or "",
        facility_list=fields_of(plan, typed),
        questions=row_questions(plan.same_or_new),
        more_questions=max(len(plan.same_or_new) - MOST_ASKED, 0),
        unknown_headers=[UnknownHeader(name, chosen.get(name, "")) for name in (*plan.unmapped, *answered)],
        columns=_columns(plan),
        problems=sorted(plan.problems, key=lambda problem: not problem.blocking)[:MOST_SHOWN],
        more_problems=max(len(plan.problems) - MOST_SHOWN, 0),
        changes=changes[:MOST_SHOWN],
        more_changes=max(len(changes) - MOST_SHOWN, 0),
        suggestions=suggestions[:MOST_SHOWN],
        more_suggestions=max(len(suggestions) - MOST_SHOWN, 0),
        vanished=vanished[:MOST_SHOWN],
        more_vanished=max(len(vanished) - MOST_SHOWN, 0),
        new=new[:MOST_SHOWN],
        more_new=max(len(new) - MOST_SHOWN, 0),
        amount=plan.ready,
        button=_button(plan),
        nothing="読める行がありません。" if left_out and not plan.planned else "どれも、いまの記録と同じです。",
        fingerprint=fingerprint(plan),
        moved=moved,
    )


def _button(plan: Preview) -> str:
    """What importing does, in the words of the button; nothing where there is nothing to do."""
    if plan.ready:
        return f"{plan.ready}件を取り込む"
    return "この一覧を残す" if plan.has_work else ""


def _title(one: Planned) -> str:
    return f"{KIND_WORDS[one.kind]}「{one.title}」"


def _counts(plan: Preview) -> list[Count]:
    counts = []
    for kind, word in KIND_WORDS.items():
        told = [
            f"{label} {count}"
            for action, label in (("new", "新しい"), ("changed", "変わる"), ("unchanged", "同じ"))
            if (count := sum(one.action == action and one.kind == kind for one in plan.planned))
        ]
        if told:
            counts.append(Count(word, "・".join(told)))
    return counts


def _remarks(plan: Preview, left_out: int, words: LocalWords) -> list[str]:
    remarks = []
    if plan.other_municipality and plan.has_work:
        remarks.append(
            f"このファイルは「{plan.other_municipality}」のものです。"
            "取り違えでなければ、いちばん下の「このまま取り込む」に印をつけて取り込みます。"
        )
    if left_out:
        remarks.append(f"読めなかった{left_out}件は取り込みません。下の「見てほしいところ」で行を確かめられます。")
    if plan.new_districts:
        remarks.append(f"新しい{words.district}として「{'」「'.join(plan.new_districts)}」が加わります。")
    if plan.calendar_changes:
        remarks.append("祝日と学校の長い休みの暦が変わります。")
    if plan.listed is not None:
        remarks += list_remarks(plan.listed)
    return remarks


def _columns(plan: Preview) -> list[str]:
    """What a header may mean: the form's columns, or those of a facility list."""
    known = [column.header for column in COLUMNS]
    as_form = len(set(plan.headers) & set(known))
    as_list = len(set(plan.headers) & set(FIELD_OF))
    return known if as_form >= as_list else list(dict.fromkeys(FIELD_OF))
