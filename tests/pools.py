"""Looking into a pool of opportunities."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np

from matching.pool.opportunity_pool import OpportunityPool


def columns_by_ref(pool: OpportunityPool) -> dict[str, Any]:
    """Every column in the order of the refs."""
    by_ref = pool.take(np.argsort(pool.rank))
    return {
        field.name: getattr(by_ref, field.name).tolist()
        for field in dataclasses.fields(pool)
        if isinstance(getattr(pool, field.name), np.ndarray) and field.name not in ("host", "hosts", "district")
    }
