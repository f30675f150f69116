"""The engine on the practice cases and on the field's scenes: what it promises of every answer."""

from __future__ import annotations

import dataclasses
import json
from datetime import date
from typing import Any

import numpy as np
import pytest
from sqlalchemy import Engine
from sqlmodel import select

from matching.answers import Shortlist
from matching.columns import FAIL, PASS
from matching.diversity import MOST
from matching.engine import propose
from matching.near_misses import objections
from matching.pool import OpportunityPool, build_pool
from matching.profile import ParticipantProfile, TravelMode
from matching.question import Question
from matching.recurrence import Calendar, Recurrence
from matching.rules import constraints, criteria
from matching.scoring import Scores
from matching.weights import WEIGHTS
from models.scope import EVERYWHERE, open_session
from models.tables import Participant
from seed.municipal_settings import add_municipality
from seed.samples import fill_sample
from tests.conftest import AT, CASES, ON
from tests.seed.test_applying import bring_in
from web.services.proposals import ask

Asked = list[tuple[ParticipantProfile, OpportunityPool, Shortlist]]


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Asked:
    """Everybody of the practice cases and of the sample, asked the way the page asks."""
    from models.database import make_engine
    from models.migrate import upgrade

    engine = make_engine(f"sqlite:///{tmp_path_factory.mktemp('asked') / 'asked.db'}")
    upgrade(engine)
    return [*_practice(engine), *_sample(engine)]


def _answers(engine: Engine, municipality_id: Any) -> Asked:
    with open_session(engine, municipality_id=municipality_id) as session:
        keys = session.exec(select(Participant.id).order_by(Participant.ref)).all()
        answers = [ask(session, participant_id=key, on=ON) for key in keys]
    return [(answer.profile, answer.pool, answer.shortlist) for answer in answers]


def _practice(engine: Engine) -> Asked:
    with open_session(engine, municipality_id=EVERYWHERE) as session:
        key = add_municipality(session, {"key": "yonago", "code": "31202", "name": "米子市"}).id
        session.commit()
    with open_session(engine, municipality_id=key) as session:
        for name in ("catalogue", "participants"):
            bring_in(session, json.loads((CASES / f"{name}.json").read_text(encoding="utf-8")))
    return _answers(engine, key)


def _sample(engine: Engine) -> Asked:
    with open_session(engine, municipality_id=EVERYWHERE) as session:
        key = add_municipality(session, {"key": "oshu", "code": "03215", "name": "奥州市"}).id
        session.commit()
    with open_session(engine, municipality_id=key) as session:
        fill_sample(session, "oshu", at=AT, on=ON)
        session.commit()
    return _answers(engine, key)


def test_every_rule_has_a_code_a_label_and_a_weight_with_its_reason() -> None:
    assert len({rule.code for rule in constraints()}) == len(constraints()) >= 20
    assert all(rule.label and rule.stage in ("open", "reachable", "eligible") for rule in constraints())
    assert {rule.code for rule in criteria()} == set(WEIGHTS)
    assert all(rule.__doc__ and rule.label for rule in criteria())
    assert sum(weight.value for weight in WEIGHTS.values()) == 100
    assert all(weight.reason for weight in WEIGHTS.values())


def test_the_vector_answer_is_the_answer_about_each_place_alone(asked: Asked) -> None:
    for profile, pool, _ in asked[::3]:
        whole = Scores(Question(profile, pool, ON))
        for row in range(0, len(pool), 5):
            alone = Scores(whole.question.about(row))
            assert (alone.verdicts[:, 0] == whole.verdicts[:, row]).all()
            assert alone.totals[0] == whole.totals[row]
            assert np.array_equal(alone.scores[:, 0], whole.scores[:, row], equal_nan=True)


def test_points_add_up_to_the_total_to_the_last_digit(asked: Asked) -> None:
    for _, _, shortlist in asked:
        for candidate in (*shortlist.candidates, *shortlist.others):
            assert sum(finding.points for finding in candidate.findings) == candidate.total


