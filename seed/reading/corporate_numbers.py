"""法人番号 as lists carry them: full-width figures and hyphens are folded; what is not thirteen figures is none."""

from __future__ import annotations

import re
import unicodedata

_BETWEEN = re.compile(r"[-‐‑‒–—―−ー\s]")
_NUMBER = re.compile(r"[0-9]{13}")


def read_corporate_number(text: str) -> str | None:
    """The thirteen figures; None where they are not there, for no figure is guessed."""
    figures = _BETWEEN.sub("", unicodedata.normalize("NFKC", text))
    return figures if _NUMBER.fullmatch(figures) else None


def read_as(written: str, number: str) -> str:
    """What is told where a number was written otherwise."""
    return f"法人番号「{written.strip()}」は「{number}」として読みました。"
