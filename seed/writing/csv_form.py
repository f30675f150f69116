"""The form as a CSV file."""

from __future__ import annotations

import csv
import io
from typing import Literal

from seed.writing.catalogue import Audience, Catalogue, Written
from seed.writing.columns import COLUMNS
from seed.writing.form import Cell, fill_form
from seed.writing.formulas import guard

# Signs that code page 932 has under a twin that looks the same.
_TWINS = str.maketrans(
    {
        "\u2014": "\u2015",  # em dash
        "\u2013": "\uff0d",  # en dash
        "\u2212": "\uff0d",  # minus
        "\u301c": "\uff5e",  # wave dash
        "\u2016": "\u2225",  # double bar
        "\u00a2": "\uffe0",
        "\u00a3": "\uffe1",
        "\u00ac": "\uffe2",
        "\u00a5": "\uffe5",
        "\u00b7": "・",
        "\u2022": "・",
        "\u00a0": " ",
    }
)
# Printers set 〓 where they have no type for a sign.
_MISSING = "〓"


def write_form_csv(
    catalogue: Catalogue, *, audience: Audience = "staff", encoding: Literal["utf-8", "cp932"] = "utf-8"
) -> Written:
    """The form as CSV: UTF-8 with BOM, which Excel opens as it is, or code page 932 for older programs.

    Texts stand in quotes, so that no separator a program may guess (; or tab) cuts a cell in two; numbers do not.
    """
    sheet = fill_form(catalogue, audience=audience, twins=_TWINS if encoding == "cp932" else {})
    sentences = list(sheet.sentences)
    rows = sheet.rows
    if encoding == "cp932":
        rows = [_in_cp932(row, line, sentences) for line, row in enumerate(rows, start=2)]
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow([column.header for column in COLUMNS])
    writer.writerows([_guarded(cell) for cell in row] for row in rows)
    return Written(out.getvalue().encode("utf-8-sig" if encoding == "utf-8" else "cp932"), sentences)


def _guarded(cell: Cell) -> Cell:
    return guard(cell) if isinstance(cell, str) else cell


def _in_cp932(row: list[Cell], line: int, sentences: list[str]) -> list[Cell]:
    """The row in signs of the code page; `line` is its row in the sheet, for the sentence about signs it lacks."""
    cells: list[Cell] = []
    for column, cell in zip(COLUMNS, row, strict=True):
        if not isinstance(cell, str):
            cells.append(cell)
            continue
        missing = [sign for sign in dict.fromkeys(cell) if not _has(sign)]
        if missing:
            signs = "".join(f"「{sign}」" for sign in missing)
            sentences.append(
                f"{line}行目の「{column.header}」の{signs}は、この形式（Shift_JIS）では書けないので"
                f"「{_MISSING}」にしました。UTF-8 か Excel の形式なら、そのまま書けます。"
            )
        cells.append("".join(_MISSING if sign in missing else sign for sign in cell))
    return cells


def _has(sign: str) -> bool:
    try:
        sign.encode("cp932")
    except UnicodeEncodeError:
        return False
    return True
