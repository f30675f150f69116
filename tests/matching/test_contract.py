"""What every rule and every answer of the engine promises, whatever the place and whoever the person."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from numpy.typing import NDArray

from matching.columns.encodings import FAIL, PASS, UNKNOWN
from matching.engine import propose
from matching.inputs.facts import HostFacts, OpportunityFacts
from matching.inputs.profile import ParticipantProfile
from matching.pool.building import build_pool
from matching.question.answers import Candidate, Shortlist
from matching.question.question import Question
from matching.rules.kinds import Constraint, constraints, criteria
from matching.shortlist.diversity import MOST
from matching.shortlist.near_misses import objections
from matching.shortlist.scoring import Scores
from tests.matching.edges import everybody_asks_about_everywhere
from tests.matching.inventing import BOUNDED, HOST, PERSON, PLACE, QUESTIONS

SAFETY = {"hazards", "allergens", "insurance", "avoidance", "labour"}
"""Whose open questions may stop a request to the host (domain §4.1: 安全・アレルギー・同席不可)."""
UNSPEAKABLE = (
    "病気", "病名", "診断", "障害", "障がい", "しょうがい", "手帳", "生活保護", "ひきこもり", "引きこもり",
    "他の人", "ほかの人", "人より", "より優", "劣", "できない", "できません", "失敗", "欠席", "問題",
    "犯罪", "国籍", "収入", "余力", "負担", "大変", "余裕", "受け入れ先", "打診",
)  # fmt: skip
"""Words of illness, of judgement, of comparison, of other people, and of the host's burden (domain §4.4, §4.6)."""


def rows(question: Question, verdict: np.int8) -> Iterator[tuple[Constraint, int]]:
    for rule in constraints():
        for row in np.flatnonzero(rule.verdicts(question) == verdict):
            yield rule, int(row)


def answer(question: Question) -> Shortlist:
    return propose(question.profile, question.pool, on=question.on)


def in_words(sentence: str) -> bool:
    """A sentence, with no value left in it that is not a word."""
    return bool(sentence.strip()) and not any(slip in sentence for slip in ("None", "nan", "True", "False", "()"))


def listed(shortlist: Shortlist) -> list[Candidate]:
    return [*shortlist.candidates, *shortlist.others]


def told(shortlist: Shortlist) -> list[Any]:
    """An answer as plain values: what can be compared of it."""
    return [
        [dataclasses.astuple(one) for one in listed(shortlist)],
        [(miss.opportunity_ref, miss.objection.sentence, miss.total_if_changed) for miss in shortlist.near_misses],
        [(one.opportunity_ref, [found.sentence for found in one.objections]) for one in shortlist.excluded],
        [dataclasses.astuple(step) for step in shortlist.waterfall],
    ]


@pytest.fixture(scope="module")
def everybody() -> list[Scores]:
    """Everybody asked about everywhere, the neutral person first."""
    return [Scores(question) for question in everybody_asks_about_everywhere()]


