"""What a person's record tells twice is told once: one consent, one open placement, one member (二重に書かれたもの)."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from typing import Any

from seed.problems import Problem
from seed.records import Record

Merge = Callable[[Record, Record], Record]
ENDED = "ended"


def tell_once(record: Record, line: int | None) -> Iterator[Problem]:
    """Mend the record where it says the same matter twice, and say so; nothing is refused."""
    who = f"「{record.get('display_name') or record.get('id')}」"
    household = record.get("household")
    lists: tuple[tuple[Any, str, Callable[[Record], Hashable], Merge, str], ...] = (
        (record, "consents", _consent, _one_consent, "の同じ日の同じ同意が2回書かれていたので、一つにまとめました"),
        (
            record,
            "active_placements",
            _place,
            _the_later,
            "の同じ場への参加が2回書かれていたので、後の方だけを読みました",
        ),
        (household, "members", _member, _overlaid, "の同じ世帯員が2回書かれていたので、一つにまとめました"),
    )
    for owner, name, matter, merge, sentence in lists:
        told = owner.get(name) if isinstance(owner, dict) else None
        if told and (once := _once(told, matter, merge)) != told:
            owner[name] = once
            yield Problem(line, None, f"{who}{sentence}。ちがうときは、ファイルを直して取り込み直してください。", False)
    for name in ("declined", "host_declined"):
        told = record.get(name)
        if told:
            record[name] = [one for place, one in enumerate(told) if one not in told[:place]]


def _once(told: list[Record], matter: Callable[[Record], Hashable], merge: Merge) -> list[Record]:
    """In the order of the first time; what has no matter of its own stays as often as it is told."""
    kept: dict[Hashable, Record] = {}
    for place, one in enumerate(told):
        key = matter(one)
        key = ("own", place) if key is None else key
        kept[key] = merge(kept[key], one) if key in kept else one
    return list(kept.values())


def _consent(one: Record) -> Hashable:
    return one.get("kind"), one.get("organization_id"), one.get("given_on")


def _place(one: Record) -> Hashable:
    if one.get("state") == ENDED:
        return None
    opportunity = one.get("opportunity_id")
    return (opportunity, None) if opportunity else (None, one.get("organization_id"))


def _member(one: Record) -> Hashable:
    return one.get("participant_id")


def _one_consent(first: Record, second: Record) -> Record:
    """All the items that were given; withdrawn where either is, and as long as the shorter one."""
    merged = {**first, **second}
    if first.get("fields") and second.get("fields"):
        merged["fields"] = list(dict.fromkeys([*first["fields"], *second["fields"]]))
    for name in ("withdrawn_on", "valid_until"):
        days = [one[name] for one in (first, second) if one.get(name)]
        if days:
            merged[name] = min(days)
    return merged


def _the_later(_: Record, second: Record) -> Record:
    return second


def _overlaid(first: Record, second: Record) -> Record:
    return {**first, **second}
