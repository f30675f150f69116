"""Days of the week and times of day as offices write them: 月～金, 平日, 9時半, 午後1時30分, 9:00:00, 24:00."""

from __future__ import annotations

import re
import unicodedata

WEEK = dict(zip("月火水木金土日", ("mon", "tue", "wed", "thu", "fri", "sat", "sun"), strict=True))
DAY_GROUPS = {
    "年中無休": "月火水木金土日",
    "毎日": "月火水木金土日",
    "平日": "月火水木金",
    "土日": "土日",
    "週末": "土日",
}
DASHES = "〜~－―–—‐‑‒−"
_RANGE = re.compile(r"([月火水木金土日])(?:-|から)([月火水木金土日])(?:まで)?")
_CLOCK = re.compile(
    r"(午前|午後|AM|PM|am|pm)?(\d{1,2})(?::(\d{2})(?::\d{2})?|時(?:(\d{1,2})分|(半))?)(?:AM|PM|am|pm)?|(\d{1,2})(\d{2})"
)
_NOON = 12
_WHOLE_DAY = "1 day, 0:00:00"
"""How a spreadsheet's 24:00 arrives: as a length of one day."""


def folded(text: str) -> str:
    """Width folded, every dash the same, no 曜日."""
    plain = re.sub(f"[{DASHES}]", "-", unicodedata.normalize("NFKC", text)).strip()
    return plain.replace("曜日", "").replace("曜", "")


def letters_of(text: str) -> str:
    """月～金 and 平日 as the letters they stand for; everything else as it is, with `folded` spelling."""
    spelled = re.sub(r"(?<=[月火水木金土日])[ーｰ](?=[月火水木金土日])", "-", folded(text))
    for word, letters in DAY_GROUPS.items():
        spelled = spelled.replace(word, letters)
    return _RANGE.sub(_between, spelled)


def _between(found: re.Match[str]) -> str:
    letters = "".join(WEEK)
    first, last = letters.index(found[1]), letters.index(found[2])
    return letters[first : last + 1] if first <= last else letters[first:] + letters[: last + 1]


def clock(text: str) -> str | None:
    """`HH:MM`, 24:00 included; None where it is no time of day. 午後12時 is noon to some and midnight to others."""
    if text.strip() == _WHOLE_DAY:
        return "24:00"
    found = _CLOCK.fullmatch(re.sub(r"\s", "", unicodedata.normalize("NFKC", text)))
    if found is None:
        return None
    half, hour, minute, minute_word, half_past, short_hour, short_minute = found.groups()
    hours = int(hour or short_hour)
    minutes = 30 if half_past else int(minute or minute_word or short_minute or 0)
    if half and half.lower() in ("午後", "pm") and hours < _NOON:
        hours += _NOON
    elif half and (hours > _NOON or half == "午後"):
        return None
    fits = minutes < 60 and (hours < 24 or (hours, minutes) == (24, 0))
    return f"{hours:02d}:{minutes:02d}" if fits else None


def span(start: str, end: str) -> tuple[str, str] | None:
    """Both ends of a time; an end without its own half of the day lies in the half of the start (午後1時30分～3時)."""
    first, last = clock(start), clock(end)
    if first is None or last is None:
        return None
    if re.match(r"\s*(?:午後|pm)", unicodedata.normalize("NFKC", start).lower()) and last < first:
        later = clock(f"午後{unicodedata.normalize('NFKC', end).strip()}")
        last = later or last
    return first, last
