"""Open-data facility lists (公共施設一覧): names to call, not yet places to propose."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date

from seed.draft import Draft, Entry
from seed.problems import Problem
from seed.reading.cells import days, plain
from seed.reading.list_name import evidence, suggested
from seed.reading.table import Line
from seed.records import Record

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
LATITUDES, LONGITUDES = (20.0, 46.0), (122.0, 155.0)


def read_facilities(
    lines: Sequence[Line], fields: Mapping[int, str], draft: Draft, *, list_name: str | None, list_date: date | None
) -> None:
    """Fill the draft with prospects: the same row always gets the same ids, whatever its list is called.

    Where nobody says what the list is called, its file name does, and the date in it.
    """
    rows = [(line, _told(line, fields)) for line in lines]
    if list_name is None:
        list_name, dated = suggested(draft.source, (told.get("municipality", "") for _, told in rows))
        list_date = list_date or dated
    draft.open_data, draft.list_name, draft.list_date = True, list_name, list_date
    seen: dict[str, str] = {}
    for line, told in rows:
        if "name" not in told:
            sentence = "名称が空なので取り込めません。名称を書いてください。"
            draft.problems.append(Problem(line.number, "名称", sentence, True))
            continue
        base = f"od-{_code(told)}-{_number(told)}"
        owner = told.get("organization") or told["name"]
        key = told.get("corporate_number") or owner
        known = seen.get(key)
        if known is None:
            seen[key] = f"{base}-org"
            draft.organizations.append(Entry(_organization(told, f"{base}-org", owner), line.number))
        draft.sites.append(Entry(_site(told, f"{base}-site", seen[key], line, draft), line.number))
        draft.opportunities.append(
            Entry(_opportunity(told, base, seen[key], list_name=list_name, list_date=list_date), line.number)
        )


def _told(line: Line, fields: Mapping[int, str]) -> dict[str, str]:
    """The cells of one row that say something, by field."""
    return {
        field: cell.strip()
        for place, field in fields.items()
        if place < len(line.cells) and (cell := line.cells[place]).strip()
    }


def _code(told: Mapping[str, str]) -> str:
    # Lists without a code number their rows from 1: only name and address tell two such lists apart.
    code = "".join(character for character in told.get("code", "") if character.isalnum())
    return code or hashlib.sha256(plain(told["name"] + told.get("address", "")).encode()).hexdigest()[:8]


def _number(told: Mapping[str, str]) -> str:
    words = "-".join(told[field] for field in ("number", "number2") if field in told)
    usable = "".join(character if character.isascii() and character.isalnum() else "-" for character in words).strip(
        "-"
    )
    return usable[:40] or hashlib.sha256((told["name"] + told.get("address", "")).encode()).hexdigest()[:10]


def _organization(told: Mapping[str, str], ref: str, owner: str) -> Record:
    record: Record = {"id": ref, "name": owner, "status": "prospect", "publication": "staff"}
    if told.get("corporate_number", "").isdigit() and len(told["corporate_number"]) == 13:
        record["corporate_number"] = told["corporate_number"]
    contact = {name: told[name] for name in ("phone", "extension") if name in told}
    return {**record, **({"contact": contact} if contact else {})}


def _site(told: Mapping[str, str], ref: str, owner: str, line: Line, draft: Draft) -> Record:
    address = told.get("address", "")
    if address:
        before = told.get("prefecture", "") + told.get("municipality", "")
        address = address if told.get("municipality", "") in address else before + address
        address += f" {told['building']}" if "building" in told else ""
    record: Record = {"id": ref, "organization_id": owner, "name": told["name"]}
    for name, value in (
        ("kana", told.get("kana")),
        ("alias", told.get("alias")),
        ("address", address or None),
        ("url", told.get("url")),
        ("accessibility_note", told.get("accessibility")),
        ("x_poi_code", told.get("poi")),
    ):
        if value:
            record[name] = value
    if "latitude" in told or "longitude" in told:
        try:
            latitude, longitude = float(told.get("latitude", "")), float(told.get("longitude", ""))
            inside = LATITUDES[0] <= latitude <= LATITUDES[1] and LONGITUDES[0] <= longitude <= LONGITUDES[1]
        except ValueError:
            inside = False
        if inside:
            record["latitude"], record["longitude"] = latitude, longitude
        else:
            sentence = f"「{told['name']}」の緯度・経度が日本の外か、数ではありません。場所は住所から求めます。"
            draft.problems.append(Problem(line.number, "緯度・経度", sentence, False))
    return record


def _opportunity(told: Mapping[str, str], base: str, owner: str, *, list_name: str, list_date: date | None) -> Record:
    source = evidence(list_name, list_date)
    record: Record = {
        "id": f"{base}-opp",
        "organization_id": owner,
        "site_id": f"{base}-site",
        "title": f"{told['name']}（活動は未確認）",
        "status": "prospect",
        "publication": "staff",
        "verification_method": "public_source",
        "source_evidence": f"{told['description']}：{source}" if "description" in told else source,
    }
    if "notes" in told:
        record["notes"] = told["notes"]
    slot = _slot(told)
    return {**record, **({"slots": [slot]} if slot else {})}


def _slot(told: Mapping[str, str]) -> Record:
    slot: Record = {}
    try:
        if "days" in told:
            slot["days"] = days(told["days"])
    except ValueError:
        slot["season_note"] = told["days"]
    for name in ("start", "end"):
        clock = plain(told.get(name, "")).rjust(5, "0")[:5]
        hours, _, minutes = clock.partition(":")
        if hours.isdigit() and minutes.isdigit() and int(hours) < 24 and int(minutes) < 60:
            slot[name] = clock
    if "season_note" in told:
        slot["season_note"] = told["season_note"]
    return slot
