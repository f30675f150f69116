"""What a facility list is called and of which day it is, as far as its file name and its rows tell."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from pathlib import PurePath

from seed.reading.cells import day, plain

_EIGHT_DIGITS = r"20\d{6}"
_WRITTEN = r"(?:20\d\d|(?:令和|R)\.?\d{1,2})[-_.年]\d{1,2}[-_.月]\d{1,2}日?"
# The brackets and 現在 around a date go with it, or they would stay behind alone.
_DATE = re.compile(rf"[（(_\-\s]*(?<![0-9A-Za-z])({_EIGHT_DIGITS}|{_WRITTEN})(?!\d)(?:現在|時点)?[）)]*")
_LOOSE_ENDS = " _-"
UNNAMED = "施設の一覧"


def evidence(name: str, when: date | None) -> str:
    """`公共施設一覧（2026年4月1日）`: where an entry comes from."""
    return f"{name}（{when.year}年{when.month}月{when.day}日）" if when else name


def suggested(file_name: str, municipalities: Iterable[str]) -> tuple[str, date | None]:
    """(the name, the date) to begin with; the date is None where the file name holds none.

    `municipalities` are those the rows name: one that all rows share stands in front of the name.
    """
    stem = plain(PurePath(file_name).stem)
    name, when = stem, None
    for found in _DATE.finditer(stem):
        when = _as_date(found[1])
        if when is not None:
            name = (stem[: found.start()] + " " + stem[found.end() :]).strip(_LOOSE_ENDS) or stem
            break
    named = set(municipalities)
    whose = named.pop() if len(named) == 1 else ""
    return (name if whose in name else f"{whose} {name}".strip()) or UNNAMED, when


def _as_date(text: str) -> date | None:
    parts = f"{text[:4]}-{text[4:6]}-{text[6:]}" if text.isdigit() else text.replace("_", "-")
    try:
        return date.fromisoformat(day(parts))
    except ValueError:
        return None
