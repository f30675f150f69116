"""Two questions about a facility list (施設の一覧): what it is called, and of which day it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from seed.labels import KIND_WORDS
from seed.lists.flat import flat
from seed.lists.planned import ListPlan
from seed.previewing import Preview
from seed.reading.list_name import evidence
from web.pages.changed import ChangeLine
from web.pages.day_field import day_typed, field_type
from web.pages.listed import field_words, value_words

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
    known: tuple[str, ...] = ()
    """Lists that were imported before, to be offered while the name is typed."""
    question: str = ""

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
    name, when_told = plan.list_name, plan.list_date
    when = when_told.isoformat() if when_told else ""
    fields = replace(typed or ListFields(name, when), known=tuple(plan.known_lists), question=_question(plan))
    ends = evidence(name, when_told)
    first = next(
        (
            one
            for one in plan.planned
            if one.kind == "opportunity" and str(one.record.get("source_evidence", "")).endswith(ends)
        ),
        None,
    )
    return replace(fields, of=first.title, evidence=first.record["source_evidence"]) if first else fields


def _question(plan: Preview) -> str:
    """Whether it is a new version of a list that is known, asked where it is taken for one or could be one."""
    if plan.listed is None or not plan.known_lists:
        return ""
    if plan.listed.known is None:
        return "前に取り込んだ一覧の新しい版なら、その名前を選んでください。同じ行を見つけて、変わったところだけを見せます。"
    return f"「{plan.listed.name}」の新しい版として読みました。別の一覧なら、名前を変えてください。"


def list_remarks(listed: ListPlan) -> list[str]:
    """What importing the list does besides changing records."""
    remarks = []
    if listed.linked:
        remarks.append(
            f"{listed.linked}か所は、ほかの一覧や台帳にもう入っています。同じ場所につなぎ、空いているところだけを埋めます。"
        )
    if listed.suggestions:
        remarks.append(
            f"確かめた内容や、だれかが書きかえた内容とちがうところが{len(listed.suggestions)}か所あります。"
            "いまの内容は変えずに、場のページに並べて残します。"
        )
    if listed.waiting:
        remarks.append(f"前からのちがい{listed.waiting}か所は、まだ決まっていません。場のページで選べます。")
    if listed.vanished:
        remarks.append(f"前の一覧にあった{len(listed.vanished)}か所が、この一覧にはありません。台帳からは消しません。")
    if listed.returned:
        remarks.append(f"前に消えていた{listed.returned}か所が、戻っています。")
    return remarks


def suggestion_lines(plan: Preview) -> list[ChangeLine]:
    """Each difference that would be noted, beside what stays."""
    if plan.listed is None:
        return []
    entries = {(one.kind, one.ref): one for one in plan.planned}
    lines = []
    for one in plan.listed.suggestions:
        entry = entries[one.kind, one.ref]  # type: ignore[index]
        lines.append(
            ChangeLine(
                f"{KIND_WORDS[one.kind]}「{entry.title}」",
                field_words(one.kind, one.field),
                value_words(one.kind, one.field, flat(entry.record)),
                value_words(one.kind, one.field, one.value),
            )
        )
    return lines
