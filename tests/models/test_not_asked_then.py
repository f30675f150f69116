"""Whatever fact is added later: what was kept before it existed is read, with that fact unknown."""

from __future__ import annotations

import json
from dataclasses import is_dataclass
from types import NoneType
from typing import Any, get_args, get_type_hints

import pytest
from pydantic import TypeAdapter, ValidationError

from matching.inputs.facts import HostFacts, OpportunityFacts, SlotFacts
from matching.inputs.profile import Dislike, OwnWords, ParticipantProfile, PastAnswer, TravelMode
from matching.inputs.recurrence import Calendar, Recurrence, WeekPattern
from matching.shortlist.shown_to_others import Elsewhere
from models.not_asked_then import KeptJson, NoUnknownError, completed, unknown
from tests.matching.making import person, place, slot, way

ALWAYS_ASKED = {
    HostFacts: {"ref", "name", "status"},
    OpportunityFacts: {
        *("ref", "title", "plain_description", "role_offered", "host", "place_error_km", "status", "stale_after_days")
    },
    SlotFacts: {"recurrence"},
    Recurrence: {"school_period"},
    WeekPattern: {"kind"},
    ParticipantProfile: {"participant_ref", "home_error_km", "work_limits_asked", "cost_limit_includes_travel"},
    OwnWords: {"text"},
    Dislike: {"absolute"},
    TravelMode: {"mode"},
    PastAnswer: {"opportunity_ref"},
    Calendar: set(),
    Elsewhere: set(),
}
"""What every kept round says, since the first. A fact that comes later and has no unknown breaks those before it."""


def kinds_in(kind: Any) -> set[type]:
    """The type and every dataclass it holds."""
    found = {kind} if is_dataclass(kind) else set()
    inside = get_type_hints(kind).values() if is_dataclass(kind) else get_args(kind)
    return found.union(*(kinds_in(one) for one in inside)) if inside else found


def fields_without_unknown(kind: type) -> set[str]:
    without = set()
    for name, hint in get_type_hints(kind).items():
        try:
            unknown(hint)
        except NoUnknownError:
            without.add(name)
    return without


@pytest.mark.parametrize("kept", [OpportunityFacts, ParticipantProfile, Calendar, Elsewhere])
def test_every_fact_that_comes_later_has_an_unknown(kept: type) -> None:
    for kind in kinds_in(kept):
        new = fields_without_unknown(kind) - ALWAYS_ASKED[kind]
        assert not new, f"{kind.__name__}.{', '.join(new)}: say in its type how it is unknown (None, or a code)"


ASKED_NONE = {
    *("needs", "own_words", "interest_types", "interest_texts", "strength_types", "strength_texts", "can_teach"),
    *("dislikes", "fears", "capacities", "required_accommodations", "preferred_accommodations", "work_limits"),
    *("allergies", "barred_organizations", "barred_opportunities", "barred_districts", "blocked", "companions"),
    *("restricted_ok", "goal_path", "placed_opportunities", "placed_organizations", "declined", "host_declined"),
}
"""Of a person an empty list says "asked, none". These every kept round holds; one that comes later may be None."""


def test_what_is_asked_of_a_person_later_is_unknown_and_not_none_at_all() -> None:
    hints = get_type_hints(ParticipantProfile)
    certain = {name for name, hint in hints.items() if NoneType not in get_args(hint)}
    assert certain == ASKED_NONE | ALWAYS_ASKED[ParticipantProfile], "let the new fact be `… | None`"


def without(name: str, told: Any) -> Any:
    if isinstance(told, dict):
        return {key: without(name, value) for key, value in told.items() if key != name}
    return [without(name, one) for one in told] if isinstance(told, list) else told


FACTS = place(slots=(slot(), slot("wed", season=((4, 1), (10, 31)))), hazards={"heat": "yes"}, allergens={"egg": "no"})
PROFILE = person(transport=(way("walk"), way("bus")), allergies={"egg": "strict"})


@pytest.mark.parametrize(
    ("value", "name"),
    [
        (value, name)
        for value in (FACTS, PROFILE)
        for kind in sorted(kinds_in(type(value)), key=lambda kind: kind.__name__)
        for name in get_type_hints(kind)
        if name not in set().union(*ALWAYS_ASKED.values())
    ],
    ids=lambda one: one if isinstance(one, str) else type(one).__name__,
)
def test_what_was_kept_without_a_fact_is_read_with_it_unknown(value: Any, name: str) -> None:
    kept = KeptJson[Any](type(value))
    before = without(name, json.loads(kept.written(value)))
    read = json.loads(kept.written(kept.read(json.dumps(before))))
    assert without(name, read) == before
    assert read.get(name) in (None, "unknown", [], {}, [None] * 5)


def test_what_is_whole_is_read_as_it_was() -> None:
    for value in (FACTS, PROFILE):
        kept = KeptJson[Any](type(value))
        assert kept.read(kept.written(value)) == value
        assert completed(type(value), json.loads(kept.written(value))) == json.loads(kept.written(value))


def test_what_is_wrong_and_not_only_missing_is_not_made_up() -> None:
    kept = KeptJson[OpportunityFacts](OpportunityFacts)
    told = json.loads(kept.written(FACTS))
    for broken in ({**told, "min_age": "old"}, {**without("allergens", told), "slots": 7}):
        with pytest.raises(ValidationError):
            kept.read(json.dumps(broken))


def test_who_the_place_is_cannot_be_unknown() -> None:
    kept = KeptJson[OpportunityFacts](OpportunityFacts)
    with pytest.raises(NoUnknownError):
        kept.read(json.dumps(without("ref", json.loads(TypeAdapter(OpportunityFacts).dump_json(FACTS)))))
