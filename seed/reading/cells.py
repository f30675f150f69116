"""One parser for each way a cell of the form may be written. ValueError carries what is wrong, in Japanese."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from typing import Any

from matching.vocabulary import ENUMS, Vocabulary
from seed.bounds import FIRST_DAY
from seed.reading.weekdays import WEEK, letters_of
from seed.writing.columns import Column

ERAS = {"令和": 2018, "R": 2018, "r": 2018, "平成": 1988, "H": 1988, "昭和": 1925, "S": 1925}
SIGNS = {
    "あり": "yes",
    "有": "yes",
    "有り": "yes",
    "可": "yes",
    "なし": "no",
    "無": "no",
    "無し": "no",
    "不可": "no",
    "○": "yes",
    "〇": "yes",
    "◯": "yes",
    "△": "conditional",
    "×": "no",
    "✕": "no",
    "x": "no",
    "?": "unknown",
    "？": "unknown",
}
_DATE = re.compile(
    r"(?:(令和|平成|昭和|[RrHS])\.?\s*)?(\d{1,4}|元)[-/.年]\s*(\d{1,2})[-/.月]\s*(\d{1,2})日?"
    r"\s*(?:\([月火水木金土日]\)|[月火水木金土日]曜日?)?(?:\s+0?0:00(?::00)?)?"
)
_UNITS = re.compile(r"(?:円|人|名|分|日|kg|キロ|歳|才|回)+$")
NOTHING = frozenset({"無料", "無償", "タダ", "ただ", "なし", "無し"})
"""Of an amount of money: none."""


def plain(text: str) -> str:
    """Width folded, ends trimmed."""
    return unicodedata.normalize("NFKC", text).strip()


def split(text: str) -> list[str]:
    """Several values of one cell."""
    return [part for piece in re.split(r"[、;；\n]", text) if (part := piece.strip())]


def whole(text: str) -> int:
    number = real(text)
    if not float(number).is_integer():
        message = f"「{text}」は整数ではありません"
        raise ValueError(message)
    return int(number)


def real(text: str) -> float:
    digits = _UNITS.sub("", plain(text).replace(",", "").strip())
    if not re.fullmatch(r"-?\d+(?:\.\d+)?", digits):
        message = f"「{text}」は数ではありません"
        raise ValueError(message)
    value = float(digits)
    return int(value) if value.is_integer() else value


def yen(text: str) -> int:
    """An amount of money; free is nought."""
    return 0 if plain(text) in NOTHING else whole(text)


def day(text: str) -> str:
    """An ISO date from 2026-12-01, 2026/12/1, 令和8年12月1日 or R8.12.1."""
    found = _DATE.fullmatch(plain(text))
    if found is None:
        message = f"「{text}」は日付として読めません（例：2026-12-01）"
        raise ValueError(message)
    era, year, month, date_ = found.groups()
    number = 1 if year == "元" else int(year)
    if not era and (year == "元" or number < FIRST_DAY.year):
        message = f"「{text}」は何年のことか分かりません（2026-12-01 か 令和8年12月1日 のように書いてください）"
        raise ValueError(message)
    try:
        return date(number + ERAS.get(era, 0) if era else number, int(month), int(date_)).isoformat()
    except ValueError:
        message = f"「{text}」は暦にない日付です"
        raise ValueError(message) from None


def four(text: str) -> str:
    sign = SIGNS.get(text.strip()) or SIGNS.get(plain(text))
    return sign or code(text, ENUMS["four_value"])


def code(text: str, words: Vocabulary) -> str:
    found = words.code_of(text)
    if found is None:
        message = f"「{text}」という言葉は決まった一覧にありません"
        raise ValueError(message)
    return found


def days(text: str) -> list[str]:
    """月水金, 月、水、金, 月～金 or 平日."""
    letters = letters_of(text)
    found = [WEEK[letter] for letter in letters if letter in WEEK]
    if not found or any(letter not in WEEK and letter not in "、,・/ " for letter in letters):
        message = f"「{text}」は曜日として読めません（例：月水金）"
        raise ValueError(message)
    return [name for name in WEEK.values() if name in found]


def parse(text: str, column: Column) -> Any:
    """The value of a cell in its column. Raises ValueError with the sentence's middle."""
    simple: dict[str, Callable[[str], Any]] = {
        "text": str.strip,
        "id": str.strip,
        "texts": split,
        "ids": split,
        "integer": whole,
        "number": real,
        "date": day,
        "four": four,
        "days": days,
    }
    if column.shape == "integer" and column.path[-1].endswith("_yen"):
        return yen(text)
    if column.shape in simple:
        return simple[column.shape](text)
    words = column.vocabulary
    assert words is not None, column.format
    if column.shape in ("code", "enum"):
        return code(text, words)
    return list(dict.fromkeys(code(part, words) for part in split(text)))
