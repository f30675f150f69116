"""The shapes of what stands in JSON columns (interchange format): a name for a value, [x] a list, {…} an object.

A key that ends in "!" must be there, or the whole object says nothing; "*" stands for every key not named. An object
with the key ALL_OR_NOTHING says nothing once any part of it cannot be read: half of a time would be another time.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

ALL_OR_NOTHING = "!"
NEEDS = {"nth": "weeks", "alternate": "anchor_date"}
"""What a kind of week pattern says nothing without."""
PAIRS = (("season_from", "season_until"),)
TEXTS = ["text"]
FOUR_VALUES = {"*": "four"}
LEVELS = {"*": "level"}
PERIOD = {"valid_from": "day", "valid_until": "day"}
SEASON = {"season_from": "month_day", "season_until": "month_day"}
WEEK_PATTERN = {ALL_OR_NOTHING: "", "kind!": "pattern", "weeks": ["week"], "anchor_date": "day"}
WINDOW = {
    ALL_OR_NOTHING: "",
    "days": ["weekday"], "dates": ["day"], "except_dates": ["day"], "start": "clock", "end": "clock",
    "week_pattern": WEEK_PATTERN, **PERIOD, **SEASON, "school_period": "text", "on_holidays": "four",
}  # fmt: skip
PROVENANCE = [{"field!": "text", "source": "text", "checked_on": "day", "checked_by": "text"}]
INSURANCE = {"kind": "text", **PERIOD, "note": "text"}
TASTES = {"activity_types": TEXTS, "texts": TEXTS, "can_teach": TEXTS}

SHAPES: Mapping[str, Mapping[str, Any]] = {
    "organization": {
        "recent_intakes_on": ["day"],
        "burden": {"level!": "level", "on": "day", "trend": "text"},
        "contact": {"*": "text"},
        "motives": TEXTS,
        "networks": TEXTS,
        "extras": {},
    },
    "site": {
        "toilets": FOUR_VALUES,
        "nearest_stop": {"walk_minutes": "whole", "*": "text"},
        "extras": {},
    },
    "opportunity": {
        "activity_types": TEXTS,
        "meets_needs": TEXTS,
        "task_steps": [
            {
                "order": "whole", "text!": "text", "posture": "text", "alone": "four", "repetitive": "four",
                "minutes": "whole", "body": "level", "hazards": TEXTS,
            }
        ],
        "loads": LEVELS,
        "hazards": FOUR_VALUES,
        "allergens_present": FOUR_VALUES,
        "accommodations": FOUR_VALUES,
        "conditions": {
            "min_age": "whole", "max_age": "whole", "restricted_to": TEXTS, "restriction_reason": "text",
            "other": "text", "min_trial_sessions": "whole", "*": "four",
        },
        "regulars": {"age_bands": TEXTS, "mix": FOUR_VALUES, "text": "text"},
        "insurance": INSURANCE,
        "pickup": {
            "available": "four", "area": TEXTS, "days": ["weekday"], "cost_yen": "whole", "reserve": "four",
            "insurance": INSURANCE,
        },
        "items": TEXTS,
        "next_opportunity_ids": TEXTS,
        "provenance": PROVENANCE,
        "extras": {},
    },
    "slot": {
        "days": ["weekday"],
        "dates": ["day"],
        "except_dates": ["day"],
        "week_pattern": WEEK_PATTERN,
        "extras": {},
    },
    "participant": {"asked_none": TEXTS},
    "assessment": {
        "needs": TEXTS,
        "own_words": [{"text!": "text", "on": "day"}],
        "interests": TASTES,
        "strengths": TASTES,
        "dislikes": [{"code": "text", "text": "text", "absolute": "bool"}],
        "fears": TEXTS,
        "capacities": LEVELS,
        "capacities_self": LEVELS,
        "stretch_ok": TEXTS,
        "accommodations_needed": [{"code!": "text", "level": "text", "source": "text", "checked_on": "day"}],
        "work_limits": TEXTS,
        "allergies": FOUR_VALUES,
        "avoid": {"*": TEXTS},
        "transport": [
            {
                ALL_OR_NOTHING: "", "mode!": "text", "max_minutes": "whole", **SEASON, "days": ["weekday"], "not_before": "clock",
                "not_after": "clock", "cost_yen": "whole",
            }
        ],
        "available": [WINDOW],
        "blocked": [WINDOW],
        "frequency": {"now": "text", "goal": "text"},
        "companions": TEXTS,
        "restricted_ok": TEXTS,
        "goal_path": TEXTS,
        "provenance": PROVENANCE,
    },
    "consent": {"fields": TEXTS},
    "import_batch": {
        "columns": {"*": "text"},
        "same_as": {"*": "text"},
        "outcome": {
            "new": "whole", "changed": "whole", "unchanged": "whole", "located": "whole", "not_located": TEXTS,
            "suggested": "whole", "vanished": TEXTS, "more_vanished": "whole", "by": "key", "at": "moment",
            "taken_back_by": "key", "taken_back_at": "moment", "command": "bool",
            "problems": [{"line": "whole", "sentence!": "text", "blocking": "bool"}],
        },
    },
    "suggestion": {"value": {}},
    "listed_row": {"told": {"organization": {}, "site": {}, "opportunity": {}}},
}  # fmt: skip
"""By table and column. What is not here (kept rounds, settings, calendars) is read by whoever keeps it."""
