"""What a list may change: three versions of an entry, what the list said last time, what is stored, what it says now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from seed.lists.keys import address_key, name_key
from seed.reading.telephones import digits_of
from seed.records import Record

GROUPS: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "organization": (("name",), ("corporate_number",), ("phone", "extension")),
    "site": (
        ("name",),
        ("kana",),
        ("alias",),
        ("address",),
        ("latitude", "longitude"),
        ("phone", "extension"),
        ("url",),
        ("accessibility_note",),
        ("x_poi_code",),
    ),
    "opportunity": (("title",), ("slots",), ("notes",), ("source_evidence",)),
}
"""Fields that belong together are taken together: half of a position is none."""

OURS_ALONE = frozenset({"site.kana", "site.x_poi_code", "opportunity.title", "opportunity.notes"}) | {
    "opportunity.source_evidence"
}
"""Where the list says otherwise than we do about these, nobody needs to decide anything."""

NEARBY = 0.0003
"""Degrees, some 30 m: two people who mark the same house differ by as much."""


@dataclass(frozen=True)
class Difference:
    """一覧との違い: a list says `value` where something else is stored that it may not change."""

    kind: str
    ref: str
    field: str
    value: Record


def group_of(kind: str, field: str) -> tuple[str, ...]:
    """The fields that are taken over together with this one, which is the first of them."""
    return next(group for group in GROUPS[kind] if group[0] == field)


def merged(
    kind: str,
    ref: str,
    stored: Record,
    base: Record | None,
    told: Record,
    *,
    confirmed: bool,
    fills: bool = True,
    town: str = "",
) -> tuple[Record, list[Difference]]:
    """(the entry after the import, where the list says otherwise). All three are flat; `base` None is unknown.

    What still reads as the list said it, and nobody confirmed, follows the list. What is empty is filled where `fills`,
    unless somebody emptied it. Everything else stays as it is.
    """
    after, differences = dict(stored), []
    for group in GROUPS[kind]:
        theirs = _part(told, group)
        if not theirs:
            continue
        ours, before = _part(stored, group), _part(base or {}, group)
        untouched = base is not None and ours == before
        if not ours and not before:
            if fills:
                after.update(theirs)
        elif untouched and not confirmed:
            for name in group:
                after.pop(name, None)
            after.update(theirs)
        elif not agrees(ours, theirs, town) and f"{kind}.{group[0]}" not in OURS_ALONE:
            differences.append(Difference(kind, ref, group[0], theirs))
    return after, differences


def _part(record: Record, group: tuple[str, ...]) -> Record:
    return {name: record[name] for name in group if record.get(name) is not None}


def agrees(ours: Mapping[str, Any], theirs: Mapping[str, Any], town: str) -> bool:
    """Whether both say the same, however it is spelled. `town` may be left out of an address."""
    return all(_same(name, ours.get(name), value, town) for name, value in theirs.items())


def _same(name: str, ours: Any, theirs: Any, town: str) -> bool:
    if ours == theirs:
        return True
    if ours is None:
        return False
    if name in ("latitude", "longitude"):
        return bool(abs(float(ours) - float(theirs)) <= NEARBY)
    if not isinstance(ours, str) or not isinstance(theirs, str):
        return False
    if name == "phone":
        return digits_of(ours) == digits_of(theirs)
    if name == "address":
        return address_key(ours, town) == address_key(theirs, town)
    return name_key(ours) == name_key(theirs)
