"""CSV and XLSX to rows with the line numbers that people see."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from seed.errors import ImportProblem

MOST_ROWS, MOST_COLUMNS = 10_000, 200
"""Rows under the header that say something. No municipality has so many places; what is larger is better divided."""


@dataclass(frozen=True)
class Line:
    """One row: the number that the spreadsheet shows beside it, and its cells as text."""

    number: int
    cells: tuple[str, ...]


def read_rows(content: bytes | str, name: str) -> list[Line]:
    """Rows that are not empty. Raises ImportProblem for what is no table or is too large."""
    lines: list[Line] = []
    for number, cells in _csv(content) if isinstance(content, str) else _xlsx(content, name):
        while cells and not cells[-1].strip():
            cells.pop()
        if not cells:
            continue
        if len(lines) > MOST_ROWS or len(cells) > MOST_COLUMNS:
            raise ImportProblem(
                f"「{name}」は表が大きすぎます（{MOST_ROWS}行・{MOST_COLUMNS}列まで）。分けて取り込んでください。"
            )
        lines.append(Line(number, tuple(cells)))
    if not lines:
        raise ImportProblem(f"「{name}」は空の表です。見出しと中身のあるファイルを選び直してください。")
    return lines


def _csv(text: str) -> Iterator[tuple[int, list[str]]]:
    first = text.split("\n", 1)[0]
    delimiter = max(",\t;", key=first.count)
    csv.field_size_limit(10_000_000)
    try:
        yield from enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), 1)
    except csv.Error as problem:
        raise ImportProblem("表の形がこわれています。CSV か .xlsx で保存し直してください。") from problem


def _xlsx(content: bytes, name: str) -> Iterable[tuple[int, list[str]]]:
    # Its reader is in a library of its own that most files do not need.
    from seed.reading.sheet import rows_of

    return ((number, [_text(cell) for cell in row]) for number, row in rows_of(content, name))


def _text(cell: object) -> str:
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell)
