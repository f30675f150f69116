"""Telephone numbers as lists write them: without the zero that a spreadsheet drops, and with words beside them."""

from __future__ import annotations

import re
import unicodedata

_DASHES = str.maketrans("‐‑‒–—―−ー", "--------")
_WITHOUT_ZERO = re.compile(
    r"(?P<before>(?:TEL|電話(?:番号)?)?[\s:.]*)(?P<number>[1-9][-()\s\d]{7,}\d)(?P<beside>(?:\D.*)?)", re.I | re.S
)
_LACKS_ZERO = re.compile(r"[1-9]\d{8}|(?:50|70|80|90)\d{8}")
"""Nine figures of a fixed line, ten of a mobile or IP line: one less than the numbers have."""

_BETWEEN = r"[-(). ]{0,2}"
_NUMBER = re.compile(
    rf"(?<![\d-])\(?(?:\+81{_BETWEEN}(?:\(0\))?[1-9](?:{_BETWEEN}\d){{8,9}}"
    rf"|0{_BETWEEN}[25-9]{_BETWEEN}0(?:{_BETWEEN}\d){{8}}"
    rf"|0(?!{_BETWEEN}[25-9]{_BETWEEN}0){_BETWEEN}[1-9](?:{_BETWEEN}\d){{8}})(?!-?\d)"
)
"""A whole number: eleven figures of a mobile or IP line, else ten; or one with the country in front."""
_FAX = re.compile(r"(?:FAX|ファッ?クス)(?:番号)?[\s:.(]*$", re.I)
_FIGURES_ALONE = re.compile(r"\+?[-()\s\d]+")


def with_zero(text: str) -> str | None:
    """The number with the zero that is missing, what stands beside it as it is; None where nothing is missing."""
    found = _WITHOUT_ZERO.fullmatch(_plain(text).strip())
    if found is None or not _LACKS_ZERO.fullmatch(re.sub(r"\D", "", found["number"])):
        return None
    return f"{found['before']}0{found['number']}{found['beside']}"


def dialled(text: str) -> str:
    """What is dialled: the first telephone number of 「TEL0197-24-0000（代表）」; "" where there is none, or only a fax."""
    plain = _plain(text)
    for found in _NUMBER.finditer(plain):
        if not _FAX.search(plain[: found.start()]):
            return re.sub(r"[^\d+]", "", found[0].replace("(0)", ""))
    # A number without its area code is dialled as it is, where nothing else is said.
    return re.sub(r"[^\d+]", "", plain) if _FIGURES_ALONE.fullmatch(plain) else ""


def digits_of(text: str) -> str:
    """For comparing two ways of writing a number."""
    return dialled(text) or re.sub(r"\D", "", _plain(text))


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).translate(_DASHES)
