"""The first day a host may be given somebody new (始められる日): after its rest, within its monthly budget.

Source: domain H5 and §6-1. Defaults of the interchange format: one new person a month, fourteen days of rest.
"""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from matching.columns.encodings import MISSING, Bools, Days, Ints
from matching.columns.jagged import Rows
from matching.inputs.recurrence import Horizon
from matching.pool.opportunity_pool import OpportunityPool, month_number
from matching.vocabulary import ENUMS

DEFAULT_MONTHLY_LIMIT = 1
DEFAULT_REST_DAYS = 14


def first_days(pool: OpportunityPool, on: date, horizon: Horizon) -> Ints:
    """Ordinal of the first day for each opportunity, never before the day after `on`."""
    tomorrow = on.toordinal() + 1
    first = np.full(len(pool), tomorrow, dtype=np.int32)
    # Most hosts may be asked tomorrow: only the others are looked at.
    ended = np.flatnonzero(pool.host_last_end >= 0)
    rest = pool.host_rest_days[ended]
    _not_before(first, ended, pool.host_last_end[ended] + np.where(rest < 0, DEFAULT_REST_DAYS, rest))
    next_month = (on.replace(day=1) + timedelta(days=32)).replace(day=1).toordinal()
    _not_before(first, _used_up(pool, on), next_month)
    for status, until, words in (
        (pool.status, pool.status_until, ENUMS["opportunity_status"].bit),
        (pool.host_status, pool.host_status_until, ENUMS["organization_status"].bit),
    ):
        soon = np.flatnonzero(back_in_season(status == words["off_season"], until, horizon))
        _not_before(first, soon, until[soon] + 1)
    return first


def _not_before(first: Ints, rows: Rows, day: Ints | int) -> None:
    """Move the first day of these rows."""
    first[rows] = np.maximum(first[rows], day)


def _used_up(pool: OpportunityPool, on: date) -> Rows:
    """Rows whose host has taken in as many people this month as it does in a month."""
    months = pool.host_intake_months
    taken = np.bincount(months.row[months.value == month_number(on)], minlength=len(pool))
    limit = pool.host_monthly_limit
    return np.flatnonzero(taken >= np.where(limit < 0, DEFAULT_MONTHLY_LIMIT, limit))


def back_in_season(off_season: Bools, until: Ints, horizon: Horizon) -> Bools:
    """Where the season begins again within the weeks planned ahead: hosts are asked six weeks before (domain §2.5 H6)."""
    soon: Bools = off_season & (until >= horizon.first.toordinal()) & (until < horizon.last.toordinal())
    return soon


def days_from(first: Ints, horizon: Horizon) -> Days:
    """Bits of the horizon on and after each first day."""
    return _between(first, np.full(len(first), MISSING, dtype=np.int32), horizon)


def insured_days(pool: OpportunityPool, horizon: Horizon) -> Days:
    """Bits of the horizon on which the host's insurance runs (保険の期間); every day where no period is given."""
    return _between(pool.insurance_from, pool.insurance_until, horizon)


def _between(first: Ints, last: Ints, horizon: Horizon) -> Days:
    """Bits of the horizon from one day of each row up to another, both included; MISSING is no limit."""
    every, one, start = np.uint64(horizon.all_days), np.uint64(1), horizon.first.toordinal()
    days = np.full(len(first), every, dtype=np.uint64)
    late = np.flatnonzero(first > start)
    low = np.minimum(first[late] - start, horizon.length).astype(np.uint64)
    days[late] = every >> low << low
    early = np.flatnonzero((last != MISSING) & (last < start + horizon.length - 1))
    high = np.maximum(last[early] - start + 1, 0).astype(np.uint64)
    days[early] &= (one << high) - one
    return days
