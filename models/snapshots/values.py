"""Values of the records as the engine reads them: codes, levels, days, minutes and seasons."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, cast

from matching.inputs.recurrence import FourValue
from matching.vocabulary import LOAD_AXES

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
JSON = Mapping[str, Any]


def four(value: str | None) -> FourValue:
    """One of the four; whatever else a column holds is unknown."""
    return cast(FourValue, value) if value in ("yes", "conditional", "no") else "unknown"


def levels(by_axis: JSON | None) -> tuple[int | None, int | None, int | None, int | None, int | None]:
    known = by_axis or {}
    outing, people, duration, body, voice = (known.get(axis) for axis in LOAD_AXES)
    return outing, people, duration, body, voice


def day(value: str | date | None) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value


def days(values: Iterable[str | date] | None) -> list[date]:
    return [found for value in values or () if (found := day(value)) is not None]


def weekdays(names: Iterable[str] | None) -> frozenset[int] | None:
    return None if names is None else frozenset(DAYS.index(name) for name in names)


def minutes(clock: str | None) -> int | None:
    if clock is None:
        return None
    hours, rest = clock.split(":")
    return int(hours) * 60 + int(rest)


def season(rule: JSON) -> tuple[tuple[int, int], tuple[int, int]] | None:
    if not rule.get("season_from") or not rule.get("season_until"):
        return None
    first, last = (tuple(int(part) for part in rule[name].split("-")) for name in ("season_from", "season_until"))
    return (first[0], first[1]), (last[0], last[1])
