"""One text file of a feed as rows: which column is which, and a sentence with file and line for whatever cannot be read."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import Never

from seed.errors import ImportProblem

LAST_MINUTE_SECONDS = 48 * 3600
"""A service day is not longer than two days."""


_PIECE = 1_000_000


@dataclass
class Table:
    """`feed` and `file` are named in problems. Values are stripped; a column that is not there reads as empty."""

    feed: str
    file: str
    content: bytes
    columns: dict[str, int] = field(init=False)
    _width: int = field(init=False)

    def __post_init__(self) -> None:
        # Read from the bytes line by line: as one text it would be held twice more, four bytes a sign.
        self._reader = csv.reader(io.TextIOWrapper(io.BytesIO(self.content), self._encoding(), newline=""))
        header = self._next() or []
        # Of a heading that stands twice the first is meant.
        self.columns = {name.strip(): place for place, name in reversed([*enumerate(header)])}
        self._width = len(header)

    def needs(self, *names: str) -> Table:
        missing = [name for name in names if name not in self.columns]
        if missing:
            self.problem(1, f"に「{'・'.join(missing)}」の列がありません")
        return self

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """(line, values) of every row that is not empty; a short row is filled up."""
        while (row := self._next()) is not None:
            if any(row):
                yield self._reader.line_num, [*(value.strip() for value in row), *([""] * (self._width - len(row)))]

    def value(self, row: list[str], name: str) -> str:
        place = self.columns.get(name)
        return "" if place is None else row[place]

    def must(self, row: list[str], name: str, line: int) -> str:
        return self.value(row, name) or self.problem(line, f"に「{name}」がありません")

    def whole(self, row: list[str], name: str, line: int, *, otherwise: int | None = None) -> int:
        text = self.value(row, name)
        if not text and otherwise is not None:
            return otherwise
        try:
            return int(text)
        except ValueError:
            self.problem(line, f"の「{name}」の「{text}」が数ではありません")

    def day(self, row: list[str], name: str, line: int) -> date:
        text = self.value(row, name)
        try:
            return _day(text)
        except ValueError:
            self.problem(line, f"の「{name}」の「{text}」が日付（20260401 の形）ではありません")

    def seconds(self, row: list[str], name: str, line: int) -> int | None:
        """Seconds from midnight of the service day, beyond 24:00:00 in the night after it; None where it is empty."""
        text = self.value(row, name)
        try:
            return seconds_of(text) if text else None
        except ValueError:
            self.problem(line, f"の「{name}」の「{text}」が時刻（8:05:00 や 24:10:00 の形）ではありません")

    def problem(self, line: int, words: str) -> Never:
        raise ImportProblem(f"「{self.feed}」の{self.file}の{line}行目{words}。そこを直してから取り込んでください。")

    def _encoding(self) -> str:
        for encoding in ("utf-8-sig", "cp932"):
            decoder = codecs.getincrementaldecoder(encoding)()
            try:
                for start in range(0, len(self.content), _PIECE):
                    decoder.decode(self.content[start : start + _PIECE])
                decoder.decode(b"", final=True)
            except UnicodeDecodeError:
                continue
            return encoding
        raise ImportProblem(
            f"「{self.feed}」の{self.file}は文字として読めません。もとの時刻表をもう一度受け取って選び直してください。"
        )

    def _next(self) -> list[str] | None:
        try:
            return next(self._reader, None)
        except csv.Error:
            self.problem(self._reader.line_num, "が表として読めません")


@lru_cache(maxsize=100_000)
def seconds_of(text: str) -> int:
    """「24:10:00」 or 「8:05」; ValueError for anything else."""
    parts = text.split(":")
    if len(parts) not in (2, 3) or not all(part.isascii() and part.isdigit() and len(part) <= 2 for part in parts):
        raise ValueError(text)
    hours, minutes, seconds = (int(part) for part in (*parts, "0")[:3])
    total = hours * 3600 + minutes * 60 + seconds
    if minutes > 59 or seconds > 59 or total >= LAST_MINUTE_SECONDS:
        raise ValueError(text)
    return total


@lru_cache(maxsize=10_000)
def _day(text: str) -> date:
    if len(text) != 8:
        raise ValueError(text)
    return datetime.strptime(text, "%Y%m%d").date()  # noqa: DTZ007
