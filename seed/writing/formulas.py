"""Keeping cells of CSV and XLSX files text: nothing that somebody typed may run as a formula in Excel or LibreOffice."""

from __future__ import annotations

import re

# A spreadsheet takes a cell for a formula (or a DDE call) by its first sign, some after leading blanks or invisible
# signs, Japanese Excel also by the full-width signs. A tab or line break at the start moves text to another cell.
_BLANK = r"[\s\x00-\x1f'\u00ad\u200b-\u200f\u2060\ufeff]*"
_RISKY = re.compile(rf"{_BLANK}[=+\-@＝＋－＠−﹦﹢﹣﹫]|'*[\t\r\n]")


def guard(text: str) -> str:
    """Text that stays text: an apostrophe stands before what could become a formula. `unguard` undoes it exactly."""
    return f"'{text}" if _RISKY.match(text) else text


def unguard(text: str) -> str:
    """The text that `guard` was given; also for cells in which a person typed the apostrophe."""
    return text[1:] if text.startswith("'") and _RISKY.match(text) else text
