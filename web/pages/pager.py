"""Pages of a long list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

PAGE_SIZE = 50


@dataclass(frozen=True)
class Pages:
    """Where we are in the list; addresses are None at the ends."""

    number: int
    count: int
    size: int
    previous_address: str | None
    next_address: str | None


def page_number(text: str | None, total: int) -> int:
    """The page asked for, kept within what there is; anything unreadable is the first."""
    last = page_count(total)
    wanted = int(text) if text and text.isascii() and text.isdigit() and len(text) < 7 else 1
    return min(max(wanted, 1), last)


def page_count(total: int) -> int:
    return max(-(-total // PAGE_SIZE), 1)


def pages(number: int, total: int, address: Callable[[int], str]) -> Pages:
    last = page_count(total)
    return Pages(
        number=number,
        count=last,
        size=PAGE_SIZE,
        previous_address=address(number - 1) if number > 1 else None,
        next_address=address(number + 1) if number < last else None,
    )
