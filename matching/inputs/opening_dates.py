"""The next dates on which a place is open (次に開く日), whoever comes: what a colleague wants to know before calling."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce
from operator import or_

from matching.inputs.recurrence import HORIZON_DAYS, Calendar, Horizon, Recurrence, bits, days_on

LOOK_AHEAD_DAYS = 366


@dataclass(frozen=True)
class OpenDay:
    """One date with its hours in local minutes (None where a time is unknown); `to_confirm` on a holiday nobody asked about."""

    day: date
    spans: tuple[tuple[int, int] | None, ...]
    to_confirm: bool


def next_open_days(
    slots: Sequence[Recurrence], calendar: Calendar, *, first: date, most: int = 3
) -> tuple[OpenDay, ...]:
    """Up to `most` dates from `first` on, earliest first, a year ahead at most."""
    found: list[OpenDay] = []
    for offset in range(0, LOOK_AHEAD_DAYS, HORIZON_DAYS):
        horizon = Horizon(first + timedelta(days=offset), HORIZON_DAYS, calendar)
        on = [(slot, *days_on(slot, horizon)) for slot in slots]
        for bit in bits(reduce(or_, (days for _, days, _ in on), 0)):
            today = [(slot.span(), bool(confirm >> bit & 1)) for slot, days, confirm in on if days >> bit & 1]
            spans = sorted({span for span, _ in today}, key=lambda span: span or (-1, -1))
            found.append(OpenDay(horizon.date_of(bit), tuple(spans), all(unsure for _, unsure in today)))
            if len(found) == most:
                return tuple(found)
    return tuple(found)
