"""What is the same for everybody is worked out once a date, and says what the rules say."""

from __future__ import annotations

from datetime import timedelta
from random import Random

import numpy as np

from matching.columns.encodings import FAIL
from matching.engine import propose
from matching.pool.building import build_pool
from matching.question.question import Question
from matching.rules.kinds import constraints
from matching.shortlist.place_verdicts import daily
from matching.shortlist.scoring import Scores
from tests.conftest import ON
from tests.matching.practice import practice, spread

FACTS, CALENDAR, PEOPLE = practice()
POOL = build_pool(spread(FACTS, 300, Random(19), degrees=0.05), CALENDAR)


def test_what_is_the_same_for_everybody_is() -> None:
    rules = [rule for rule in constraints() if rule.same_for_everybody]
    kept = daily(POOL, ON)
    assert rules
    for rule in rules:
        assert rule.stage == "open"
        for who in PEOPLE:
            assert np.array_equal(rule.verdicts(Question(who, POOL, ON)), kept.verdicts(rule))


def test_an_objection_that_nothing_lifts_names_no_change() -> None:
    looked_at = set()
    for who in PEOPLE:
        question = Question(who, POOL, ON)
        scores = Scores(question)
        for rule, verdicts in zip(scores.rules, scores.verdicts, strict=True):
            for row in np.flatnonzero(verdicts == FAIL)[:40].tolist():
                looked_at.add(rule.code)
                assert not (rule.never_lifted and rule.objection(question, row).change), rule.code
    assert len(looked_at & {rule.code for rule in constraints() if rule.never_lifted}) > 8


def test_another_date_is_another_day() -> None:
    later = ON + timedelta(days=200)
    before = propose(PEOPLE[0], POOL, on=ON)
    assert propose(PEOPLE[0], POOL, on=later).waterfall != before.waterfall
    assert propose(PEOPLE[0], POOL, on=ON) == before
    assert propose(PEOPLE[0], build_pool(POOL.facts, CALENDAR), on=later) == propose(PEOPLE[0], POOL, on=later)


def test_a_part_is_told_what_the_whole_knows_and_a_supposition_is_asked_anew() -> None:
    rows = np.arange(0, len(POOL), 3)
    whole = POOL.once("daily", ON, daily)
    assert np.array_equal(POOL.take(rows).once("daily", ON, daily).packed, whole.packed[rows])
    tired = POOL.having(host_burden=np.full_like(POOL.host_burden, 5))
    assert (whole.failures == 0).any()
    assert not (tired.take(rows).once("daily", ON, daily).failures == 0).any()
