"""What must never count (domain §4.4) cannot even arrive: no field, no file, no column leads to a profile."""

from __future__ import annotations

import dataclasses
import json
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlmodel import Session, select

from matching.inputs.facts import HostFacts, OpportunityFacts, SlotFacts
from matching.inputs.profile import Dislike, OwnWords, ParticipantProfile, PastAnswer, TravelMode
from models.council import CouncilNote
from models.participant_queries import person
from models.scope import open_session
from models.snapshots import participant_profile
from models.tables import Assessment, Consent, Household, HouseholdMember, Participant, Placement
from seed.reading import read
from tests.conftest import AT, CASES, ON
from tests.seed.test_applying import bring_in
from web.services.results import plain

ABOUT_THE_PERSON = (ParticipantProfile, OwnWords, Dislike, TravelMode, PastAnswer)
ABOUT_THE_PLACE = (OpportunityFacts, HostFacts, SlotFacts)
NEVER = (
    "sex", "gender", "nationality", "citizenship", "foreign", "race", "diagnosis", "disease", "illness", "medical",
    "disability", "handicap", "certificate", "welfare", "assistance", "benefit", "income", "debt", "offence", "crime",
    "criminal", "withdrawal", "hikikomori", "isolation", "absence", "absent", "attendance", "religion", "problem",
    "reputation", "parent", "family",
)  # fmt: skip
NAMES = ("name", "kana", "address", "phone", "mail", "note", "consent", "issue", "referral", "household")


def words_of(facts: type) -> set[str]:
    """Every word in the names of the fields."""
    return {word for field in dataclasses.fields(facts) for word in field.name.split("_")}


@pytest.mark.parametrize("facts", [*ABOUT_THE_PERSON, *ABOUT_THE_PLACE])
def test_no_fact_has_a_field_for_what_must_never_count(facts: type) -> None:
    found = [(word, field) for field in words_of(facts) for word in NEVER if field.startswith(word)]
    assert not found


@pytest.mark.parametrize("facts", ABOUT_THE_PERSON)
def test_a_person_is_asked_about_without_name_address_notes_or_consents(facts: type) -> None:
    found = [(word, field) for field in words_of(facts) for word in NAMES if field.startswith(word)]
    assert not found


@pytest.mark.parametrize("facts", [*ABOUT_THE_PERSON, *ABOUT_THE_PLACE])
def test_no_fact_has_a_default_so_that_nothing_is_left_out_unnoticed(facts: type) -> None:
    for field in dataclasses.fields(facts):
        assert field.default is dataclasses.MISSING
        assert field.default_factory is dataclasses.MISSING


@pytest.mark.parametrize("facts", [*ABOUT_THE_PERSON, *ABOUT_THE_PLACE])
def test_nothing_can_be_hung_on_a_fact_afterwards(facts: type) -> None:
    assert facts.__dataclass_params__.frozen  # type: ignore[attr-defined]


# --- Files -----------------------------------------------------------------------------------------------------------

EXTRA: list[tuple[str, Any]] = [
    ("sex", "female"), ("gender", "x"), ("nationality", "BR"), ("diagnosis", "F32"), ("disability_certificate", "2級"),
    ("certificates", ["療育手帳"]), ("public_assistance", True), ("income_yen", 0), ("offences", []),
    ("withdrawal_years", 10), ("absences", 3), ("religion", "なし"), ("family_jobs", ["農家"]),
    ("life_issues", ["hikikomori"]), ("notes", "…"), ("x_diagnosis", "F32"), ("legal_name", "本名"),
]  # fmt: skip
PEOPLE = json.loads((CASES / "participants.json").read_text(encoding="utf-8"))
SOMEBODY, SOMEBODY_ELSE = PEOPLE["participants"][:2]
NESTED: list[tuple[str, Any]] = [
    ("household", {"id": "h", "members": [{"relation": "parent", "diagnosis": "F03"}]}),
    ("accommodations_needed", [{"code": "few_words", "diagnosis": "F84"}]),
    ("active_placements", [{"opportunity_id": "o", "absences": 3}]),
    ("declined", [{"opportunity_id": "o", "behaviour": "…"}]),
    ("own_words", [{"text": "うん", "nationality": "BR"}]),
    ("dislikes", [{"text": "人ごみ", "reason": "診断"}]),
    ("transport", [{"mode": "walk", "disability_certificate": "1級"}]),
    ("avoid", {"participant_ids": [], "reason": "…"}),
]


def people(*records: dict[str, Any]) -> bytes:
    return json.dumps({**PEOPLE, "participants": list(records)}, ensure_ascii=False).encode()


@pytest.mark.parametrize(("field", "value"), EXTRA, ids=[field for field, _ in EXTRA])
def test_a_file_that_carries_it_is_refused_for_that_person_alone_and_says_which_field(field: str, value: Any) -> None:
    draft = read(people({**SOMEBODY, field: value}, SOMEBODY_ELSE), "people.json")
    assert [entry.record["id"] for entry in draft.participants] == [SOMEBODY_ELSE["id"]]
    assert [problem.blocking for problem in draft.problems] == [True]
    assert field in draft.problems[0].sentence


@pytest.mark.parametrize(("field", "value"), NESTED, ids=[field for field, _ in NESTED])
def test_nor_may_it_hide_inside_another_field(field: str, value: Any) -> None:
    draft = read(people({**SOMEBODY, field: value}), "people.json")
    assert draft.participants == []
    assert draft.problems[0].blocking


# --- The database ----------------------------------------------------------------------------------------------------