def test_every_place_stands_in_exactly_one_list(asked: Asked) -> None:
    for _, pool, shortlist in asked:
        refs = [one.opportunity_ref for one in (*shortlist.candidates, *shortlist.others, *shortlist.excluded)]
        assert sorted(refs) == sorted(fact.ref for fact in pool.facts)
        assert len(shortlist.candidates) <= MOST
        assert {miss.opportunity_ref for miss in shortlist.near_misses} <= {
            one.opportunity_ref for one in shortlist.excluded
        }


def test_the_waterfall_only_falls_and_ends_with_the_proposals(asked: Asked) -> None:
    for _, pool, shortlist in asked:
        counts = [step.count for step in shortlist.waterfall]
        assert counts == sorted(counts, reverse=True)
        assert (counts[0], counts[-1]) == (len(pool), len(shortlist.candidates))
        assert counts[-2] == len(shortlist.candidates) + len(shortlist.others)


def test_every_near_miss_is_overridable_and_lifted_by_its_change(asked: Asked) -> None:
    found = 0
    for profile, pool, shortlist in asked:
        question = Question(profile, pool, ON)
        for miss in shortlist.near_misses:
            row = pool.row_of[miss.opportunity_ref]
            assert len(objections(question, Scores(question), row)) == 1
            assert miss.objection.overridable
            assert miss.objection.change is not None
            changed = Scores(miss.objection.change.suppose(question.about(row)))
            assert changed.eligible[0]
            assert changed.totals[0] == miss.total_if_changed
            found += 1
    assert found > 10


def test_the_next_dates_are_real_and_agree_with_the_verdicts(asked: Asked) -> None:
    for profile, pool, shortlist in asked:
        question = Question(profile, pool, ON)
        for candidate in shortlist.candidates:
            in_time = question.sessions.in_time[candidate.row], question.sessions.on_the_way[candidate.row]
            if profile.available is not None and in_time == (PASS, PASS):
                assert candidate.next_dates
            days = [one.day for one in candidate.next_dates]
            assert days == sorted(set(days))
            assert all(day > ON for day in days)
            for one in candidate.next_dates:
                longest = profile.session_max_minutes
                assert longest is None or one.end - one.start <= longest


def test_the_same_question_has_the_same_answer(asked: Asked) -> None:
    for profile, pool, shortlist in asked[:6]:
        again = propose(profile, pool, on=ON)
        assert [dataclasses.astuple(one) for one in again.candidates] == [
            dataclasses.astuple(one) for one in shortlist.candidates
        ]


def test_another_place_in_the_pool_changes_no_verdict(asked: Asked) -> None:
    profile, pool, _ = asked[0]
    fewer = pool.take(list(range(0, len(pool), 2)))
    whole, part = Scores(Question(profile, pool, ON)), Scores(Question(profile, fewer, ON))
    assert (whole.verdicts[:, ::2] == part.verdicts).all()


FORBIDDEN = (
    "sex gender nationality diagnosis certificate welfare_benefit income offence withdrawal absence name address note"
)


def test_a_profile_cannot_carry_what_must_never_count() -> None:
    fields = {field.name for field in dataclasses.fields(ParticipantProfile)}
    assert not [field for field in fields for word in FORBIDDEN.split() if word in field]
    assert all(
        field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
        for field in dataclasses.fields(ParticipantProfile)
    )


def _sample_person(asked: Asked, ref: str) -> tuple[ParticipantProfile, OpportunityPool, Shortlist]:
    return next(one for one in asked if one[0].participant_ref == ref)


def test_scene_1_nobody_in_the_bonding_stage_is_sent_outside(asked: Asked) -> None:
    _, pool, shortlist = _sample_person(asked, "p-haru")
    assert shortlist.candidates
    for candidate in (*shortlist.candidates, *shortlist.others):
        facts = pool.facts[candidate.row]
        assert facts.online == "yes" or "family_meeting" in facts.activity_types


