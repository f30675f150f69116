"""Days of the week as offices write them: 月～金, 平日, 年中無休, 土曜日."""

from __future__ import annotations

import re
import unicodedata

WEEK = dict(zip("月火水木金土日", ("mon", "tue", "wed", "thu", "fri", "sat", "sun"), strict=True))
LETTERS = "".join(WEEK)
DAY_GROUPS = {
    "年中無休": LETTERS,
    "毎日": LETTERS,
    "平日": "月火水木金",
    "土日": "土日",
    "週末": "土日",
}
DASHES = "〜~－―–—‐‑‒−"
_RANGE = re.compile(r"([月火水木金土日])(?:-|から)([月火水木金土日])(?:まで)?")


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
    """月-金 as the days from the first to the last; the week may turn between them."""
    first, last = (LETTERS.index(letter) for letter in found.groups())
    return LETTERS[first : last + 1] if first <= last else LETTERS[first:] + LETTERS[: last + 1]
