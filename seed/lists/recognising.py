"""Finding the rows of a list again in its next version: by what they say, never by a number alone."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Sequence

from seed.lists.keys import RowKey

Key = Callable[[RowKey], Hashable | None]


def recognise(rows: Sequence[RowKey], known: Sequence[RowKey]) -> list[int | None]:
    """For each row the place in `known` of the row that it was last time; None for a new one. Linear.

    Exactly the same; else renumbered (name and address); else corrected (number with name, or with address), where
    what is left to recognise it by stands only once in each version.
    """
    found: list[int | None] = [None] * len(rows)
    _pair(rows, known, found, lambda row: (row.number, row.name, row.address), once=False)
    _pair(rows, known, found, lambda row: (row.name, row.address))
    for part in (lambda row: row.name, lambda row: row.address):
        _pair(rows, known, found, _with_number(part, rows, known))
    return found


def _with_number(part: Callable[[RowKey], str], rows: Sequence[RowKey], known: Sequence[RowKey]) -> Key:
    """Number and part, for rows whose part stands once in the list: 「公衆トイレ」 on ten rows tells nothing."""
    here, there = Counter(map(part, rows)), Counter(map(part, known))

    def key(row: RowKey) -> Hashable | None:
        text = part(row)
        alone = text and here[text] <= 1 and there[text] <= 1
        return (row.number, text) if row.number and alone else None

    return key


def _pair(
    rows: Sequence[RowKey], known: Sequence[RowKey], found: list[int | None], key: Key, *, once: bool = True
) -> None:
    """Pair what is not paired yet and has the same key; with `once` only where nothing else has it."""
    taken = {place for place in found if place is not None}
    left: dict[Hashable, list[int]] = defaultdict(list)
    for place, row in enumerate(known):
        if place not in taken and (name := key(row)) is not None:
            left[name].append(place)
    asking: dict[Hashable, list[int]] = defaultdict(list)
    for place, row in enumerate(rows):
        if found[place] is None and (name := key(row)) is not None:
            asking[name].append(place)
    for name, places in asking.items():
        same = left.get(name, [])
        if once and (len(places) > 1 or len(same) > 1):
            continue
        for place, before in zip(places, same, strict=False):
            found[place] = before
