"""The engine on the practice cases and on the field's scenes: what it promises of every answer."""

from __future__ import annotations

import dataclasses
from datetime import date

import numpy as np

from matching.columns.encodings import PASS
from matching.engine import propose
from matching.inputs.recurrence import Calendar, Recurrence
from matching.pool.building import build_pool
from matching.question.question import Question
from matching.rules.kinds import constraints, criteria
from matching.shortlist.diversity import MOST
from matching.shortlist.near_misses import objections
from matching.shortlist.scoring import Scores
from matching.shortlist.weights import WEIGHTS
from tests.conftest import ON
from tests.matching.conftest import Asked


def test_every_rule_has_a_code_a_label_and_a_weight_with_its_reason() -> None:
    assert len({rule.code for rule in constraints()}) == len(constraints()) >= 20
    assert all(rule.label and rule.stage in ("open", "reachable", "eligible") for rule in constraints())
    assert {rule.code for rule in criteria()} == set(WEIGHTS)
    assert all(rule.__doc__ and rule.label for rule in criteria())
    assert sum(weight.value for weight in WEIGHTS.values()) == 100
    assert all(weight.reason for weight in WEIGHTS.values())


def test_the_vector_answer_is_the_answer_about_each_place_alone(asked: list[Asked]) -> None:
    for profile, pool, _ in asked[::3]:
        whole = Scores(Question(profile, pool, ON))
        for row in range(0, len(pool), 5):
            alone = Scores(whole.question.about(row))
            assert (alone.verdicts[:, 0] == whole.verdicts[:, row]).all()
            assert alone.totals[0] == whole.totals[row]
            assert np.array_equal(alone.scores[:, 0], whole.scores[:, row], equal_nan=True)


def test_points_add_up_to_the_total_to_the_last_digit(asked: list[Asked]) -> None:
    for _, _, shortlist in asked:
        for candidate in (*shortlist.candidates, *shortlist.others):
            assert sum(finding.points for finding in candidate.findings) == candidate.total


def test_every_place_stands_in_exactly_one_list(asked: list[Asked]) -> None:
    for _, pool, shortlist in asked:
        refs = [one.opportunity_ref for one in (*shortlist.candidates, *shortlist.others, *shortlist.excluded)]
        assert sorted(refs) == sorted(fact.ref for fact in pool.facts)
        assert len(shortlist.candidates) <= MOST
        assert {miss.opportunity_ref for miss in shortlist.near_misses} <= {
            one.opportunity_ref for one in shortlist.excluded
        }


def test_the_waterfall_only_falls_and_ends_with_the_proposals(asked: list[Asked]) -> None:
    for _, pool, shortlist in asked:
        counts = [step.count for step in shortlist.waterfall]
        assert counts == sorted(counts, reverse=True)
        assert (counts[0], counts[-1]) == (len(pool), len(shortlist.candidates))
        assert counts[-2] == len(shortlist.candidates) + len(shortlist.others)


def test_every_near_miss_is_overridable_and_lifted_by_its_change(asked: list[Asked]) -> None:
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


def test_the_next_dates_are_real_and_agree_with_the_verdicts(asked: list[Asked]) -> None:
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


def test_the_same_question_has_the_same_answer(asked: list[Asked]) -> None:
    for profile, pool, shortlist in asked[:6]:
        again = propose(profile, pool, on=ON)
        assert [dataclasses.astuple(one) for one in again.candidates] == [
            dataclasses.astuple(one) for one in shortlist.candidates
        ]


def test_another_place_in_the_pool_changes_no_verdict(asked: list[Asked]) -> None:
    profile, pool, _ = asked[0]
    fewer = pool.take(list(range(0, len(pool), 2)))
    whole, part = Scores(Question(profile, pool, ON)), Scores(Question(profile, fewer, ON))
    assert (whole.verdicts[:, ::2] == part.verdicts).all()


def test_an_empty_catalogue_is_an_answer(asked: list[Asked]) -> None:
    shortlist = propose(asked[0].profile, build_pool([], Calendar(frozenset(), ())), on=ON)
    assert shortlist.candidates == ()
    assert [step.count for step in shortlist.waterfall] == [0, 0, 0, 0, 0]


def test_a_person_nobody_has_asked_yet_is_not_an_error(oshu: dict[str, Asked]) -> None:
    for candidate in oshu["p-ryu"].shortlist.candidates:
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
