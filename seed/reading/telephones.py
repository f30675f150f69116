"""Telephone numbers that went through a spreadsheet, which drops the zero in front."""

from __future__ import annotations

import re
import unicodedata

_WITHOUT_ZERO = re.compile(r"[1-9]\d{8}|(?:50|70|80|90)\d{8}")
"""Nine figures of a fixed line, ten of a mobile or IP line: one less than the numbers have."""


def with_zero(text: str) -> str | None:
    """The number with the zero that is missing; None where nothing is missing."""
    written = unicodedata.normalize("NFKC", text).strip()
    digits = re.sub(r"[-()‐‑‒–—―−ー\s]", "", written)
    return f"0{written}" if _WITHOUT_ZERO.fullmatch(digits) and not written.startswith("(") else None


def digits_of(text: str) -> str:
    """What is dialled, for comparing two ways of writing a number."""
    return re.sub(r"\D", "", unicodedata.normalize("NFKC", text))
