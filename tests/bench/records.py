"""The same places and people as rows of the service's own tables, so that pages and the naive way read real records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import Engine, insert
from sqlmodel import SQLModel

from matching.inputs.facts import HostFacts, OpportunityFacts
from matching.inputs.profile import ParticipantProfile
from matching.inputs.recurrence import Recurrence
from matching.vocabulary import LOAD_AXES
from models.snapshots import DAYS, ERROR_KM
from models.tables import (
    Assessment,
    District,
    Municipality,
    Opportunity,
    Organization,
    Participant,
    Placement,
    Site,
    Slot,
)
from tests.conftest import ON

CHUNK = 2_000
PRECISION = {0.0: "exact", **{error: name for name, error in ERROR_KM.items()}}
Row = dict[str, Any]


@dataclass(frozen=True)
class Keys:
    """Keys that follow from refs, so that no row has to be read back."""

    municipality: UUID

    def of(self, kind: str, ref: str) -> UUID:
        return uuid5(self.municipality, f"{kind} {ref}")


def add_town(engine: Engine, municipality: UUID, *, key: str) -> Keys:
    with engine.begin() as connection:
        row = {"id": municipality, "key": key, "code": "23100", "name": "ためし市", "catalogue_revision": 1}
        connection.execute(insert(Municipality), [row])
    return Keys(municipality)


def add_catalogue(engine: Engine, keys: Keys, facts: Iterable[OpportunityFacts]) -> None:
    """Organizations, districts, sites, opportunities and slots, in chunks."""
    hosts: set[str] = set()
    districts: set[str] = set()
    chunk: list[OpportunityFacts] = []
    for one in facts:
        chunk.append(one)
        if len(chunk) == CHUNK:
            _add_chunk(engine, keys, chunk, hosts, districts)
            chunk = []
    _add_chunk(engine, keys, chunk, hosts, districts)


def _add_chunk(engine: Engine, keys: Keys, facts: list[OpportunityFacts], hosts: set[str], districts: set[str]) -> None:
    new_hosts = {one.host.ref: one.host for one in facts if one.host.ref not in hosts}
    named = {name for one in facts for name in (one.district, *(one.pickup_districts or ())) if name} - districts
    rows: dict[type[SQLModel], list[Row]] = {
        District: [{"id": keys.of("district", name), "name": name} for name in sorted(named)],
        Organization: [organization(keys, host) for host in new_hosts.values()],
        Site: [site(keys, one) for one in facts if has_site(one)],
        Opportunity: [opportunity(keys, one) for one in facts],
        Slot: [row for one in facts for row in slots(keys, one)],
    }
    hosts |= set(new_hosts)
    districts |= named
    with engine.begin() as connection:
        for table, several in rows.items():
            if several:
                connection.execute(insert(table), [{**row, "municipality_id": keys.municipality} for row in several])


def organization(keys: Keys, host: HostFacts) -> Row:
    return {
        "id": keys.of("organization", host.ref),
        "ref": host.ref,
        "name": host.name,
        "type": host.type,
        "status": host.status,
        "status_until": host.status_until,
        "concurrent_limit": host.concurrent_limit,
        "placed_now": host.placed_now,
        "new_intakes_per_month": host.new_intakes_per_month,
        "recent_intakes_on": [day.isoformat() for day in host.recent_intakes_on],
        "rest_days_after_end": host.rest_days_after_end,
        "last_end_on": host.last_end_on,
        "burden": {"level": host.burden} if host.burden else None,
        "typical_reply_days": host.typical_reply_days,
        "relation_owner": host.relation_owner,
        "contact": {"reply_channel": "電話", "best_hours": "10:00〜16:00"},
    }


def has_site(facts: OpportunityFacts) -> bool:
    return facts.site_name is not None


def site(keys: Keys, facts: OpportunityFacts) -> Row:
    stop = {"mode": facts.stop_mode, "walk_minutes": facts.stop_walk_minutes}
    return {
        "id": keys.of("site", facts.ref),
        "ref": f"s-{facts.ref}",
        "organization_id": keys.of("organization", facts.host.ref),
        "name": facts.site_name,
        "latitude": facts.latitude,
        "longitude": facts.longitude,
        "location_precision": PRECISION[facts.place_error_km],
        "district_id": keys.of("district", facts.district) if facts.district else None,
        "nearest_stop": {name: value for name, value in stop.items() if value is not None},
        "winter_access": facts.winter_access,
        "visible_from_street": facts.visible_from_street,
    }


def opportunity(keys: Keys, facts: OpportunityFacts) -> Row:
    conditions = ("min_age", "max_age", "age_flexible", "self_commute_required", "accompaniment_required",
                  "minors_ok", "introduction_required")  # fmt: skip
    insurance = {
        "kind": facts.insurance_kind,
        "valid_from": _iso(facts.insurance_from),
        "valid_until": _iso(facts.insurance_until),
    }
    pickup: Row = {"available": facts.pickup, "days": _days(facts.pickup_days)}
    if facts.pickup_districts is not None:
        pickup["area"] = list(facts.pickup_districts)
    same = ("ref", "title", "plain_description", "role_offered", "heaviest_lift_kg", "capacity_total", "open_places",
            "trial_places", "placed_now", "visit_ok", "trial_ok", "observe_only_ok", "online", "min_stay_minutes",
            "session_minutes", "min_frequency", "group_size", "talk_level", "drop_rule", "engagement_type", "reward_yen",
            "reward_per", "worker_status_checked_on", "cost_yen", "cost_per", "cost_waivable", "emergency_24h", "status",
            "status_until", "verified_on", "verification_method", "stale_after_days")  # fmt: skip
    return {
        "id": keys.of("opportunity", facts.ref),
        "organization_id": keys.of("organization", facts.host.ref),
        "site_id": keys.of("site", facts.ref) if has_site(facts) else None,
        **{name: getattr(facts, name) for name in same},
        "activity_types": list(facts.activity_types),
        "meets_needs": list(facts.meets_needs),
        "task_steps": [{"text": text} for text in facts.task_texts],
        "loads": {axis: level for axis, level in zip(LOAD_AXES, facts.loads, strict=True) if level is not None},
        "hazards": dict(facts.hazards),
        "allergens_present": dict(facts.allergens),
        "accommodations": dict(facts.accommodations),
        "conditions": {
            "restricted_to": list(facts.restricted_to),
            **_known({name: getattr(facts, name) for name in conditions}),
        },
        "regulars": {"age_bands": list(facts.age_bands_present), "mix": dict(facts.mix)},
        "insurance": _known(insurance),
        "pickup": _known(pickup),
        "next_opportunity_ids": list(facts.next_opportunities),
    }


def slots(keys: Keys, facts: OpportunityFacts) -> Iterator[Row]:
    for position, slot in enumerate(facts.slots):
        yield {
            "id": keys.of("slot", f"{facts.ref}-{position}"),
            "opportunity_id": keys.of("opportunity", facts.ref),
            "position": position,
            "open_places": slot.open_places,
            **window(slot.recurrence, complete=True),
        }


def window(rule: Recurrence, *, complete: bool = False) -> Row:
    """A time range as the interchange format writes it; rows of a table name every column."""
    pattern = rule.pattern and {
        "kind": rule.pattern.kind, "weeks": list(rule.pattern.weeks), "anchor_date": _iso(rule.pattern.anchor),
    }  # fmt: skip
    first, last = rule.season or (None, None)
    written = {
        "days": _days(rule.days),
        "dates": sorted(day.isoformat() for day in rule.dates) or None,
        "except_dates": sorted(day.isoformat() for day in rule.except_dates) or None,
        "start": _clock(rule.start),
        "end": _clock(rule.end),
        "week_pattern": pattern,
        "valid_from": rule.valid_from if complete else _iso(rule.valid_from),
        "valid_until": rule.valid_until if complete else _iso(rule.valid_until),
        "season_from": first and f"{first[0]:02d}-{first[1]:02d}",
        "season_until": last and f"{last[0]:02d}-{last[1]:02d}",
        "school_period": rule.school_period,
        "on_holidays": rule.on_holidays,
    }
    return written if complete else _known(written)


def add_person(engine: Engine, keys: Keys, profile: ParticipantProfile) -> UUID:
    key = keys.of("participant", profile.participant_ref)
    rows: list[tuple[type[SQLModel], Row]] = [
        (Participant, participant(keys, profile)),
        (Assessment, assessment(keys, profile)),
        *((Placement, row) for row in placements(profile)),
    ]
    with engine.begin() as connection:
        for number, (table, row) in enumerate(rows):
            owned = (
                {}
                if table is Participant
                else {"id": keys.of(f"row {number}", profile.participant_ref), "participant_id": key}
            )
            connection.execute(insert(table), [{**row, **owned, "municipality_id": keys.municipality}])
    return key


def participant(keys: Keys, profile: ParticipantProfile) -> Row:
    return {
        "id": keys.of("participant", profile.participant_ref),
        "ref": profile.participant_ref,
        "display_name": f"{profile.participant_ref}さん",
        "age": profile.age,
        "age_on": ON,
        "district_id": keys.of("district", profile.district) if profile.district else None,
        "latitude": profile.latitude,
        "longitude": profile.longitude,
        "location_precision": PRECISION[profile.home_error_km],
    }


def assessment(keys: Keys, profile: ParticipantProfile) -> Row:
    same = ("stage", "max_lift_kg", "near_home", "max_travel_minutes", "session_max_minutes", "group_size", "reward",
            "cost_limit_yen", "cost_limit_includes_travel", "accompaniment")  # fmt: skip
    lists = ("needs", "fears", "work_limits", "companions", "restricted_ok", "goal_path")
    needed = {"required": profile.required_accommodations, "preferred": profile.preferred_accommodations}
    return {
        "version": 1,
        "recorded_at": datetime(2026, 11, 20, tzinfo=UTC),
        **{name: getattr(profile, name) for name in same},
        **{name: list(getattr(profile, name)) for name in lists},
        "own_words": [{"text": said.text, "on": _iso(said.said_on)} for said in profile.own_words],
        "interests": {"activity_types": list(profile.interest_types), "texts": list(profile.interest_texts)},
        "strengths": {
            "activity_types": list(profile.strength_types), "texts": list(profile.strength_texts),
            "can_teach": list(profile.can_teach),
        },
        "dislikes": [{"code": one.code, "text": one.text, "absolute": one.absolute} for one in profile.dislikes],
        "capacities": {axis: level for axis, level in zip(LOAD_AXES, profile.capacities, strict=True) if level is not None},
        "stretch_ok": None if profile.stretch_axes is None else list(profile.stretch_axes),
        "accommodations_needed": [{"code": code, "level": level} for level, codes in needed.items() for code in codes],
        "work_limits_checked_on": ON if profile.work_limits_asked else None,
        "allergies": dict(profile.allergies),
        "avoid": {"organization_ids": sorted(profile.barred_organizations)},
        "transport": None if profile.transport is None else [
            _known({"mode": way.mode, "max_minutes": way.max_minutes, "not_before": _clock(way.not_before),
                    "not_after": _clock(way.not_after), "cost_yen": way.cost_yen})
            for way in profile.transport
        ],
        "available": None if profile.available is None else [window(one) for one in profile.available],
        "blocked": [window(one) for one in profile.blocked],
        "frequency": {"goal": profile.frequency_goal},
    }  # fmt: skip


def placements(profile: ParticipantProfile) -> Iterator[Row]:
    for position, ref in enumerate(sorted(profile.placed_opportunities)):
        yield {"position": position, "state": "joined", "opportunity_ref": ref}
    for position, answer in enumerate(profile.declined, len(profile.placed_opportunities)):
        yield {
            "position": position,
            "state": "declined",
            "opportunity_ref": answer.opportunity_ref,
            "reason": answer.reason,
            "show_again_from": answer.again_from,
        }


def _known(row: Row) -> Row:
    return {name: value for name, value in row.items() if value is not None}


def _iso(day: Any) -> str | None:
    return None if day is None else str(day.isoformat())


def _days(days: frozenset[int] | None) -> list[str] | None:
    return None if days is None else [DAYS[day] for day in sorted(days)]


def _clock(minutes: int | None) -> str | None:
    return None if minutes is None else f"{minutes // 60:02d}:{minutes % 60:02d}"
