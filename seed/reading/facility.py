"""One row of a facility list as it is written: who keeps the place, where it is, when it can be used."""

from __future__ import annotations

from collections.abc import Mapping

from seed.bounds import in_japan
from seed.lists.facility import Facility
from seed.problems import Problem
from seed.reading.cells import days
from seed.reading.clocks import read_clock
from seed.reading.telephones import with_zero
from seed.records import Record

CORPORATE_NUMBER_DIGITS = 13


def facility_of(told: Mapping[str, str], line: int, problems: list[Problem]) -> Facility:
    """The row; what cannot be read of it is told and costs nothing else."""
    address = _address(told)
    told = {**told, **_telephone(told, line, problems)}
    return Facility(
        line=line,
        number="-".join(told[field] for field in ("number", "number2") if field in told),
        name=told["name"],
        address=address,
        owner=told.get("organization") or told["name"],
        own=told.get("organization") in (None, told["name"]),
        code="".join(character for character in told.get("code", "") if character.isalnum()),
        municipality=told.get("municipality", ""),
        organization=_organization(told),
        site=_site(told, address, line, problems),
        opportunity=_opportunity(told, line, problems),
    )


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


def _organization(told: Mapping[str, str]) -> Record:
    number = told.get("corporate_number", "")
    if number.isascii() and number.isdigit() and len(number) == CORPORATE_NUMBER_DIGITS:
        return {"corporate_number": number}
    return {}


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


def _opportunity(told: Mapping[str, str], line: int, problems: list[Problem]) -> Record:
    record: Record = {"title": f"{told['name']}（活動は未確認）"}
    if "description" in told:
        record["source_evidence"] = told["description"]
    if "notes" in told:
        record["notes"] = told["notes"]
    slot = _slot(told, line, problems)
    return {**record, **({"slots": [slot]} if slot else {})}


def _slot(told: Mapping[str, str], line: int, problems: list[Problem]) -> Record:
    """When the place can be used. Words that cannot be read are kept as words, and leave days or hours unknown."""
    slot: Record = {}
    kept: list[str] = []
    if "days" in told:
        try:
            slot["days"] = days(told["days"])
        except ValueError:
            kept.append(told["days"])
            _kept_as_words(line, "利用可能曜日", told["days"], problems)
    for name, header in (("start", "開始時間"), ("end", "終了時間")):
        if name not in told:
            continue
        time = read_clock(told[name])
        if time is None or (name, time) == ("start", "24:00"):
            kept.append(f"{header} {told[name]}")
            _kept_as_words(line, header, told[name], problems)
        else:
            slot[name] = time
    words = [*kept, *([told["season_note"]] if "season_note" in told else [])]
    return {**slot, **({"season_note": "、".join(words)} if words else {})}


def _kept_as_words(line: int, header: str, words: str, problems: list[Problem]) -> None:
    sentence = f"{header}「{words}」は読めなかったので、覚え書きとして残しました。{header}は未確認のままです。"
    problems.append(Problem(line, header, sentence, False))