PROFILED: dict[type[Participant | Assessment], set[str]] = {
    Participant: {"ref", "birth_date", "age", "age_on", "district_id", "latitude", "longitude", "location_precision"},
    Assessment: {
        "needs", "own_words", "interests", "strengths", "dislikes", "fears", "capacities", "stretch_ok", "stage",
        "accommodations_needed", "work_limits", "work_limits_checked_on", "max_lift_kg", "allergies", "avoid",
        "near_home", "transport", "max_travel_minutes", "available", "blocked", "frequency", "session_max_minutes",
        "group_size", "companions", "restricted_ok", "reward", "cost_limit_yen", "cost_limit_includes_travel",
        "accompaniment", "goal_path",
    },
}  # fmt: skip
"""The columns that a profile is made of; every other column of the two tables is changed below."""
KEYS = {
    "id",
    "municipality_id",
    "created_at",
    "updated_at",
    "participant_id",
    "version",
    "household_id",
    "coordinator_id",
}
OTHER_VALUES: dict[str, Any] = {
    "display_name": "別の呼び名", "address": "米子市別の町9-9",
    "waiting_since": date(2019, 1, 1), "referral_source": "別の機関", "asked_none": ["consents"],
    "recorded_at": AT - timedelta(days=400), "capacities_self": {"outing": 0}, "stage_set_on": date(2020, 1, 1),
    "next_visit_on": date(2030, 1, 1), "next_visit_how": "letter", "condition_waves": "by_day", "disclosure": "nothing", "updated_on": date(2020, 1, 1),
    "provenance": [{"field": "needs", "source": "family", "note": "家計や病名の話もあった"}],
}  # fmt: skip


def profiles(session: Session) -> dict[str, bytes]:
    """Everybody's profile as it is kept with a round of proposals."""
    found = {}
    for key in session.exec(select(Participant.id)).all():
        known = person(session, key)
        district = known.district.name if known.district else None
        profile = participant_profile(
            known.participant,
            known.assessment,
            known.placements,
            district=district,
            centre=None,
            also_barred=frozenset(),
            on=ON,
        )
        found[profile.participant_ref] = json.dumps(plain(profile), ensure_ascii=False).encode()
    return found


@pytest.fixture
def everybody(session: Session) -> Session:
    bring_in(session, PEOPLE)
    return session


def test_name_address_and_notes_leave_every_profile_as_it_is_to_the_byte(everybody: Session) -> None:
    before, changed = profiles(everybody), set[str]()
    for table, read_by_the_profile in PROFILED.items():
        for row in everybody.exec(select(table)).all():
            for column in set(table.model_fields) - read_by_the_profile - KEYS:
                setattr(row, column, OTHER_VALUES[column])
                changed.add(column)
            everybody.add(row)
    everybody.commit()
    everybody.expire_all()
    assert changed == set(OTHER_VALUES)
    assert profiles(everybody) == before


def test_consents_given_and_withdrawn_leave_every_profile_as_it_is(everybody: Session) -> None:
    before = profiles(everybody)
    for consent in everybody.exec(select(Consent)).all():
        everybody.delete(consent)
    for key in everybody.exec(select(Participant.id)).all():
        everybody.add(Consent(participant_id=key, position=0, kind="photo_publicity", given_on=ON, withdrawn_on=ON))
    everybody.commit()
    assert profiles(everybody) == before


def test_the_household_and_what_its_members_need_leave_every_profile_as_it_is(everybody: Session) -> None:
    before = profiles(everybody)
    for member in everybody.exec(select(HouseholdMember)).all():
        everybody.delete(member)
    everybody.commit()
    for somebody in everybody.exec(select(Participant)).all():
        home = Household(ref=f"home-{somebody.ref}")
        everybody.add(home)
        everybody.flush()
        somebody.household_id = home.id
        everybody.add(
            HouseholdMember(
                participant_id=somebody.id,
                position=0,
                relation="parent",
                age_band="65_plus",
                gives_care="yes",
                wishes_known="no",
                contact_ok="no",
            )
        )
    everybody.commit()
    assert profiles(everybody) == before


def test_places_that_ended_however_often_and_why_leave_every_profile_as_it_is(everybody: Session) -> None:
    before = profiles(everybody)
    for key in everybody.exec(select(Participant.id)).all():
        for time in range(3):
            everybody.add(
                Placement(
                    participant_id=key,
                    position=90 + time,
                    state="ended",
                    opportunity_ref=f"earlier-{time}",
                    organization_ref="earlier",
                    started_on=date(2025, 1, 1),
                    end_outcome="contact_lost",
                )
            )
    everybody.commit()
    assert profiles(everybody) == before


def test_what_only_the_council_knows_leaves_every_profile_as_it_is(everybody: Session) -> None:
    before, municipality = profiles(everybody), everybody.exec(select(Participant.municipality_id)).first()
    assert municipality is not None
    with open_session(everybody.get_bind(), municipality_id=municipality, council_member=True) as council:  # type: ignore[arg-type]
        council.add(CouncilNote(case_key=uuid4(), text="会わせてはいけない人がいる", written_at=AT))
        council.commit()
    assert profiles(everybody) == before


def test_what_the_person_wants_does_reach_the_profile(everybody: Session) -> None:
    """The other way round: the bytes above would show a change."""
    before = profiles(everybody)
    for row in everybody.exec(select(Assessment)).all():
        row.needs = ["urgent_shelter"]
        everybody.add(row)
    everybody.commit()
    after = profiles(everybody)
    assert all(after[ref] != before[ref] for ref in before)
