"""Odd places, people and questions for Hypothesis: the neutral one with some facts changed.

Every field is varied, with all four values, None, and lists that are empty; what fails shrinks to the few facts that
matter.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import settings
from hypothesis import strategies as some

from matching.inputs.facts import OpportunityFacts, SlotFacts
from matching.inputs.profile import Dislike, OwnWords, ParticipantProfile, PastAnswer, TravelMode
from matching.inputs.recurrence import Calendar, Recurrence, WeekPattern
from matching.question.question import Question
from matching.vocabulary import ENUMS, LOAD_AXES, VOCABULARIES
from tests.conftest import ON
from tests.matching.making import HOME, all_told, host, person, place, pool_of, slot, window
from tests.matching.timetables import TIMETABLES

BOUNDED = settings(max_examples=40, derandomize=True, deadline=None)
MOST_PLACES = 25
MOST_CHANGES = 9
Strategy = some.SearchStrategy[Any]


def maybe(strategy: Strategy) -> Strategy:
    return some.none() | strategy


def codes(name: str, most: int = 3) -> Strategy:
    listed = some.lists(some.sampled_from(VOCABULARIES[name].codes), unique=True, max_size=most)
    return listed.map(tuple)


def code(name: str) -> Strategy:
    return maybe(some.sampled_from(VOCABULARIES[name].codes))


def choice(field: str) -> Strategy:
    return maybe(some.sampled_from(ENUMS[field].codes))


def told(name: str, values: tuple[str, ...] = ("yes", "conditional", "no", "unknown")) -> Strategy:
    """Some answers to a list: the rest never asked, or all asked and no."""
    some_answers = some.dictionaries(some.sampled_from(VOCABULARIES[name].codes), some.sampled_from(values), max_size=4)
    return some_answers | some_answers.map(lambda answers: all_told(name, answers))


def changes(fields: dict[str, Strategy], most: int = MOST_CHANGES) -> Strategy:
    """A few fields with values of their own."""
    names = some.lists(some.sampled_from(sorted(fields)), unique=True, max_size=most)
    return names.flatmap(lambda chosen: some.fixed_dictionaries({name: fields[name] for name in chosen}))


FOUR = some.sampled_from(["yes", "conditional", "no", "unknown"])
COUNT = maybe(some.integers(0, 3))
LEVELS = some.tuples(*[maybe(some.integers(0, 4))] * 5)
DAYS = some.dates(date(2026, 9, 1), date(2027, 6, 30))
DATE = maybe(DAYS)
MONTH_DAYS = some.tuples(some.integers(1, 12), some.integers(1, 28))
SEASON = maybe(some.tuples(MONTH_DAYS, MONTH_DAYS))
WEEKDAYS = maybe(some.frozensets(some.integers(0, 6), max_size=4))
CLOCK = maybe(some.sampled_from([0, 1, 480, 600, 660, 690, 720, 900, 1080, 1320, 1439, 1440]))
WORDS = some.sampled_from(["", "牛のせわ", "花", "しずかに本を読む", "ギター", "🐄", " "])
TEXTS = some.lists(WORDS, max_size=2).map(tuple)
PATTERN = maybe(
    some.builds(
        WeekPattern,
        kind=some.sampled_from(["every", "nth", "alternate"]),
        weeks=some.lists(some.sampled_from([1, 2, 3, 4, 5, -1]), min_size=1, max_size=3).map(tuple),
        anchor=DATE,
    )
)
RULES: dict[str, Strategy] = {
    "days": WEEKDAYS, "dates": some.frozensets(DAYS, max_size=3), "except_dates": some.frozensets(DAYS, max_size=3),
    "start": CLOCK, "end": CLOCK, "pattern": PATTERN, "valid_from": DATE, "valid_until": DATE, "season": SEASON,
    "school_period": some.sampled_from(["any", "term", "break"]), "on_holidays": FOUR,
}  # fmt: skip
WINDOW = changes(RULES).map(lambda rules: _changed(window(), rules))
SLOT = some.tuples(changes(RULES, 3), COUNT).map(
    lambda pair: SlotFacts(recurrence=_changed(slot().recurrence, pair[0]), open_places=pair[1])
)
CALENDARS = some.builds(
    Calendar,
    holidays=some.frozensets(DAYS, max_size=5),
    school_breaks=some.lists(some.tuples(DAYS, DAYS), max_size=1).map(tuple),
)

HOST: dict[str, Strategy] = {
    "name": WORDS, "type": code("organization_types"), "status": some.sampled_from(ENUMS["organization_status"].codes),
    "status_until": DATE, "concurrent_limit": COUNT, "placed_now": COUNT, "new_intakes_per_month": COUNT,
    "recent_intakes_on": some.lists(DAYS, max_size=3).map(tuple), "rest_days_after_end": maybe(some.integers(0, 90)),
    "last_end_on": DATE, "burden": maybe(some.integers(1, 5)), "typical_reply_days": maybe(some.integers(0, 14)),
    "relation_owner": maybe(WORDS),
}  # fmt: skip
PLACE: dict[str, Strategy] = {
    "title": WORDS, "plain_description": WORDS, "role_offered": WORDS, "task_texts": TEXTS,
    "host": some.tuples(some.sampled_from(["h", "g"]), changes(HOST, 3)).map(lambda pair: host(pair[0], **pair[1])),
    "site_name": maybe(WORDS), "district": maybe(some.sampled_from(["南", "北", "東"])),
    "latitude": maybe(some.floats(HOME[0] - 0.3, HOME[0] + 0.3)),
    "longitude": maybe(some.floats(HOME[1] - 0.3, HOME[1] + 0.3)),
    "place_error_km": some.sampled_from([0.0, 0.5, 2.5, 15.0]),
    "stop_mode": maybe(some.sampled_from(["bus", "train", "demand_transit"])), "stop_walk_minutes": COUNT,
    "visible_from_street": FOUR, "winter_access": FOUR,
    "activity_types": codes("activity_types"), "meets_needs": codes("participation_needs"), "loads": LEVELS,
    "hazards": told("hazards"), "heaviest_lift_kg": maybe(some.sampled_from([0.0, 5.0, 10.0, 25.0])),
    "allergens": told("allergens"), "accommodations": told("accommodations"),
    "min_age": maybe(some.sampled_from([0, 15, 18, 40, 41, 65])), "max_age": maybe(some.sampled_from([17, 39, 40, 99])),
    "age_flexible": FOUR, "restricted_to": codes("restrictions", 2), "self_commute_required": FOUR,
    "accompaniment_required": FOUR, "minors_ok": FOUR, "introduction_required": FOUR,
    "capacity_total": COUNT, "open_places": COUNT, "trial_places": COUNT, "placed_now": COUNT,
    "visit_ok": FOUR, "trial_ok": FOUR, "observe_only_ok": FOUR, "online": FOUR,
    "min_stay_minutes": maybe(some.sampled_from([0, 1, 60, 90, 121])),
    "session_minutes": maybe(some.sampled_from([0, 10, 90, 180])),
    "min_frequency": choice("frequency"), "group_size": code("group_sizes"), "talk_level": maybe(some.integers(0, 4)),
    "age_bands_present": some.lists(some.sampled_from(ENUMS["age_band"].codes), unique=True).map(tuple),
    "mix": told("companions"), "drop_rule": code("drop_rules"), "slots": some.lists(SLOT, max_size=3).map(tuple),
    "engagement_type": code("engagement_types"), "reward_yen": maybe(some.sampled_from([0, 1, 1000])),
    "reward_per": choice("money_per"), "worker_status_checked_on": DATE,
    "cost_yen": maybe(some.sampled_from([0, 1, 500, 501])), "cost_per": choice("money_per"), "cost_waivable": FOUR,
    "insurance_kind": code("insurance_kinds"), "insurance_from": DATE, "insurance_until": DATE,
    "pickup": FOUR, "pickup_days": WEEKDAYS,
    "pickup_districts": maybe(some.lists(some.sampled_from(["南", "北"]), unique=True).map(tuple)),
    "emergency_24h": FOUR, "next_opportunities": some.sampled_from([(), ("o01",)]),
    "status": some.sampled_from(ENUMS["opportunity_status"].codes), "status_until": DATE,
    "verified_on": DATE, "verification_method": code("verification_methods"),
    "stale_after_days": some.integers(1, 200),
}  # fmt: skip

REFS = some.frozensets(some.sampled_from(["o00", "o01", "o02", "gone"]), max_size=2)
ANSWERS = some.lists(
    some.builds(
        PastAnswer, opportunity_ref=some.sampled_from(["o00", "o01", "gone"]), reason=some.none(), again_from=DATE
    ),
    max_size=2,
).map(tuple)
DISLIKED = [
    term
    for name in ("activity_types", "hazards", "companions", "group_sizes", "organization_types")
    for term in VOCABULARIES[name].codes
]
TRAVEL = some.builds(
    TravelMode,
    mode=some.sampled_from(VOCABULARIES["transport_modes"].codes),
    max_minutes=maybe(some.sampled_from([0, 5, 30, 120])),
    season=SEASON,
    days=WEEKDAYS,
    not_before=CLOCK,
    not_after=CLOCK,
    cost_yen=maybe(some.sampled_from([0, 300, 1000])),
)
PERSON: dict[str, Strategy] = {
    "participant_ref": some.just("p"), "age": maybe(some.sampled_from([0, 14, 15, 17, 18, 40, 41, 90])),
    "district": maybe(some.sampled_from(["南", "北", "西"])),
    "latitude": maybe(some.floats(HOME[0] - 0.1, HOME[0] + 0.1)),
    "longitude": maybe(some.floats(HOME[1] - 0.1, HOME[1] + 0.1)),
    "home_error_km": some.sampled_from([0.0, 0.1, 2.5]), "may_work_from": DATE,
    "needs": codes("participation_needs", 4),
    "own_words": some.lists(some.builds(OwnWords, text=WORDS, said_on=DATE), max_size=2).map(tuple),
    "interest_types": codes("activity_types"), "interest_texts": TEXTS, "strength_types": codes("activity_types"),
    "strength_texts": TEXTS, "can_teach": TEXTS,
    "dislikes": some.lists(
        some.builds(Dislike, code=maybe(some.sampled_from(DISLIKED)), text=maybe(WORDS), absolute=some.booleans()),
        max_size=2,
    ).map(tuple),
    "fears": codes("fears"), "capacities": LEVELS,
    "stretch_axes": maybe(some.lists(some.sampled_from(LOAD_AXES), unique=True).map(tuple)),
    "stage": maybe(some.integers(0, 6)),
    "required_accommodations": codes("accommodations"), "preferred_accommodations": codes("accommodations"),
    "work_limits": codes("hazards"), "work_limits_asked": some.booleans(),
    "max_lift_kg": maybe(some.sampled_from([0.0, 5.0, 10.0])),
    "allergies": told("allergens", ("yes", "no", "unknown")),
    "barred_organizations": some.frozensets(some.sampled_from(["g", "gone"])), "barred_opportunities": REFS,
    "barred_districts": some.frozensets(some.sampled_from(["東", "消えた地区"])),
    "near_home": choice("near_home"), "transport": maybe(some.lists(TRAVEL, max_size=3).map(tuple)),
    "max_travel_minutes": maybe(some.sampled_from([0, 10, 30, 90])),
    "available": maybe(some.lists(WINDOW, max_size=3).map(tuple)), "blocked": some.lists(WINDOW, max_size=2).map(tuple),
    "frequency_goal": choice("frequency"), "session_max_minutes": maybe(some.sampled_from([0, 1, 59, 60, 240])),
    "group_size": code("group_sizes"), "companions": codes("companions"), "restricted_ok": codes("restrictions", 9),
    "reward": choice("reward"), "cost_limit_yen": maybe(some.sampled_from([0, 500, 5000])),
    "cost_limit_includes_travel": some.booleans(), "accompaniment": choice("accompaniment"),
    "goal_path": some.lists(some.sampled_from(ENUMS["goal_path"].codes), unique=True, max_size=2).map(tuple),
    "placed_opportunities": REFS, "placed_organizations": some.just(frozenset({"h"})),
    "declined": ANSWERS, "host_declined": ANSWERS,
}  # fmt: skip


def _changed(rule: Recurrence, rules: dict[str, Any]) -> Recurrence:
    return Recurrence(**{**rule.__dict__, **rules})


def _numbered(facts: list[dict[str, Any]]) -> list[OpportunityFacts]:
    return [place(f"o{number:02}", **changed) for number, changed in enumerate(facts)]


PLACES: some.SearchStrategy[list[OpportunityFacts]] = (
    some.integers(0, MOST_PLACES)
    .flatmap(lambda many: some.lists(changes(PLACE), min_size=many, max_size=many))
    .map(_numbered)
)
PEOPLE: some.SearchStrategy[ParticipantProfile] = (
    changes(PERSON, 6) | some.fixed_dictionaries({}, optional=PERSON)
).map(lambda facts: person(**facts))
DATES = some.sampled_from([ON, date(2026, 12, 31), date(2027, 3, 30)])
QUESTIONS: some.SearchStrategy[Question] = some.builds(
    lambda profile, places, calendar, timetable, on: Question(
        profile, pool_of(*places, calendar=calendar, timetable=timetable), on
    ),
    PEOPLE,
    PLACES,
    CALENDARS,
    TIMETABLES,
    DATES,
)
