"""Opportunities of a synthetic region, row by row: the same row is made again whenever somebody asks for it.

Two million of them as objects would need eight gigabytes, so nothing is kept but positions and the stock.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence
from typing import TypeVar, overload

from matching.inputs.facts import HostFacts, OpportunityFacts
from tests.bench.geography import Region
from tests.bench.stock import DIFFERENT, Stock

Frozen = TypeVar("Frozen", OpportunityFacts, HostFacts)
PICKUP_NEIGHBOURS = 3
STOCK = Stock()


class Town(Sequence[OpportunityFacts]):
    """The first `count` opportunities of a region. A slice is a list; a row costs some 10 µs."""

    def __init__(self, region: Region, count: int) -> None:
        self.positions = region.positions(count)

    def __len__(self) -> int:
        return len(self.positions)

    @overload
    def __getitem__(self, row: int) -> OpportunityFacts: ...
    @overload
    def __getitem__(self, row: slice) -> list[OpportunityFacts]: ...
    def __getitem__(self, row: int | slice) -> OpportunityFacts | list[OpportunityFacts]:
        if isinstance(row, slice):
            return [self[one] for one in range(*row.indices(len(self)))]
        if not 0 <= row < len(self):
            raise IndexError(row)
        like, district = STOCK[row], self.positions.district(row)
        nobody_knows = like.latitude is None
        return _with(
            like,
            ref=ref_of(row),
            title=f"{district}の{like.title}",
            host=_with(like.host, ref=f"h{row // 2:07d}"),
            site_name=f"{district}の{like.site_name}" if like.site_name else None,
            district=None if nobody_knows else district,
            latitude=None if nobody_knows else float(self.positions.latitude[row]),
            longitude=None if nobody_knows else float(self.positions.longitude[row]),
            pickup_districts=self._pickup(row) if like.pickup in ("yes", "conditional") else None,
        )

    def __iter__(self) -> Iterator[OpportunityFacts]:
        return (self[row] for row in range(len(self)))

    def chunks(self, size: int) -> Iterator[list[OpportunityFacts]]:
        """All rows, `size` at a time, so that memory holds one chunk of objects."""
        return (self[start : start + size] for start in range(0, len(self), size))

    def _pickup(self, row: int) -> tuple[str, ...]:
        """The towns listed around its own; every other host fetches from anywhere."""
        names, town = self.positions.names, int(self.positions.town[row])
        return tuple(names[(town + step) % len(names)] for step in range(1 + row % PICKUP_NEIGHBOURS))


def _with(frozen: Frozen, **changed: object) -> Frozen:
    """`dataclasses.replace` without running through all seventy fields; two million rows feel it."""
    made = copy.copy(frozen)
    made.__dict__.update(changed)
    return made


def ref_of(row: int) -> str:
    return f"o{row:07d}"


def row_of(ref: str) -> int:
    return int(ref[1:])


assert DIFFERENT % 2 == 0, "hosts come in pairs of rows"
