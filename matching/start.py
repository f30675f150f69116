"""The first day a host may be given somebody new (始められる日): after its rest, within its monthly budget.

Source: domain H5 and §6-1. Defaults of the interchange format: one new person a month, fourteen days of rest.
"""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from matching.columns import Bools, Ints
from matching.pool import OpportunityPool, month_number
from matching.recurrence import Horizon
from matching.vocabulary import ENUMS

DEFAULT_MONTHLY_LIMIT = 1
DEFAULT_REST_DAYS = 14


def first_days(pool: OpportunityPool, on: date, horizon: Horizon) -> Ints:
    """Ordinal of the first day for each opportunity, never before the day after `on`."""
    tomorrow = on.toordinal() + 1
    rest = np.where(pool.host_rest_days < 0, DEFAULT_REST_DAYS, pool.host_rest_days)
    rested = np.where(pool.host_last_end < 0, tomorrow, pool.host_last_end + rest)
    monthly = np.where(pool.host_monthly_limit < 0, DEFAULT_MONTHLY_LIMIT, pool.host_monthly_limit)
    this_month = pool.host_intake_months.value == month_number(on)
    taken = np.bincount(pool.host_intake_months.row[this_month], minlength=len(pool))
    next_month = (on.replace(day=1) + timedelta(days=32)).replace(day=1).toordinal()
    budgeted = np.where(taken >= monthly, next_month, tomorrow)
    first = np.maximum(np.maximum(rested, budgeted), tomorrow)
    for status, until, words in (
        (pool.status, pool.status_until, ENUMS["opportunity_status"].bit),
        (pool.host_status, pool.host_status_until, ENUMS["organization_status"].bit),
    ):
        soon = back_in_season(status == words["off_season"], until, horizon)
        first = np.where(soon, np.maximum(first, until + 1), first)
    days: Ints = first.astype(np.int32)
    return days


def back_in_season(off_season: Bools, until: Ints, horizon: Horizon) -> Bools:
    """Where the season begins again within the weeks planned ahead: hosts are asked six weeks before (domain §2.5 H6)."""
    soon: Bools = off_season & (until >= horizon.first.toordinal()) & (until < horizon.last.toordinal())
    return soon


def days_from(first: Ints, horizon: Horizon) -> NDArray[np.uint64]:
    """Bits of the horizon on and after each first day."""
    low = np.clip(first - horizon.first.toordinal(), 0, horizon.length).astype(np.uint64)
    days: NDArray[np.uint64] = np.uint64(horizon.all_days) >> low << low
    return days


def insured_days(pool: OpportunityPool, horizon: Horizon) -> NDArray[np.uint64]:
    """Bits of the horizon on which the host's insurance runs (保険の期間); every day where no period is given."""
    first = np.clip(pool.insurance_from - horizon.first.toordinal(), 0, horizon.length).astype(np.uint64)
    after = pool.insurance_until - horizon.first.toordinal() + 1
    last = np.where(pool.insurance_until < 0, horizon.length, np.clip(after, 0, horizon.length)).astype(np.uint64)
    every, one = np.uint64(horizon.all_days), np.uint64(1)
    days: NDArray[np.uint64] = (every >> first << first) & ((one << last) - one)
    return days
