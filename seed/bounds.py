"""What a value from outside may be, whatever file it comes in: one place for the schema, the form and the lists.

Contract: the interchange schemas say the shape of a field; here stands what no shape says.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterator
from datetime import date
from typing import Any

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2100, 12, 31)
LARGEST_WHOLE = 2**31 - 1
LONGEST_TEXT = 5_000
LONGEST_NAME = 200
MOST_ENTRIES = 500
JAPAN = (20.0, 46.0), (122.0, 155.0)
"""Latitudes and longitudes of Japan's box."""
MOST: dict[str, int] = {
    "age": 120, "burden": 5, "capacity": 10_000, "capacity_total": 10_000, "concurrent_limit": 10_000,
    "cost_limit_yen": 10_000_000, "cost_yen": 10_000_000, "max_minutes": 1_440, "max_travel_minutes": 1_440,
    "min_stay_minutes": 1_440, "min_trial_sessions": 1_000, "minutes": 1_440, "new_intakes_per_month": 1_000,
    "open_places": 10_000, "order": 1_000, "placed_now": 10_000, "rest_days_after_end": 3_660, "reward_yen": 10_000_000,
    "session_max_minutes": 1_440, "session_minutes": 1_440, "stale_after_days": 3_660, "trial_places": 10_000,
    "typical_reply_days": 366, "walk_minutes": 1_440,
}  # fmt: skip
"""The most that makes sense of each whole number, by the field's name."""
NAMES = frozenset({"display_name", "name", "title"})
"""Texts that something is called by: not blank, and short enough to be called out."""

Path = tuple[str | int, ...]


def outside(value: Any, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """(where, why) of every value that cannot be kept, down to the last entry of a list; x_… fields among them."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if text_fault(name):
                yield path, f"欄の名前に{text_fault(name)}"
                return
            yield from outside(inner, (*path, name))
    elif isinstance(value, list):
        if len(value) > MOST_ENTRIES:
            yield path, f"が{len(value)}個あります（{MOST_ENTRIES}個まで）"
            return
        for number, inner in enumerate(value):
            yield from outside(inner, (*path, number))
    elif why := fault(value, _name(path)):
        yield path, why


def _name(path: Path) -> str:
    return next((part for part in reversed(path) if isinstance(part, str)), "")


def fault(value: Any, name: str) -> str:
    """What is wrong with one value, as the end of a sentence after its field; empty where nothing is."""
    if isinstance(value, str):
        if why := text_fault(value):
            return f"に{why}"
        longest = LONGEST_NAME if name in NAMES else LONGEST_TEXT
        if len(value) > longest:
            return f"が長すぎます（{len(value)}字。{longest}字まで）"
        return "が空です" if name in NAMES and not value.strip() else ""
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, int):
        most = MOST.get(name, LARGEST_WHOLE)
        return f"の値「{_short(value)}」が大きすぎます（{most:,}まで）" if abs(value) > most else ""
    if isinstance(value, float) and not math.isfinite(value):
        return "が数になっていません（NaN や Infinity は使えません）"
    return f"の値「{_short(value)}」が大きすぎます" if isinstance(value, float) and abs(value) > LARGEST_WHOLE else ""


def _short(value: float) -> str:
    """A number of thousands of digits is nobody's to read."""
    try:
        words = str(value)
    except ValueError:
        return "けたの多い数"
    return words if len(words) <= 20 else f"{words[:20]}…"


def text_fault(text: str) -> str:
    """Signs that no database keeps; empty where there are none."""
    if "\x00" in text:
        return "文字でないもの（NUL）が入っています"
    if any("\ud800" <= sign <= "\udfff" for sign in text):
        return "こわれた文字が入っています"
    return ""


def cleaned(text: str) -> str:
    """The text without signs that nobody sees and nobody meant (control characters but tab and line break)."""
    if text.isprintable():
        return text
    return "".join(sign for sign in text if sign in "\t\n\r\x00" or unicodedata.category(sign) != "Cc")


def without_odd_signs(text: str) -> str:
    """The text as any database and any screen can hold it. For names of files and columns, which nobody mends."""
    return cleaned(text).replace("\x00", "").encode("utf-8", "ignore").decode("utf-8")


def day_fault(text: str) -> str:
    """What is wrong with an ISO date, as the end of a sentence; empty where nothing is."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return "暦にありません"
    return "" if FIRST_DAY <= day <= LAST_DAY else f"{FIRST_DAY.year}年から{LAST_DAY.year}年までの日付ではありません"


def in_japan(latitude: float, longitude: float) -> bool:
    return JAPAN[0][0] <= latitude <= JAPAN[0][1] and JAPAN[1][0] <= longitude <= JAPAN[1][1]
