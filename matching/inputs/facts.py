"""What the engine is told about a place: one opportunity (支援メニュー) with its host, site and slots, before it becomes columns.

Site facts that stand for accommodations are already folded in (see `inherit_accommodations`). No field has a default.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from matching.inputs.recurrence import FourValue, Recurrence
from matching.vocabulary import VOCABULARIES

Codes = tuple[str, ...]
FourValues = Mapping[str, FourValue]


@dataclass(frozen=True, kw_only=True)
class SlotFacts:
    """枠: one recurring time; `open_places` None means the opportunity's own number counts."""

    recurrence: Recurrence
    open_places: int | None

    @property
    def days_told(self) -> bool:
        """Whether anybody has said on which days it is. Where nobody has, it is on unknown days, not on every day.

        One single date is a day, and whoever is open round the clock has said so of every day.
        """
        rule = self.recurrence
        one_date = rule.valid_from is not None and rule.valid_from == rule.valid_until
        return rule.days is not None or bool(rule.dates) or one_date or rule.round_the_clock


@dataclass(frozen=True, kw_only=True)
class HostFacts:
    """受け入れ先: the organization as host."""

    ref: str
    name: str
    type: str | None
    status: str
    status_until: date | None
    concurrent_limit: int | None
    placed_now: int | None
    new_intakes_per_month: int | None
    recent_intakes_on: tuple[date, ...]
    rest_days_after_end: int | None
    last_end_on: date | None
    burden: int | None
    typical_reply_days: int | None
    relation_owner: str | None


@dataclass(frozen=True, kw_only=True)
class OpportunityFacts:
    """支援メニュー: the unit that is matched. None and an absent code are "nobody has checked"."""

    ref: str
    title: str
    plain_description: str
    role_offered: str
    task_texts: tuple[str, ...]
    host: HostFacts
    site_name: str | None
    district: str | None
    latitude: float | None
    longitude: float | None
    place_error_km: float
    """How far off the coordinates may be: 0 where somebody gave them, kilometres where only the town or district is known."""
    stop_mode: str | None
    stop_walk_minutes: int | None
    visible_from_street: FourValue
    winter_access: FourValue
    activity_types: Codes
    meets_needs: Codes
    loads: tuple[int | None, int | None, int | None, int | None, int | None]
    hazards: FourValues
    heaviest_lift_kg: float | None
    allergens: FourValues
    accommodations: FourValues
    min_age: int | None
    max_age: int | None
    age_flexible: FourValue
    restricted_to: Codes
    self_commute_required: FourValue
    accompaniment_required: FourValue
    minors_ok: FourValue
    introduction_required: FourValue
    capacity_total: int | None
    open_places: int | None
    trial_places: int | None
    placed_now: int | None
    visit_ok: FourValue
    trial_ok: FourValue
    observe_only_ok: FourValue
    online: FourValue
    min_stay_minutes: int | None
    session_minutes: int | None
    min_frequency: str | None
    group_size: str | None
    talk_level: int | None
    age_bands_present: Codes
    mix: FourValues
    drop_rule: str | None
    slots: tuple[SlotFacts, ...]
    engagement_type: str | None
    reward_yen: int | None
    reward_per: str | None
    worker_status_checked_on: date | None
    cost_yen: int | None
    cost_per: str | None
    cost_waivable: FourValue
    insurance_kind: str | None
    insurance_from: date | None
    insurance_until: date | None
    pickup: FourValue
    pickup_districts: tuple[str, ...] | None
    pickup_days: frozenset[int] | None
    emergency_24h: FourValue
    next_opportunities: Codes
    status: str
    status_until: date | None
    verified_on: date | None
    verification_method: str | None
    stale_after_days: int


SURROUNDINGS = "環境"
_WORSE: tuple[FourValue, ...] = ("no", "unknown", "conditional", "yes")
_DROP_RULE: Mapping[str | None, FourValue] = {"free": "yes", "with_notice": "conditional", "difficult": "no"}


def inherit_accommodations(
    stated: FourValues,
    *,
    step_free: FourValue,
    western_toilet: FourValue,
    multipurpose_toilet: FourValue,
    quiet_space: FourValue,
    heating: FourValue,
    cooling: FourValue,
    drop_rule: str | None,
    online: FourValue,
) -> dict[str, FourValue]:
    """Accommodations (配慮事項) that follow from the site and the drop rule where the opportunity does not state them.

    Source: interchange format, "Some accommodations follow from other fields". Whoever joins from home sits in a room
    of their own: its light, noise, steps and toilet are not the host's to answer for.
    """
    drop = _DROP_RULE.get(drop_rule, "unknown")
    surroundings = VOCABULARIES["accommodations"]
    at_home = [code for code in surroundings.codes if surroundings.group(code) == SURROUNDINGS]
    inherited: dict[str, FourValue] = {
        "step_free_access": step_free,
        "western_toilet": western_toilet,
        "multipurpose_toilet": multipurpose_toilet,
        "place_to_be_alone": quiet_space,
        "heating_cooling": min(heating, cooling, key=_WORSE.index),
        "leave_early_ok": drop,
        "absent_same_day_ok": drop,
        **(dict.fromkeys(at_home, "yes") if online == "yes" else {}),
    }
    known = {code: value for code, value in inherited.items() if value != "unknown"}
    return {**known, **{code: value for code, value in stated.items() if value != "unknown" or code not in known}}
