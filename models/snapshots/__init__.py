"""From rows to the engine's question: the only place that knows both tables and profiles.

Whatever a profile has no field for (name, address, notes, consents, life issues) stays behind here.
"""

from models.snapshots.people import age_on, may_work_from, participant_profile, unreadable_limits
from models.snapshots.places import opportunity_facts, stale_after_days
from models.snapshots.times import readable_slot, slot_facts, slot_recurrence
from models.snapshots.values import DAYS
from models.snapshots.where import ERROR_KM, Point

__all__ = [
    "DAYS",
    "ERROR_KM",
    "Point",
    "age_on",
    "may_work_from",
    "opportunity_facts",
    "participant_profile",
    "readable_slot",
    "slot_facts",
    "slot_recurrence",
    "stale_after_days",
    "unreadable_limits",
]
