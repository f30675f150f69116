"""Whether a file is of another town than ours: asked about before anything of it comes in."""

from __future__ import annotations

from collections import Counter

from models.municipality import Municipality
from seed.draft import Draft
from seed.lists.facility import Facility
from seed.lists.keys import name_key
from seed.place_names import split_prefecture, without_county

CODE_DIGITS = 5


def other_town(draft: Draft, ours: Municipality) -> str | None:
    """The other town by its name, with how many rows are its where some are ours; None where the file is ours."""
    named = draft.municipality or {}
    code = str(named.get("code", ""))[:CODE_DIGITS]
    if code and code != ours.code[:CODE_DIGITS]:
        return str(named.get("name") or code)
    others = Counter(name for row in draft.facilities if (name := _other(row, ours)))
    if not others:
        return None
    name, _ = others.most_common(1)[0]
    if others.total() == len(draft.facilities) and len(others) == 1:
        return name
    more = f"など{len(others)}市町村" if len(others) > 1 else ""
    return f"{name}{more}（{len(draft.facilities)}行のうち{others.total()}行）"


def _other(row: Facility, ours: Municipality) -> str:
    """Whose the row is; nothing where it is ours or does not say. A name that is ours counts more than a code."""
    town, own = _short(row.municipality), _short(ours.name)
    if town and (town.startswith(own) or own.startswith(town)):
        return ""
    if _is_ours(row.code, ours.code):
        return ""
    return row.municipality or ("" if _of_a_prefecture(row.code) else row.code)


def _is_ours(code: str, ours: str) -> bool:
    """With or without its check digit, and without the zero that a spreadsheet drops."""
    return ours[:CODE_DIGITS] in (code.zfill(CODE_DIGITS)[:CODE_DIGITS], code.zfill(CODE_DIGITS + 1)[:CODE_DIGITS])


def _of_a_prefecture(code: str) -> bool:
    """A code of two figures, one that ends in 000, or none: it names no town."""
    return len(code) < CODE_DIGITS - 1 or code.zfill(CODE_DIGITS)[2:CODE_DIGITS] == "000"


def _short(name: str) -> str:
    return name_key(without_county(split_prefecture(name.strip())[1]))
