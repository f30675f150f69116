"""The first day a host may be given somebody new (始められる日): after its rest, within its monthly budget.

Source: domain H5 and §6-1. Defaults of the interchange format: one new person a month, fourteen days of rest.
"""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from matching.columns import Ints
from matching.pool import OpportunityPool, month_number
from matching.recurrence import Horizon

DEFAULT_MONTHLY_LIMIT = 1
DEFAULT_REST_DAYS = 14


def first_days(pool: OpportunityPool, on: date) -> Ints:
    """Ordinal of the first day for each opportunity, never before the day after `on`."""
    tomorrow = on.toordinal() + 1
    rest = np.where(pool.host_rest_days < 0, DEFAULT_REST_DAYS, pool.host_rest_days)
    rested = np.where(pool.host_last_end < 0, tomorrow, pool.host_last_end + rest)
    monthly = np.where(pool.host_monthly_limit < 0, DEFAULT_MONTHLY_LIMIT, pool.host_monthly_limit)
    this_month = pool.host_intake_months.value == month_number(on)
    taken = np.bincount(pool.host_intake_months.row[this_month], minlength=len(pool))
    next_month = (on.replace(day=1) + timedelta(days=32)).replace(day=1).toordinal()
    budgeted = np.where(taken >= monthly, next_month, tomorrow)
    first: Ints = np.maximum(np.maximum(rested, budgeted), tomorrow).astype(np.int32)
    return first


def days_from(first: Ints, horizon: Horizon) -> NDArray[np.uint64]:
    """Bits of the horizon on and after each first day."""
    low = np.clip(first - horizon.first.toordinal(), 0, horizon.length).astype(np.uint64)
    days: NDArray[np.uint64] = np.uint64(horizon.all_days) >> low << low
    return days
