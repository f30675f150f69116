"""Two questions about a facility list (施設の一覧): what it is called, and of which day it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from seed.previewing import Preview
from web.pages.day_field import day_typed, field_type

LONGEST_NAME = 100
OLDEST_DAY = date(1990, 1, 1)
"""Before it there was no open data: an earlier year was typed with too few digits."""


@dataclass(frozen=True)
class ListAnswer:
    """What the list is called; its date, None where nobody knows it."""

    name: str
    day: date | None


@dataclass(frozen=True)
class ListFields:
    """The two fields as they stand on the page: what was typed stays, with the sentence beside it.

    `evidence` is what the first entry of the list, `of`, would say about where it comes from.
    """

    name: str
    day: str
    name_error: str = ""
    day_error: str = ""
    of: str = ""
    evidence: str = ""

    @property
    def day_type(self) -> str:
        return field_type(self.day)


def answer_of(form: Mapping[str, str], *, on: date) -> ListAnswer | ListFields:
    """What was typed, or the fields again with a sentence beside each that cannot be used."""
    name = " ".join(form.get("list_name", "").split())
    typed = form.get("list_date", "").strip()
    name_error = _wrong_name(name)
    day_error, when = _day_of(typed, on)
    if name_error or day_error:
        return ListFields(form.get("list_name", ""), typed, name_error, day_error)
    return ListAnswer(name, when)


def _wrong_name(name: str) -> str:
    if not name:
        return "一覧の名前が空です。公開しているページにある名前（例：公共施設一覧）を入れてください。"
    if len(name) > LONGEST_NAME:
        return f"一覧の名前が{len(name)}文字あります。{LONGEST_NAME}文字までに短くしてください。"
    return ""


def _day_of(typed: str, on: date) -> tuple[str, date | None]:
    """(what is wrong, the date); empty is unknown and fine."""
    if not typed:
        return "", None
    try:
        when = day_typed(typed)
    except ValueError:
        return f"「{typed[:20]}」は日付として読めません。2026-04-01 や 令和8年4月1日 のように入れてください。", None
    if when < OLDEST_DAY:
        return f"{when.year}年になっています。西暦の4けたで入れてください（例：2026-04-01）。", None
    if when > on:
        return "今日より先の日付です。一覧が作られた日を入れてください。わからなければ、空のままで大丈夫です。", None
    return "", when


def fields_of(plan: Preview, typed: ListFields | None) -> ListFields | None:
    """The fields of the preview, filled with what is known; None where the file is no facility list."""
    if plan.list_name is None:
        return None
    name, when = plan.list_name, plan.list_date.isoformat() if plan.list_date else ""
    fields = typed or ListFields(name, when)
    first = next((one for one in plan.planned if one.kind == "opportunity" and "source_evidence" in one.record), None)
    return replace(fields, of=first.title, evidence=first.record["source_evidence"]) if first else fields