def test_scene_7_an_unasked_allergy_keeps_the_cows_but_stops_the_request(asked: Asked) -> None:
    somebody, pool, _ = _sample_person(asked, "p-takeru")
    car = TravelMode(
        mode="own_car", max_minutes=60, season=None, days=None, not_before=None, not_after=None, cost_yen=None
    )
    profile = dataclasses.replace(somebody, transport=(car,), max_travel_minutes=60)
    unasked = dataclasses.replace(profile, allergies={})
    shortlist = propose(unasked, pool, on=ON)
    cows = next(one for one in (*shortlist.candidates, *shortlist.others) if one.opportunity_ref == "opp-koushi")
    assert [question.code for question in cows.questions if question.stops_request] == ["allergens"]
    allergic = propose(dataclasses.replace(profile, allergies={"animals_allergen": "yes"}), pool, on=ON)
    reasons = next(one for one in allergic.excluded if one.opportunity_ref == "opp-koushi").objections
    assert [(one.code, one.overridable) for one in reasons] == [("allergens", False)]


def test_scene_8_a_host_who_says_it_is_too_much_is_left_in_peace(asked: Asked) -> None:
    for _, pool, shortlist in asked:
        proposed = {pool.facts[one.row].host.burden for one in (*shortlist.candidates, *shortlist.others)}
        assert 5 not in proposed


def test_scene_10_the_young_are_not_turned_away_from_an_old_peoples_club(asked: Asked) -> None:
    profile, pool, _ = _sample_person(asked, "p-shinji")
    question = Question(dataclasses.replace(profile, age=24), pool, ON)
    verdicts = dict(zip([rule.code for rule in constraints()], Scores(question).verdicts, strict=True))
    clubs = [row for row, fact in enumerate(pool.facts) if fact.ref.startswith("opp-y-")]
    assert (verdicts["age"][clubs] != FAIL).all()


def test_scene_14_the_place_for_tonight_is_never_in_a_list(asked: Asked) -> None:
    for _, pool, shortlist in asked:
        for candidate in (*shortlist.candidates, *shortlist.others):
            assert pool.facts[candidate.row].emergency_24h != "yes"


def test_scene_15_a_young_carer_gets_saturday_noon_and_no_weekday_evening(asked: Asked) -> None:
    _, _, shortlist = _sample_person(asked, "p-yui")
    assert "opp-ongaku" in [one.opportunity_ref for one in shortlist.candidates]
    for candidate in shortlist.candidates:
        assert all(one.day.weekday() == 5 for one in candidate.next_dates)


def test_an_empty_catalogue_is_an_answer(asked: Asked) -> None:
    shortlist = propose(asked[0][0], build_pool([], Calendar(frozenset(), ())), on=ON)
    assert shortlist.candidates == ()
    assert [step.count for step in shortlist.waterfall] == [0, 0, 0, 0, 0]


def test_a_person_nobody_has_asked_yet_is_not_an_error(asked: Asked) -> None:
    _, _, shortlist = _sample_person(asked, "p-ryu")
    for candidate in shortlist.candidates:
        assert {question.code for question in candidate.questions if question.stops_request} >= {"hazards"}


def naive(rule: Recurrence, day: date, calendar: Calendar) -> bool:
    """The text of the interchange format, read aloud for one day."""
    named = day in rule.dates
    weekly = (rule.days is None and not rule.dates) or (rule.days is not None and day.weekday() in rule.days)
    if weekly and rule.pattern and rule.pattern.kind == "nth":
        nth = len(
            [other for other in range(1, day.day + 1) if date(day.year, day.month, other).weekday() == day.weekday()]
        )
        rest = [
            other
            for other in range(day.day + 1, 32)
            if _exists(day, other) and date(day.year, day.month, other).weekday() == day.weekday()
        ]
        weekly = nth in rule.pattern.weeks or (-1 in rule.pattern.weeks and not rest)
    if not (named or weekly) or day in rule.except_dates:
        return False
    if (rule.valid_from and day < rule.valid_from) or (rule.valid_until and day > rule.valid_until):
        return False
    if rule.season:
        first, last = rule.season
        last = (2, 29) if last == (2, 28) else last
        today = (day.month, day.day)
        inside = first <= today <= last if first <= last else today >= first or today <= last
        if not inside:
            return False
    if rule.school_period == "term" and calendar.in_school_break(day):
        return False
    if rule.school_period == "break" and not calendar.in_school_break(day):
        return False
    return not (rule.on_holidays == "no" and day in calendar.holidays)


def _exists(day: date, other: int) -> bool:
    try:
        date(day.year, day.month, other)
    except ValueError:
        return False
    return True
