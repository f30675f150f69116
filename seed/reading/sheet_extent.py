"""How far a sheet of an .xlsx reaches, seen in its text before any cell is built.

The reader builds the whole rectangle around the cells that say something, so two far cells of a small file are gigabytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

LONGEST_TAG = 4096
# A cell with something in it; a cell that has only a format closes itself and is not built.
_CELL = re.compile(rb"""<(?:\w+:)?c\s(?:[^>]*?\s)?r=["']([A-Z]{1,3})([0-9]{1,7})["'](?:[^>]*[^>/])?>""")
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s")


@dataclass
class Extent:
    """The last row and column of a sheet that hold anything, and how many cells are merged with others."""

    row: int = 0
    column: int = 0
    merged: int = 0
    furthest: str = field(default="", compare=False)

    @property
    def cells(self) -> int:
        return self.row * self.column


def extent_of(pieces: Iterable[bytes]) -> Extent:
    """Of the text of one sheet, in pieces."""
    extent, rest = Extent(), b""
    columns: dict[bytes, int] = {}
    for piece in pieces:
        text = rest + piece
        end = text.rfind(b">") + 1
        extent.merged += len(_MERGED.findall(text, 0, end))
        for letters, digits in _CELL.findall(text, 0, end):
            extent.row = max(extent.row, int(digits))
            columns.setdefault(letters, _number(letters))
        rest = text[end:][-LONGEST_TAG:]
    if columns:
        last = max(columns, key=columns.__getitem__)
        extent.column, extent.furthest = columns[last], f"{last.decode()}{extent.row}"
    return extent


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number
