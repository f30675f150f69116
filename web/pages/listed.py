"""What a published list says otherwise than we do (一覧との違い), in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from models.places import Place
from models.suggestions import ListedHere, Said, entries_of
from seed.changes_shown import words_for
from seed.labels import word_for
from seed.lists.flat import flat
from seed.lists.merging import agrees, group_of
from seed.rows import values_of

ELSEWHERE = ""
BESIDE: Mapping[tuple[str, str], str] = {
    ("site", "phone"): "電話",
    ("organization", "phone"): "電話",
    ("site", "name"): "場所",
    ("site", "alias"): "場所",
    ("site", "address"): "住所",
    ("site", "latitude"): "住所",
    ("opportunity", "slots"): "開いている時間",
}
"""The fact of the page beside which a difference stands; all others stand together (ELSEWHERE)."""


SAID_BY_THE_FACT = frozenset({("site", "phone"), ("site", "name"), ("site", "address"), ("opportunity", "slots")})
"""Differences that need no label of their own where they stand."""


@dataclass(frozen=True)
class SaidByList:
    """「一覧では 0197-…（公共施設一覧 2026年4月1日）」"""

    key: UUID
    field: str
    words: str
    source: str


def said_by_lists(place: Place, listed: ListedHere, *, town: str) -> dict[str, list[SaidByList]]:
    """Differences by the label of the fact they stand beside. Where both say the same by now, there is none."""
    entries = entries_of(place.opportunity, place.host, place.site)
    beside: dict[str, list[SaidByList]] = defaultdict(list)
    for said in listed.said:
        one = said.suggestion
        known = flat(values_of(entries[one.kind, one.target_ref]))
        if agrees(known, one.value, town):
            continue
        beside[BESIDE.get((one.kind, one.field), ELSEWHERE)].append(
            SaidByList(
                one.id,
                "" if (one.kind, one.field) in SAID_BY_THE_FACT else _label(one.kind, one.field),
                value_words(one.kind, one.field, one.value),
                _source(said),
            )
        )
    return dict(beside)


def gone_words(listed: ListedHere) -> list[str]:
    return [f"{_month(one.since)}の一覧（{one.list_name}）から消えています。" for one in listed.gone]


def _label(kind: str, field: str) -> str:
    return "団体の電話" if (kind, field) == ("organization", "phone") else field_words(kind, field)


def _source(said: Said) -> str:
    day = said.suggestion.list_date
    return f"{said.list_name} {day.year}年{day.month}月{day.day}日" if day else said.list_name


def _month(day: date) -> str:
    return f"{day.year}年{day.month}月"


POSITION, PHONE = "緯度・経度", "電話"


def field_words(kind: str, field: str) -> str:
    """What the difference is about."""
    if field == "latitude":
        return POSITION
    return PHONE if field == "phone" else word_for(kind, field)


def value_words(kind: str, field: str, record: Mapping[str, Any]) -> str:
    """The value of a field that is decided, with what belongs to it; 未記入 where there is none."""
    group = group_of(kind, field)
    known = {name: record[name] for name in group if record.get(name) is not None}
    if not known:
        return "未記入"
    if field == "phone":
        extension = f"（内線{known['extension']}）" if "extension" in known else ""
        return f"{known.get('phone', '')}{extension}"
    if field == "latitude":
        return "、".join(f"{value:.5f}" for value in known.values())
    return words_for(kind, (field,), known.get(field))
