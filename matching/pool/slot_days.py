"""On which days each slot is open to somebody new: it takes place, and its host may begin. The same for everybody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Self

import numpy as np

from matching.columns.encodings import Days
from matching.columns.jagged import Ragged, Rows, at, below, picked
from matching.pool.host_available_from import days_from, first_days
from matching.pool.opportunity_pool import OpportunityPool, horizon_of


@dataclass(frozen=True, kw_only=True)
class SlotDays(Ragged):
    """Per slot, as bits of the horizon."""

    days: Days

    def take(self, rows: Rows) -> Self:
        first, positions = picked(self.first, rows)
        return type(self)(first=first, days=at(self.days, positions))

    @classmethod
    def stacked(cls, parts: Sequence[Self]) -> Self:
        return cls(first=below([part.first for part in parts]), days=np.concatenate([part.days for part in parts]))


def slot_days(pool: OpportunityPool, on: date) -> SlotDays:
    """Of every slot of the pool."""
    horizon = horizon_of(pool, on)
    begun = days_from(first_days(pool, on, horizon), horizon)
    return SlotDays(
        first=pool.slots.first, days=pool.slots.times.days(pool.slots.time, horizon) & begun.take(pool.slots.row)
    )
