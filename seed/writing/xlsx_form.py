"""The form as an Excel workbook: 台帳 to fill in, 書き方 to read."""

from __future__ import annotations

import io
import re
from datetime import datetime

from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from seed.writing.catalogue import Audience, Catalogue, Written
from seed.writing.columns import COLUMNS, Column
from seed.writing.explanations import EXPLANATION_HEADERS, explain
from seed.writing.form import Cell, fill_form
from seed.writing.formulas import guard

FORM_SHEET = "台帳"
EXPLANATION_SHEET = "書き方"

_REQUIRED = PatternFill("solid", fgColor="FFF2CC")
_HEADER = PatternFill("solid", fgColor="E7EEF5")
# What Excel keeps as typed: else 0197000001 loses its zero and 2-4 becomes a date.
_TEXT_FORMAT = "@"
_NUMBERS = frozenset({"integer", "number"})
# Excel reads _x0041_ in a text as the sign with that number; the underscore itself is _x005F_.
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_SPARE_ROWS = 200
_LONGEST_CHOICE = 255


def write_form_xlsx(catalogue: Catalogue, *, audience: Audience = "staff") -> Written:
    """The form as XLSX. Texts are text cells, numbers are numbers, no cell is a formula."""
    sheet = fill_form(catalogue, audience=audience)
    workbook = Workbook()
    if catalogue.exported_on:
        workbook.properties.created = datetime.fromisoformat(catalogue.exported_on)
    workbook.properties.creator = None
    form = workbook.active
    assert isinstance(form, Worksheet)
    form.title = FORM_SHEET
    _fill(form, sheet.rows)
    _dress(form, len(sheet.rows))
    _explain(workbook.create_sheet(EXPLANATION_SHEET))
    out = io.BytesIO()
    workbook.save(out)
    return Written(out.getvalue(), sheet.sentences)


def _put(sheet: Worksheet, row: int, number: int, value: Cell) -> SheetCell:
    cell = sheet.cell(row, number)
    assert isinstance(cell, SheetCell)
    if isinstance(value, str):
        cell.value = _ESCAPE.sub("_x005F_", guard(value))
        cell.data_type = "s"  # openpyxl would make a formula of a text with "=" before it
        cell.number_format = _TEXT_FORMAT
    elif value is not None:
        cell.value = value
    return cell


def _fill(form: Worksheet, rows: list[list[Cell]]) -> None:
    for number, column in enumerate(COLUMNS, start=1):
        header = _put(form, 1, number, column.header)
        header.font = Font(bold=True)
        header.fill = _REQUIRED if column.required else _HEADER
        header.alignment = Alignment(wrap_text=True, vertical="top")
    for line, row in enumerate(rows, start=2):
        for number, value in enumerate(row, start=1):
            _put(form, line, number, value).alignment = Alignment(wrap_text=True, vertical="top")


def _dress(form: Worksheet, rows: int) -> None:
    """Widths, fixed headers, texts as texts in every row that is still empty, and lists to choose from."""
    form.freeze_panes = "C2"
    last = rows + 1 + _SPARE_ROWS
    for number, column in enumerate(COLUMNS, start=1):
        letter = get_column_letter(number)
        form.column_dimensions[letter].width = _width(column)
        if column.shape not in _NUMBERS:
            form.column_dimensions[letter].number_format = _TEXT_FORMAT
        if column.shape in ("four", "code", "enum") and column.vocabulary:
            choice = ",".join(column.vocabulary.label(code) for code in column.vocabulary.codes)
            if len(choice) <= _LONGEST_CHOICE and '"' not in choice:
                # Codes and ○△× may be written as well, so the list offers and does not forbid.
                offered = DataValidation(type="list", formula1=f'"{choice}"', allow_blank=True, showErrorMessage=False)
                offered.add(f"{letter}2:{letter}{last}")
                form.add_data_validation(offered)


def _width(column: Column) -> float:
    long = column.shape in ("text", "texts", "codes", "enums", "slots")
    return 28.0 if long else max(11.0, min(22.0, 2.1 * len(column.header)))


def _explain(sheet: Worksheet) -> None:
    for number, (header, width) in enumerate(zip(EXPLANATION_HEADERS, (26, 8, 60, 80), strict=True), start=1):
        cell = _put(sheet, 1, number, header)
        cell.font, cell.fill = Font(bold=True), _HEADER
        sheet.column_dimensions[get_column_letter(number)].width = width
    for line, column in enumerate(COLUMNS, start=2):
        for number, text in enumerate(explain(column), start=1):
            _put(sheet, line, number, text).alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "A2"
