"""CSV and XLSX to rows with the line numbers that people see."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from python_calamine import CalamineError, CalamineWorkbook

from seed.errors import ImportProblem

LARGEST_UNPACKED = 200 * 1024 * 1024
MOST_ROWS, MOST_COLUMNS, LONGEST_CELL = 50_000, 200, 5_000


@dataclass(frozen=True)
class Line:
    """One row: the number that the spreadsheet shows beside it, and its cells as text."""

    number: int
    cells: tuple[str, ...]


def read_rows(content: bytes | str, name: str) -> list[Line]:
    """Rows that are not empty. Raises ImportProblem for what is no table or is too large."""
    rows = _csv(content) if isinstance(content, str) else _xlsx(content, name)
    lines = []
    for number, cells in rows:
        if number > MOST_ROWS or len(cells) > MOST_COLUMNS:
            raise ImportProblem(
                f"「{name}」は表が大きすぎます（{MOST_ROWS}行・{MOST_COLUMNS}列まで）。分けて取り込んでください。"
            )
        if any(len(cell) > LONGEST_CELL for cell in cells):
            raise ImportProblem(
                f"「{name}」の{number}行目に長すぎる文があります（{LONGEST_CELL}字まで）。短くしてください。"
            )
        if any(cell.strip() for cell in cells):
            lines.append(Line(number, tuple(cells)))
    if not lines:
        raise ImportProblem(f"「{name}」は空の表です。見出しと中身のあるファイルを選び直してください。")
    return lines


def _csv(text: str) -> Iterable[tuple[int, list[str]]]:
    first = text.split("\n", 1)[0]
    delimiter = max(",\t;", key=first.count)
    csv.field_size_limit(10_000_000)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        return [(number, row) for number, row in enumerate(reader, 1)]
    except csv.Error as problem:
        raise ImportProblem("表の形がこわれています。CSV か .xlsx で保存し直してください。") from problem


def _xlsx(content: bytes, name: str) -> Iterable[tuple[int, list[str]]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(entry.file_size for entry in packed.infolist()) > LARGEST_UNPACKED:
                raise ImportProblem(f"「{name}」は中身が大きすぎます。いくつかに分けて取り込んでください。")
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
        rows = sheet.to_python(skip_empty_area=False)
    except (CalamineError, zipfile.BadZipFile, IndexError, ValueError, OSError) as problem:
        raise ImportProblem(f"「{name}」は表として開けません。.xlsx か CSV で保存し直してください。") from problem
    return [(number, [_text(cell) for cell in row]) for number, row in enumerate(rows, 1)]


def _text(cell: object) -> str:
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell)
