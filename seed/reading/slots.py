"""曜日と時間 as people write it: `第2・4 金 13:30-15:00; 最終 土 10:00-11:30`. The reverse is in `seed.writing.slot_text`.

What cannot be read stays as words, and its days are unknown: half of what somebody wrote would be another time.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from seed.bounds import day_fault
from seed.reading.clocks import read_hours
from seed.reading.weekdays import LETTERS, WEEK, letters_of

_HOURS = r"(?P<hours>\S.*?)"
_SEASON = r"(?: (?P<season>\d{1,2}/\d{1,2}-\d{1,2}/\d{1,2}))?"
_WEEKLY = re.compile(
    r"(?:(?P<weeks>毎週|隔週\((?P<anchor>\d{4}-\d{2}-\d{2})\)|(?:毎月)?(?:第|最終)[\d・、,第最終]*) ?)?"
    rf"(?P<days>[{LETTERS}]+) ?{_HOURS}{_SEASON}"
)
_DATED = re.compile(rf"(?P<day>\d{{4}}-\d{{2}}-\d{{2}}) {_HOURS}{_SEASON}")
_BETWEEN = rf"(?<=[{LETTERS}])[・、,](?=[{LETTERS}])"
_MORE_HOURS = re.compile(r"[、,と](?=\s*(?:午前|午後)?\s*\d)")


def parse_slots(text: str) -> tuple[list[dict[str, Any]], list[str]]:
    """(slots, pieces that could not be read). An unread piece becomes a slot with a season note and unknown times."""
    slots, unread = [], []
    for piece in re.split(r"[;；\n]", text):
        if not piece.strip():
            continue
        found = _slots(piece)
        if found is None:
            unread.append(piece.strip())
            found = [{"season_note": piece.strip()}]
        slots.extend(found)
    return slots, unread


def _plain(piece: str) -> str:
    text = re.sub("[ーｰ]", "-", letters_of(piece))
    text = re.sub(_BETWEEN, "", re.sub(r"(?<=第\d)[、,](?=第?\d)", "・", text))
    return re.sub(r"\s+", " ", re.sub(r"\s*-\s*", "-", text)).strip()


def _slots(piece: str) -> list[dict[str, Any]] | None:
    """One slot for each stretch of hours: 「月 9:00-12:00、13:00-15:00」 are two."""
    text = _plain(piece)
    found = _DATED.fullmatch(text) or _WEEKLY.fullmatch(text)
    if found is None:
        return None
    said = found.groupdict()
    days = {"dates": [said["day"]]} if said.get("day") else _days(said)
    hours = [read_hours(one) for one in _MORE_HOURS.split(said["hours"])]
    season = _season(said["season"])
    if days is None or season is None or not _dates_exist(days):
        return None
    slots = [{**days, "start": one[0], "end": one[1], **season} for one in hours if one is not None]
    return slots if len(slots) == len(hours) else None


def _days(said: dict[str, str]) -> dict[str, Any] | None:
    slot: dict[str, Any] = {"days": [name for letter, name in WEEK.items() if letter in said["days"]]}
    weeks = said["weeks"]
    if said["anchor"]:
        slot["week_pattern"] = {"kind": "alternate", "anchor_date": said["anchor"]}
    elif weeks == "毎週":
        slot["week_pattern"] = {"kind": "every"}
    elif weeks:
        numbers = [int(number) for number in re.findall(r"\d", weeks)]
        numbers += [-1] if "最終" in weeks else []
        if not numbers or any(number not in (1, 2, 3, 4, 5, -1) for number in numbers):
            return None
        slot["week_pattern"] = {"kind": "nth", "weeks": list(dict.fromkeys(numbers))}
    return slot


def _season(text: str | None) -> dict[str, str] | None:
    """The two ends of a season, nothing where none is said, None where no calendar has them."""
    if text is None:
        return {}
    ends = [_month_day(*end.split("/")) for end in text.split("-")]
    return None if None in ends else {"season_from": str(ends[0]), "season_until": str(ends[1])}


def _month_day(month: str, day: str) -> str | None:
    try:
        date(2024, int(month), int(day))
    except ValueError:
        return None
    return f"{int(month):02d}-{int(day):02d}"


def _dates_exist(slot: dict[str, Any]) -> bool:
    pattern = slot.get("week_pattern", {})
    days = (*slot.get("dates", ()), *([pattern["anchor_date"]] if "anchor_date" in pattern else ()))
    return not any(map(day_fault, days))
