"""曜日と時間 as people write it: `第2・4 金 13:30-15:00; 最終 土 10:00-11:30`. The reverse is in `seed.writing.slot_text`."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Any

from seed.reading.cells import WEEK

DAY_GROUPS = {"平日": "月火水木金", "毎日": "月火水木金土日", "土日": "土日"}
_TIMES = r"(\d{1,2}:\d{2})-(\d{1,2}:\d{2})"
_SEASON = r"(?: (\d{1,2})/(\d{1,2})-(\d{1,2})/(\d{1,2}))?"
_WEEKLY = re.compile(
    rf"(?:(毎週|隔週\((\d{{4}}-\d{{2}}-\d{{2}})\)|(?:毎月)?(?:第|最終)[\d・第最終]*) ?)?([月火水木金土日]+) ?{_TIMES}{_SEASON}"
)
_DATED = re.compile(rf"(\d{{4}}-\d{{2}}-\d{{2}}) {_TIMES}{_SEASON}")


def parse_slots(text: str) -> tuple[list[dict[str, Any]], list[str]]:
    """(slots, pieces that could not be read). An unread piece becomes a slot with a season note and unknown times."""
    slots, unread = [], []
    for piece in re.split(r"[;；\n]", text):
        if not piece.strip():
            continue
        slot = _slot(piece)
        if slot is None:
            unread.append(piece.strip())
            slot = {"season_note": piece.strip()}
        slots.append(slot)
    return slots, unread


def _plain(piece: str) -> str:
    text = unicodedata.normalize("NFKC", piece)
    text = re.sub(r"[〜~－―–—ー−]", "-", text)
    for word, letters in DAY_GROUPS.items():
        text = text.replace(word, letters)
    text = text.replace("曜日", "").replace("曜", "")
    text = re.sub(r"(?<=[月火水木金土日])[・、,](?=[月火水木金土日])", "", text)
    return re.sub(r"\s+", " ", re.sub(r"\s*-\s*", "-", text)).strip()


def _slot(piece: str) -> dict[str, Any] | None:
    text = _plain(piece)
    if dated := _DATED.fullmatch(text):
        day, start, end, *season = dated.groups()
        slot: dict[str, Any] = {"dates": [day]}
    elif weekly := _WEEKLY.fullmatch(text):
        weeks, anchor, letters, start, end, *season = weekly.groups()
        slot = {"days": [name for letter, name in WEEK.items() if letter in letters]}
        if anchor:
            slot["week_pattern"] = {"kind": "alternate", "anchor_date": anchor}
        elif weeks == "毎週":
            slot["week_pattern"] = {"kind": "every"}
        elif weeks:
            numbers = [int(number) for number in re.findall(r"\d", weeks)]
            numbers += [-1] if "最終" in weeks else []
            if not numbers or any(number not in (1, 2, 3, 4, 5, -1) for number in numbers):
                return None
            slot["week_pattern"] = {"kind": "nth", "weeks": list(dict.fromkeys(numbers))}
    else:
        return None
    times = [_clock(start), _clock(end)]
    if None in times or not _dates_exist(slot):
        return None
    slot["start"], slot["end"] = times
    if season[0] is not None:
        ends = [_month_day(season[0], season[1]), _month_day(season[2], season[3])]
        if None in ends:
            return None
        slot["season_from"], slot["season_until"] = ends
    return slot


def _clock(text: str) -> str | None:
    hours, minutes = (int(part) for part in text.split(":"))
    return f"{hours:02d}:{minutes:02d}" if minutes < 60 and (hours < 24 or (hours, minutes) == (24, 0)) else None


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
