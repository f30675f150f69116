"""Open-data facility lists (公共施設一覧): names to call, not yet places to propose."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from seed.bounds import cleaned, text_fault
from seed.draft import Draft
from seed.lists.facility import Facility
from seed.problems import Problem
from seed.reading.cells import plain
from seed.reading.checking import LEFT_OUT
from seed.reading.facility import facility_of
from seed.reading.list_name import suggested
from seed.reading.same_rows import told_once
from seed.reading.table import Line

ALIASES: Mapping[str, tuple[str, ...]] = {
    "code": ("都道府県コード又は市区町村コード", "全国地方公共団体コード", "市区町村コード"),
    "number": ("NO", "ID"),
    "number2": ("ID2",),
    "prefecture": ("都道府県名", "所在地_都道府県"),
    "municipality": ("市区町村名", "所在地_市区町村", "地方公共団体名"),
    "name": ("名称", "施設名", "施設名称", "農園名"),
    "kana": ("名称_カナ", "名称カナ"),
    "alias": ("名称_通称", "通称"),
    "poi": ("POIコード",),
    "address": ("住所", "所在地_連結表記", "所在地_連結標記", "所在地"),
    "building": ("方書", "建物名等(方書)"),
    "latitude": ("緯度",),
    "longitude": ("経度",),
    "phone": ("電話番号",),
    "extension": ("内線番号",),
    "corporate_number": ("法人番号",),
    "organization": ("団体名",),
    "days": ("利用可能曜日",),
    "start": ("開始時間",),
    "end": ("終了時間",),
    "season_note": ("利用可能日時特記事項",),
    "description": ("説明",),
    "accessibility": ("バリアフリー情報",),
    "url": ("URL",),
    "notes": ("備考",),
}
FIELD_OF = {plain(alias): field for field, aliases in ALIASES.items() for alias in aliases}


def read_facilities(
    lines: Sequence[Line], fields: Mapping[int, str], draft: Draft, *, list_name: str | None, list_date: date | None
) -> None:
    """Fill the draft with the rows of the list, as they are written; which entries they stand for is found later.

    Where nobody says what the list is called, its file name does, and the date in it.
    """
    rows = [(line, _told(line, fields, draft.problems)) for line in lines]
    if list_name is None:
        list_name, dated = suggested(draft.source, (told.get("municipality", "") for _, told in rows))
        list_date = list_date or dated
    draft.open_data, draft.list_name, draft.list_date = True, list_name, list_date
    facilities: list[Facility] = []
    for line, told in rows:
        if "name" not in told:
            sentence = "名称が空なので取り込めません。名称を書いてください。"
            draft.problems.append(Problem(line.number, "名称", sentence, True))
            continue
        facility = facility_of(told, line.number, draft.problems)
        if facility is not None:
            facilities.append(facility)
    draft.facilities = told_once(facilities, draft.problems)


def _told(line: Line, fields: Mapping[int, str], problems: list[Problem]) -> dict[str, str]:
    """The cells of one row that say something, by field; one with signs that nobody can keep says nothing."""
    told: dict[str, str] = {}
    for place, field in fields.items():
        cell = cleaned(line.cells[place]).strip() if place < len(line.cells) else ""
        if why := text_fault(cell):
            header = ALIASES[field][0]
            problems.append(Problem(line.number, header, f"「{header}」に{why}。{LEFT_OUT}", False))
        elif cell:
            told[field] = cell
    return told
