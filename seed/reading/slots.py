"""曜日と時間 as people write it: `第2・4 金 13:30-15:00; 最終 土 10:00-11:30`. The reverse is in `seed.writing.slot_text`."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from seed.reading.hours import WEEK, letters_of, span

_TIME = r"(?:午前|午後)?\d{1,2}(?::\d{2}(?::\d{2})?|時(?:\d{1,2}分|半)?)"
_SPAN = rf"{_TIME}-{_TIME}"
_TIMES = rf"({_SPAN}(?:[、,・ ]{_SPAN})*)"
_SEASON = r"(?: (\d{1,2})/(\d{1,2})-(\d{1,2})/(\d{1,2}))?"
_WEEKLY = re.compile(
    rf"(?:(毎週|隔週\((\d{{4}}-\d{{2}}-\d{{2}})\)|(?:毎月)?(?:第|最終)[\d・第最終]*) ?)?([月火水木金土日]+) ?{_TIMES}{_SEASON}"
)
_DATED = re.compile(rf"(\d{{4}}-\d{{2}}-\d{{2}}) {_TIMES}{_SEASON}")


def parse_slots(text: str) -> tuple[list[dict[str, Any]], list[str]]:
    """(slots, pieces that could not be read). An unread piece becomes a slot with a season note and unknown times."""
    slots: list[dict[str, Any]] = []
    unread = []
    for piece in re.split(r"[;；\n]", text):
        if not piece.strip():
            continue
        found = _slots(piece)
        if not found:
            unread.append(piece.strip())
            found = [{"season_note": piece.strip()}]
        slots.extend(found)
    return slots, unread


def _plain(piece: str) -> str:
    text = re.sub(r"(?<=[\d分時半])ー(?=[\d午])", "-", letters_of(piece))
    text = re.sub(r"(?<=[月火水木金土日])[・、,] ?(?=[月火水木金土日])", "", text)
    text = re.sub(r"(?<=第\d)[、,](?=第?\d)", "・", text)
    return re.sub(r"\s+", " ", re.sub(r"\s*-\s*", "-", text)).strip()


def _slots(piece: str) -> list[dict[str, Any]]:
    """One slot for each time of the piece; none where it cannot be read."""
    text = _plain(piece)
    if dated := _DATED.fullmatch(text):
        day, times, *season = dated.groups()
        slot: dict[str, Any] = {"dates": [day]}
    elif weekly := _WEEKLY.fullmatch(text):
        weeks, anchor, letters, times, *season = weekly.groups()
        slot = {"days": [name for letter, name in WEEK.items() if letter in letters]}
        if anchor:
            slot["week_pattern"] = {"kind": "alternate", "anchor_date": anchor}
        elif weeks == "毎週":
            slot["week_pattern"] = {"kind": "every"}
        elif weeks:
            numbers = [int(number) for number in re.findall(r"\d", weeks)]
            numbers += [-1] if "最終" in weeks else []
            if not numbers or any(number not in (1, 2, 3, 4, 5, -1) for number in numbers):
                return []
            slot["week_pattern"] = {"kind": "nth", "weeks": list(dict.fromkeys(numbers))}
    else:
        return []
    spans = [span(*one.split("-")) for one in re.findall(_SPAN, times)]
    ends = [] if season[0] is None else [_month_day(season[0], season[1]), _month_day(season[2], season[3])]
    if None in spans or None in ends or not _dates_exist(slot):
        return []
    if ends:
        slot["season_from"], slot["season_until"] = ends
    return [{**slot, "start": one[0], "end": one[1]} for one in spans if one is not None]


def _month_day(month: str, day: str) -> str | None:
    try:
        date(2024, int(month), int(day))
    except ValueError:
        return None
    return f"{int(month):02d}-{int(day):02d}"


def _dates_exist(slot: dict[str, Any]) -> bool:
    pattern = slot.get("week_pattern", {})
    try:
        for day in (*slot.get("dates", ()), *([pattern["anchor_date"]] if "anchor_date" in pattern else ())):
            date.fromisoformat(day)
    except ValueError:
        return False
    return True