def told_apart(everybody: list[Scores], verdict: np.int8, most: int = 25) -> Iterator[tuple[Constraint, Question, int]]:
    """Where a rule answers so: about the neutral person everywhere, about others where they make the difference."""
    for place, rule in enumerate(constraints()):
        neutral = everybody[0].verdicts[place]
        for scores in everybody:
            here = scores.verdicts[place]
            news = (here == verdict) & ((here != neutral) | (scores is everybody[0]))
            chosen = np.flatnonzero(news)
            for row in chosen[:: max(1, len(chosen) // most)]:
                yield rule, scores.question, int(row)


def test_every_fact_about_a_place_a_host_and_a_person_is_varied_here() -> None:
    for facts, varied in (
        (OpportunityFacts, {*PLACE, "ref"}),
        (HostFacts, {*HOST, "ref"}),
        (ParticipantProfile, PERSON),
    ):
        assert {field.name for field in dataclasses.fields(facts)} == set(varied)


def test_every_rule_passes_somewhere_wonders_somewhere_and_objects_somewhere(everybody: list[Scores]) -> None:
    answers = {
        rule.code: {int(verdict) for scores in everybody for verdict in np.unique(scores.verdicts[place])}
        for place, rule in enumerate(constraints())
    }
    assert all(int(PASS) in seen for seen in answers.values())
    assert {code for code, seen in answers.items() if int(FAIL) not in seen} <= {"freshness"}
    assert {code for code, seen in answers.items() if int(UNKNOWN) not in seen} <= {
        "already_there", "avoidance", "declined", "emergency_only", "restrictions",
    }  # fmt: skip


def test_every_criterion_tells_places_apart_and_is_unknown_somewhere(everybody: list[Scores]) -> None:
    for place, criterion in enumerate(criteria()):
        scores = np.concatenate([one.scores[place] for one in everybody])
        assert np.isnan(scores).any(), criterion.code
        assert len(np.unique(scores[~np.isnan(scores)])) > 1, criterion.code


# --- Every rule ------------------------------------------------------------------------------------------------------


@BOUNDED
@given(QUESTIONS)
def test_a_verdict_is_one_of_three_and_a_score_lies_between_nothing_and_all_or_is_unknown(question: Question) -> None:
    for constraint in constraints():
        verdicts = constraint.verdicts(question)
        assert verdicts.shape == (len(question),)
        assert set(verdicts.tolist()) <= {int(FAIL), int(UNKNOWN), int(PASS)}
        assert (constraint.open_facts(question, verdicts) >= 0).all()
    for criterion in criteria():
        scores = criterion.scores(question)
        assert scores.shape == (len(question),)
        known = scores[~np.isnan(scores)]
        assert ((known >= 0) & (known <= 1)).all()


@BOUNDED
@given(QUESTIONS)
def test_the_vector_answer_is_the_answer_about_each_place_alone(question: Question) -> None:
    whole = Scores(question)
    for row in range(len(question)):
        alone = Scores(question.about(row))
        assert alone.verdicts[:, 0].tolist() == whole.verdicts[:, row].tolist()
        assert np.array_equal(alone.scores[:, 0], whole.scores[:, row], equal_nan=True)
        assert alone.totals[0] == whole.totals[row]
        assert alone.known_share[0] == whole.known_share[row]


@BOUNDED
@given(QUESTIONS)
def test_no_verdict_depends_on_which_other_places_there_are(question: Question) -> None:
    whole = Scores(question).verdicts
    for row in range(len(question)):
        nobody_else = build_pool([question.facts(row)], question.pool.calendar, question.pool.timetable)
        alone = Scores(Question(question.profile, nobody_else, question.on)).verdicts
        assert alone[:, 0].tolist() == whole[:, row].tolist()


def test_the_vector_answer_holds_at_every_edge(everybody: list[Scores]) -> None:
    for number, whole in enumerate(everybody[::12]):
        for row in range(number, len(whole.question), 30):
            alone = Scores(whole.question.about(row))
            assert alone.verdicts[:, 0].tolist() == whole.verdicts[:, row].tolist()
            assert np.array_equal(alone.scores[:, 0], whole.scores[:, row], equal_nan=True)


def assert_objects_in_words(rule: Constraint, question: Question, row: int) -> None:
    found = rule.objection(question, row)
    assert found.code == rule.code
    assert in_words(found.sentence)
    if found.change is not None:
        assert found.overridable
        assert in_words(found.change.sentence)
    alone = rule.objection(question.about(row), 0)
    assert (alone.sentence, alone.overridable) == (found.sentence, found.overridable)


@BOUNDED
@given(QUESTIONS)
def test_every_failure_brings_an_objection_in_words(question: Question) -> None:
    for rule, row in rows(question, FAIL):
        assert_objects_in_words(rule, question, row)


def test_every_failure_at_an_edge_brings_an_objection_in_words(everybody: list[Scores]) -> None:
    for rule, question, row in told_apart(everybody, FAIL):
        assert_objects_in_words(rule, question, row)


def assert_asks_in_words(rule: Constraint, question: Question, row: int) -> None:
    asked = rule.to_ask(question, row)
    assert asked is None or (asked.code == rule.code and in_words(asked.sentence))
    assert asked is None or not asked.stops_request or rule.code in SAFETY


@BOUNDED
@given(QUESTIONS)
def test_every_unknown_brings_something_to_ask_or_leaves_it_to_another_rule(question: Question) -> None:
    for rule, row in rows(question, UNKNOWN):
        assert_asks_in_words(rule, question, row)


def test_every_unknown_at_an_edge_brings_something_to_ask(everybody: list[Scores]) -> None:
    for rule, question, row in told_apart(everybody, UNKNOWN):
        assert_asks_in_words(rule, question, row)


def assert_reasons_in_words(question: Question, scores: NDArray[np.float64], rows: Iterable[int]) -> None:
    """Every sentence behind the scores (K, N) of these rows, and what the person never reads."""
    for place, criterion in enumerate(criteria()):
        for row in rows:
            score = float(scores[place, row])
            if np.isnan(score):
                assert in_words(criterion.unknown(question, row))
                continue
            why = criterion.reason(question, row, score)
            assert in_words(why.staff)
            for sentence in (why.participant, why.worry):
                assert sentence is None or in_words(sentence)
            assert not [word for word in UNSPEAKABLE if word in (why.participant or "")], why.participant


@BOUNDED
@given(QUESTIONS)
def test_every_score_has_its_reason_and_the_person_never_reads_what_would_hurt(question: Question) -> None:
    assert_reasons_in_words(question, Scores(question).scores, range(len(question)))


def test_every_score_at_an_edge_has_its_reason_and_the_person_never_reads_what_would_hurt(
    everybody: list[Scores],
) -> None:
    for scores in everybody:
        kinds = np.nan_to_num(scores.scores, nan=-1)
        _, telling = np.unique(kinds, axis=1, return_index=True)
        assert_reasons_in_words(scores.question, scores.scores, telling.tolist())


# --- Every answer ----------------------------------------------------------------------------------------------------


@BOUNDED
@given(QUESTIONS)
def test_the_points_of_every_place_add_up_to_its_total(question: Question) -> None:
    for one in listed(answer(question)):
        assert sum(finding.points for finding in one.findings) == one.total
        for finding in one.findings:
            assert finding.score is not None or finding.points <= 0
        assert 0 <= one.known_share <= 100


@BOUNDED
@given(QUESTIONS)
def test_the_waterfall_only_falls_and_adds_up(question: Question) -> None:
    shortlist = answer(question)
    counts = [step.count for step in shortlist.waterfall]
    assert counts == sorted(counts, reverse=True)
    assert (counts[0], counts[-1]) == (len(question), len(shortlist.candidates))
    assert counts[-2] == len(listed(shortlist)) == len(question) - len(shortlist.excluded)


@BOUNDED
@given(QUESTIONS)
def test_every_place_stands_in_exactly_one_list(question: Question) -> None:
    shortlist = answer(question)
    proposable = [one.opportunity_ref for one in listed(shortlist)]
    excluded = [one.opportunity_ref for one in shortlist.excluded]
    assert sorted([*proposable, *excluded]) == sorted(facts.ref for facts in question.pool.facts)
    assert len(shortlist.candidates) <= MOST
    assert [one.rank for one in listed(shortlist)] == list(range(1, len(listed(shortlist)) + 1))
    assert all(one.objections for one in shortlist.excluded)


@BOUNDED
@given(QUESTIONS)
def test_a_near_miss_has_one_objection_and_is_eligible_when_that_one_thing_changes(question: Question) -> None:
    shortlist, scores = answer(question), Scores(question)
    excluded = {one.opportunity_ref for one in shortlist.excluded}
    for miss in shortlist.near_misses:
        assert miss.opportunity_ref in excluded
        row = question.pool.row_of[miss.opportunity_ref]
        assert [found.code for found in objections(question, scores, row)] == [miss.objection.code]
        assert miss.objection.overridable
        assert miss.objection.change is not None
        changed = Scores(miss.objection.change.suppose(question.about(row)))
        assert changed.eligible[0]
        assert changed.totals[0] == miss.total_if_changed


@BOUNDED
@given(QUESTIONS)
def test_the_same_question_asked_twice_has_the_same_answer(question: Question) -> None:
    assert told(answer(question)) == told(answer(question))


@BOUNDED
@given(QUESTIONS)
def test_the_order_in_which_places_were_written_down_does_not_matter(question: Question) -> None:
    backwards = build_pool(question.pool.facts[::-1], question.pool.calendar, question.pool.timetable)
    assert told(propose(question.profile, backwards, on=question.on)) == told(answer(question))


@BOUNDED
@given(QUESTIONS)
def test_dates_are_real_days_to_come_in_order(question: Question) -> None:
    for one in listed(answer(question)):
        days = [when.day for when in one.next_dates]
        assert days == sorted(set(days))
        assert all(day > question.on for day in days)
        assert all(when.start < when.end for when in one.next_dates)


@pytest.mark.parametrize("rule", [*constraints(), *criteria()], ids=lambda rule: rule.code)
def test_a_rule_says_what_it_is_in_the_words_of_the_field(rule: Any) -> None:
    assert rule.label
    assert type(rule).__doc__


def test_every_change_that_is_offered_lifts_its_own_objection(everybody: list[Scores]) -> None:
    broken = set()
    for rule, question, row in told_apart(everybody, FAIL):
        change = rule.objection(question, row).change
        if change is not None and rule.verdicts(change.suppose(question.about(row)))[0] == FAIL:
            broken.add(rule.code)
    assert not broken


@BOUNDED
@given(QUESTIONS)
def test_every_change_that_is_offered_lifts_its_own_objection_whatever_is_odd(question: Question) -> None:
    for rule, row in rows(question, FAIL):
        change = rule.objection(question, row).change
        assert change is None or rule.verdicts(change.suppose(question.about(row)))[0] != FAIL, rule.code
