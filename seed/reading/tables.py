"""Which table a file is, by its headers; a header that no alias knows is asked about, never guessed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from seed.bounds import without_odd_signs
from seed.draft import Draft
from seed.errors import ImportProblem
from seed.problems import Problem
from seed.reading.cells import plain
from seed.reading.form import read_form
from seed.reading.opendata import FIELD_OF, read_facilities
from seed.reading.table import Line
from seed.writing.columns import COLUMNS, Column

FORM = {re.sub(r"\s", "", plain(column.header)): column for column in COLUMNS}
NOT_USED = ""


def read_table(
    lines: Sequence[Line],
    name: str,
    *,
    columns: Mapping[str, str] | None,
    list_name: str | None,
    list_date: date | None,
) -> Draft:
    """A draft from rows whose first line is the header."""
    headers = [without_odd_signs(cell).strip() for cell in lines[0].cells]
    if headers and headers[0].lower().startswith(("<!doctype", "<html")):
        raise ImportProblem(f"「{name}」はウェブページです。表をダウンロードし直してください。")
    draft = Draft("catalogue", name, headers=[header for header in headers if header])
    _twice(headers)
    meant = {header: (columns or {}).get(header, header) for header in headers}
    form, facilities = _known(headers, meant)
    asked = {header for header, target in (columns or {}).items() if target == NOT_USED}
    if {"団体名", "活動名"} <= {column.header for column in form.values()}:
        draft.unmapped = _unmapped(headers, form, asked)
        draft.from_form = True
        read_form(lines[1:], form, draft)
    elif "name" in facilities.values():
        draft.unmapped = _unmapped(headers, facilities, asked)
        read_facilities(lines[1:], facilities, draft, list_name=list_name, list_date=list_date)
    elif form or facilities:
        known = form if len(form) >= len(facilities) else facilities
        draft.unmapped = _unmapped(headers, known, asked)
        sentence = "団体名と活動名の列がどれか分かりません（施設の一覧なら「名称」の列）。下で列を選んでください。"
        draft.problems.append(Problem(lines[0].number, "見出し", sentence, True))
    else:
        told = "・".join(header for header in headers[:6] if header) or "なし"
        raise ImportProblem(
            f"「{name}」の見出し（{told}）は、台帳の表でも施設の一覧でもありません。"
            "1行目に「団体名」「活動名」か「名称」「住所」の見出しがある表を選んでください。"
        )
    if len(lines) == 1:
        draft.problems.append(
            Problem(None, None, "見出しだけで、中身の行がありません。行を書いてから取り込んでください。", True)
        )
    return draft


def _twice(headers: Sequence[str]) -> None:
    named = [header for header in headers if header]
    twice = {header for header in named if named.count(header) > 1}
    if twice:
        raise ImportProblem(
            f"見出し「{'・'.join(sorted(twice))}」が2つあります。片方の名前を変えるか、列を消してください。"
        )


def _known(headers: Sequence[str], meant: Mapping[str, str]) -> tuple[dict[int, Column], dict[int, str]]:
    form: dict[int, Column] = {}
    facilities: dict[int, str] = {}
    for place, header in enumerate(headers):
        word = re.sub(r"\s", "", plain(meant[header]))
        if word in FORM:
            form[place] = FORM[word]
        if word in FIELD_OF and FIELD_OF[word] not in facilities.values():
            facilities[place] = FIELD_OF[word]
    return form, facilities


def _unmapped(headers: Sequence[str], known: Mapping[int, object], asked: set[str]) -> list[str]:
    return [header for place, header in enumerate(headers) if header and place not in known and header not in asked]
