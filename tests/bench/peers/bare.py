"""The floor: reading the bytes of the hot columns once, and doing nothing with them (performance §1b)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from matching.pool.opportunity_pool import OpportunityPool

HOT = (
    "latitude", "longitude", "stop_walk_minutes", "stop_mode", "activity_types", "loads", "hazards_yes", "hazards_no",
    "heaviest_lift_kg", "allergens_yes", "allergens_no", "accommodations_yes", "accommodations_conditional",
    "accommodations_no", "restricted_to", "min_age", "max_age", "open_places", "trial_places", "min_stay_minutes",
    "session_minutes", "insurance_fit", "insurance_from", "insurance_until", "status", "status_until", "host_status",
    "host_status_until", "host_concurrent_limit", "host_placed_now", "host_monthly_limit", "host_rest_days",
    "host_last_end", "host_burden", "verified_on", "stale_after_days", "reward_yen", "cost_yen",
    "accompaniment_required", "minors_ok", "online", "pickup", "emergency_24h", "district",
)  # fmt: skip
"""What the constraints read of every opportunity: places, gates and, with the slots, the timetable."""
SLOTS = ("row", "start", "end", "open_places")
PROTOTYPE_BYTES = 72
"""The prototype's hot columns a row, packed as tightly as a kernel would have them."""


def hot_columns(pool: OpportunityPool) -> list[NDArray[np.uint64]]:
    """The columns as whole 64-bit words; a tail of up to seven bytes is left out."""
    columns = [getattr(pool, name) for name in HOT] + [getattr(pool.slots, name) for name in SLOTS]
    # Each slot has one word of days as well, worked out when the question is put.
    columns.append(np.zeros(len(pool.slots.row), dtype=np.uint64))
    return [words(column) for column in columns]


def words(column: NDArray[np.generic]) -> NDArray[np.uint64]:
    raw = np.ascontiguousarray(column).reshape(-1).view(np.uint8)
    return raw[: len(raw) // 8 * 8].view(np.uint64)


def scan(columns: list[NDArray[np.uint64]]) -> int:
    """Exclusive or of everything: one pass, as fast as memory gives it."""
    found = 0
    for column in columns:
        found ^= int(np.bitwise_xor.reduce(column))
    return found


def packed(rows: int) -> list[NDArray[np.uint64]]:
    """As many bytes as the prototype's columns would have."""
    return [np.arange(rows * PROTOTYPE_BYTES // 8, dtype=np.uint64)]
