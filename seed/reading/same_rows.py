"""Rows of one facility list that say the same, or share a number: told in a sentence, and no place is lost."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from seed.lists.facility import Facility
from seed.lists.keys import address_key, name_key
from seed.problems import Problem
from seed.reading.telephones import digits_of

MOST_NAMED = 3


def told_once(rows: Sequence[Facility], problems: list[Problem]) -> list[Facility]:
    """The rows without repetitions, in their order, each organization with the telephone that is its own."""
    once = _one_for_each_place(rows, problems)
    _numbers(once, problems)
    return _telephones_of_owners(once)


def _one_for_each_place(rows: Sequence[Facility], problems: list[Problem]) -> list[Facility]:
    """Rows of the same name and address are one place. What they say is laid together, whichever comes first."""
    groups: dict[tuple[str, ...], list[Facility]] = defaultdict(list)
    for row in rows:
        address = address_key(row.address)
        # Without an address only a row that says the very same is the same place.
        key = (name_key(row.name), address) if address else (name_key(row.name), "", row.number, repr(row.site))
        groups[key].append(row)
    once = []
    for group in groups.values():
        first = min(group, key=lambda row: (row.number, repr((row.site, row.opportunity))))
        for row in sorted(group, key=lambda row: (row.number, repr((row.site, row.opportunity))))[1:]:
            first = replace(
                first,
                organization={**row.organization, **first.organization},
                site={**row.site, **first.site},
                opportunity={**row.opportunity, **first.opportunity},
            )
        for row in group[1:]:
            problems.append(Problem(row.line, "名称", _same_place(group[0], row), False))
        once.append(replace(first, line=group[0].line))
    return once


def _same_place(first: Facility, row: Facility) -> str:
    if (first.number, first.site, first.opportunity) == (row.number, row.site, row.opportunity):
        return f"{first.line}行目とまったく同じ行です。1つの場所として取り込みます。"
    return (
        f"「{row.name}」は{first.line}行目と名称も住所も同じです。1つの場所として取り込みます。"
        "書いてあることがちがうときは、番号の小さいほうの行を使います。"
    )


def _numbers(rows: Sequence[Facility], problems: list[Problem]) -> None:
    """A number that stands in several rows, or in none although the list has numbers, finds no row again by itself."""
    by_number: dict[str, list[Facility]] = defaultdict(list)
    for row in rows:
        by_number[row.number].append(row)
    for number, sharing in by_number.items():
        if number and len(sharing) > 1:
            names = "」「".join(row.name for row in sharing[:MOST_NAMED])
            more = f"など{len(sharing)}行" if len(sharing) > MOST_NAMED else ""
            sentence = f"番号「{number}」が「{names}」{more}で重なっています。どれも別の場所として取り込みます。"
            problems.append(Problem(sharing[1].line, "番号", sentence, False))
    missing = by_number.get("", [])
    if missing and len(by_number) > 1:
        sentence = f"番号のない行が{len(missing)}行あります。次の一覧では、名称と住所で同じ行を見つけます。"
        problems.append(Problem(missing[0].line, "番号", sentence, False))


def _telephones_of_owners(rows: Sequence[Facility]) -> list[Facility]:
    """A telephone is the organization's own where all its rows say the same one; else it belongs to the place."""
    numbers: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        numbers[name_key(row.owner)].add(digits_of(row.site.get("phone", "")))
    return [
        replace(row, organization={**row.organization, **_contact(row)})
        if len(numbers[name_key(row.owner)]) == 1 and "phone" in row.site
        else row
        for row in rows
    ]


def _contact(row: Facility) -> dict[str, dict[str, str]]:
    return {"contact": {name: row.site[name] for name in ("phone", "extension") if name in row.site}}
