"""Headings that sort a list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

Line = TypeVar("Line")
Sorted = Literal["ascending", "descending"]


@dataclass(frozen=True)
class Column:
    """A heading; the address sorts by it, None where one cannot."""

    label: str
    address: str | None
    sorted: Sorted | None


def by(value: Callable[[Line], Any], tie: Callable[[Line], str]) -> Callable[[Line], tuple[bool, Any, str]]:
    """Sort by a value, what is unknown last, then by what settles a tie."""

    def key(line: Line) -> tuple[bool, Any, str]:
        found = value(line)
        return found is None, "" if found is None else found, tie(line)

    return key


def column(label: str, name: str, key: object, *, sort: str, down: bool, at: Callable[..., str]) -> Column:
    """The heading of one column: a first click sorts by it, a second one turns it round."""
    if key is None:
        return Column(label, None, None)
    if name != sort:
        return Column(label, at(sort=name, order="up"), None)
    return Column(label, at(sort=name, order="up" if down else "down"), "descending" if down else "ascending")
