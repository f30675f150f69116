"""A field for a date: by the browser's picker or by typing, and what was typed stays when it is no date."""

from __future__ import annotations

from datetime import date

from seed.reading.cells import day, plain


def day_typed(typed: str) -> date:
    """The date, however it is written (2026-12-01, 2026/12/1, 令和8年12月1日); ValueError where it is none."""
    return date.fromisoformat(day(plain(typed)))


def field_type(typed: str) -> str:
    """A date field shows nothing at all for what is no date; a text field keeps it."""
    try:
        return "date" if not typed or date.fromisoformat(typed) else "text"
    except ValueError:
        return "text"
