"""Clock times as people write them (9時半, 午後1時30分, 9:00:00), to HH:MM; what is no time of day is None."""

from __future__ import annotations

import re
import unicodedata

WORDS = {"正午": "12:00", "深夜0時": "0:00", "1 day, 0:00:00": "24:00"}
"""The last is how a spreadsheet's 24:00 arrives: as a length of one day."""
_HALF = r"(?P<half>午前|午後|AM|PM|am|pm|a\.m\.|p\.m\.)?"
_CLOCK = re.compile(
    rf"{_HALF}\s*(?P<hours>\d{{1,2}})"
    r"(?:(?::|\.(?=\d\d$))(?P<minutes>\d{2})(?::\d{2}(?:\.0+)?)?|時(?:(?P<spoken>\d{1,2})分?|(?P<and_half>半))?)"
)
DASH = re.compile(r"\s*(?:[〜~～－―–—ー−‐-]|から|より)\s*")
END = (24, 0)


def read_clock(text: str) -> str | None:
    """HH:MM of one time of day; 24:00 is midnight at the end of a day. None where it is no time (25:00, 9:75, 朝)."""
    return _read(_plain(text), afternoon=False)


def read_hours(text: str) -> tuple[str, str] | None:
    """(start, end) of 「9:00-12:00」, 「10時半～12時」, 「午後1時30分～3時」; None where either cannot be read."""
    parts = DASH.split(re.sub(r"(?:まで|頃|ごろ)$", "", _plain(text)))
    if len(parts) != 2 or not all(parts):
        return None
    # 「1～3時」 and 「午後1時～3時」: the unit may stand once at the end, the half of the day once at the beginning.
    spoken = parts[1].endswith(("時", "半", "分"))
    first = f"{parts[0]}時" if spoken and re.fullmatch(r"(?:午前|午後)?\s*\d{1,2}", parts[0]) else parts[0]
    start = _read(first, afternoon=False)
    later = parts[0].startswith("午後") and not parts[1].startswith(("午前", "午後"))
    end = _read(parts[1], afternoon=later)
    if start is None or end is None or start == "24:00":
        return None
    return start, end


def _plain(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).strip()
    return WORDS.get(plain, plain)


def _read(text: str, *, afternoon: bool) -> str | None:
    text = WORDS.get(text, text)
    found = _CLOCK.fullmatch(text)
    if found is None:
        return None
    hours = int(found["hours"])
    minutes = 30 if found["and_half"] else int(found["minutes"] or found["spoken"] or 0)
    half = (found["half"] or "").lower().replace(".", "")
    if half:
        if hours > 12:
            return None
        hours = hours % 12 if hours == 12 and half == "am" else hours
        afternoon = half in ("午後", "pm")
    # 「午後1時」 is 13:00; 「午後12時」 means noon to some and midnight to others, so nobody is guessed at.
    if half == "午後" and hours == 12:
        return None
    if afternoon and hours < 12:
        hours += 12
    if minutes > 59 or (hours, minutes) > END:
        return None
    return f"{hours:02d}:{minutes:02d}"
