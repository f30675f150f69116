"""One row of a facility list as it is written: who keeps the place, where it is, when it can be used."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from seed.bounds import LONGEST_NAME, in_japan
from seed.lists.facility import Facility
from seed.problems import Problem
from seed.reading.cells import days
from seed.reading.checking import kept
from seed.reading.corporate_numbers import read_corporate_number
from seed.reading.listed_hours import kept_as_words, listed_hours
from seed.reading.sentences import shown
from seed.reading.telephones import with_zero
from seed.records import Record

LONGEST_NUMBER = 100
"""Signs of a row's own number; by it the row is found again."""


def facility_of(told: Mapping[str, str], line: int, problems: list[Problem]) -> Facility | None:
    """The row; what cannot be read or kept of it is told and costs nothing else. None without a name that can be kept."""
    told = {**told, **_telephone(told, line, problems)}
    site = _kept("site", _site(told, _address(told), line, problems), line, problems)
    if site is None:
        return None
    name = site["name"]
    organization = _kept("organization", _organization(told, name, line, problems), line, problems)
    if organization is None:
        organization = {"name": name}
    owner = organization.pop("name")
    opportunity = _kept("opportunity", _opportunity(told, name, line, problems), line, problems)
    return Facility(
        line=line,
        number=_number(told, line, problems),
        name=name,
        address=site.get("address", ""),
        owner=owner,
        own=owner == name,
        code="".join(character for character in told.get("code", "") if character.isalnum()),
        municipality=told.get("municipality", ""),
        organization=organization,
        site=site,
        opportunity=opportunity or {"title": _title(name)},
    )


def _kept(kind: str, record: Record, line: int, problems: list[Problem]) -> Record | None:
    """As for any other file: the same bounds and the same schema."""
    whole, wrong = kept("catalogue", kind, record, line, of_a_row=True)
    if kind != "site":
        # Only the place itself is needed: without the rest there is more to ask.
        wrong = [replace(problem, blocking=False) for problem in wrong]
    problems.extend(wrong)
    return whole


def _number(told: Mapping[str, str], line: int, problems: list[Problem]) -> str:
    number = "-".join(told[field] for field in ("number", "number2") if field in told)
    if len(number) <= LONGEST_NUMBER:
        return number
    sentence = f"番号が長すぎます（{len(number)}字。{LONGEST_NUMBER}字まで）。番号はないものとして読みました。"
    problems.append(Problem(line, "番号", sentence, False))
    return ""


def _title(name: str) -> str:
    title = f"{name}（活動は未確認）"
    return title if len(title) <= LONGEST_NAME else name


def _address(told: Mapping[str, str]) -> str:
    address = told.get("address", "")
    if not address:
        return ""
    if told.get("municipality", "") not in address:
        address = told.get("prefecture", "") + told.get("municipality", "") + address
    return f"{address} {told['building']}" if "building" in told else address


def _telephone(told: Mapping[str, str], line: int, problems: list[Problem]) -> dict[str, str]:
    number = with_zero(told.get("phone", ""))
    if number is None:
        return {}
    sentence = f"電話番号「{told['phone']}」は先頭の0が落ちています。「{number}」として読みました。"
    problems.append(Problem(line, "電話番号", sentence, False))
    return {"phone": number}


def _organization(told: Mapping[str, str], name: str, line: int, problems: list[Problem]) -> Record:
    written = told.get("corporate_number", "")
    owner = {"name": told.get("organization") or name}
    if not written:
        return owner
    number = read_corporate_number(written)
    if number is None:
        sentence = f"法人番号「{shown(written)}」が13けたの数字ではないので取り込みません。直してください。"
        problems.append(Problem(line, "法人番号", sentence, False))
        return owner
    # What was folded is told where all files are checked.
    return {**owner, "corporate_number": written}


def _site(told: Mapping[str, str], address: str, line: int, problems: list[Problem]) -> Record:
    record: Record = {"name": told["name"]}
    for name, value in (
        ("kana", told.get("kana")),
        ("alias", told.get("alias")),
        ("address", address or None),
        ("phone", told.get("phone")),
        ("extension", told.get("extension")),
        ("url", told.get("url")),
        ("accessibility_note", told.get("accessibility")),
        ("x_poi_code", told.get("poi")),
    ):
        if value:
            record[name] = value
    if "latitude" in told or "longitude" in told:
        try:
            latitude, longitude = float(told.get("latitude", "")), float(told.get("longitude", ""))
            inside = in_japan(latitude, longitude)
        except ValueError:
            inside = False
        if inside:
            record["latitude"], record["longitude"] = latitude, longitude
        else:
            sentence = f"「{told['name']}」の緯度・経度が日本の外か、数ではありません。場所は住所から求めます。"
            problems.append(Problem(line, "緯度・経度", sentence, False))
    return record


def _opportunity(told: Mapping[str, str], name: str, line: int, problems: list[Problem]) -> Record:
    record: Record = {"title": _title(name)}
    if "description" in told:
        record["source_evidence"] = told["description"]
    if "notes" in told:
        record["notes"] = told["notes"]
    slot = _slot(told, line, problems)
    return {**record, **({"slots": [slot]} if slot else {})}


def _slot(told: Mapping[str, str], line: int, problems: list[Problem]) -> Record:
    """When the place can be used. Words that cannot be read are kept as words, and leave days or hours unknown."""
    slot: Record = {}
    words: list[str] = []
    if "days" in told:
        try:
            slot["days"] = days(told["days"])
        except ValueError:
            words.append(told["days"])
            sentence = kept_as_words("利用可能曜日", told["days"])
            problems.append(Problem(line, "利用可能曜日", sentence, False))
    hours, unread, sentences = listed_hours(told.get("start"), told.get("end"))
    problems.extend(Problem(line, header, sentence, False) for header, sentence in sentences)
    words.extend([*unread, *([told["season_note"]] if "season_note" in told else [])])
    return {**slot, **hours, **({"season_note": "、".join(words)} if words else {})}
