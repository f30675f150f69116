"""The first sheet of a spreadsheet, row by row, once it is known that it can be borne."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from seed.errors import ImportProblem
from seed.packed_files import TooMuchError, check_unpacked, entries_of, pieces_of
from seed.reading.sheet_extent import Extent, extent_of

LARGEST_UNPACKED = 200 * 1024 * 1024
MOST_CELLS = 8_000_000
"""Of the rectangle that is built, empty ones too: 200 columns, twice as deep as there may be rows."""
MOST_MERGED = 20_000
_SHEETS = "xl/worksheets/"


def rows_of(content: bytes, name: str) -> Iterator[tuple[int, list[Any]]]:
    """(row number, cells from column A on). Raises ImportProblem."""
    file = io.BytesIO(content)
    try:
        extent = _extent(file)
        if extent.cells > MOST_CELLS or extent.merged > MOST_MERGED:
            raise ImportProblem(_too_far(name, extent))
        sheet = CalamineWorkbook.from_filelike(file).get_sheet_by_index(0)
        before = [""] * (sheet.start[1] if sheet.start else 0)
        for number, row in enumerate(sheet.iter_rows(), 1):
            yield number, [*before, *row]
    except TooMuchError:
        raise ImportProblem(f"「{name}」は中身が大きすぎます。いくつかに分けて取り込んでください。") from None
    except (CalamineError, zipfile.BadZipFile, IndexError, ValueError, OSError, NotImplementedError) as problem:
        raise ImportProblem(f"「{name}」は表として開けません。.xlsx か CSV で保存し直してください。") from problem


def _extent(file: io.BytesIO) -> Extent:
    """How far the first sheet reaches; of a spreadsheet of another make (.ods) nothing is known before."""
    with zipfile.ZipFile(file) as archive:
        entries = entries_of(archive, most_bytes=LARGEST_UNPACKED)
    check_unpacked(file, entries, most_bytes=LARGEST_UNPACKED)
    parts = {entry.filename: entry for entry in entries}
    path = _first_sheet(file, parts)
    extent = extent_of(pieces_of(file, parts[path])) if path in parts else Extent()
    file.seek(0)
    return extent


def _first_sheet(file: io.BytesIO, parts: dict[str, zipfile.ZipInfo]) -> str:
    """The part that holds the sheet standing first: the workbook names it by a number, its relations say where it is."""

    def text(path: str) -> str:
        return b"".join(pieces_of(file, parts[path])).decode("utf-8", "replace") if path in parts else ""

    sheets = sorted(path for path in parts if path.startswith(_SHEETS))
    first = re.search(r"<(?:\w+:)?sheet\s[^>]*?\b\w+:id=[\"']([^\"']+)", text("xl/workbook.xml"))
    for relation in re.findall(r"<(?:\w+:)?Relationship\s[^>]*>", text("xl/_rels/workbook.xml.rels")):
        said = dict(re.findall(r"\b(Id|Target)=[\"']([^\"']*)", relation))
        if first and said.get("Id") == first[1]:
            target = said.get("Target", "")
            return target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return sheets[0] if sheets else ""


def _too_far(name: str, extent: Extent) -> str:
    if extent.merged > MOST_MERGED:
        return f"「{name}」には結合されたセルが多すぎます。結合を解いて保存し直してください。"
    return (
        f"「{name}」の表が {extent.furthest} のあたりまで広がっていて読めません。"
        "表から離れたところにある文字や空白を消すか、表だけを新しいシートに写してください。"
    )
