"""A pool put together from parts, or told anew in places, answers as one built at once from the same facts."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from itertools import pairwise
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from matching.engine import propose
from matching.inputs.facts import OpportunityFacts
from matching.inputs.profile import ParticipantProfile
from matching.inputs.recurrence import Calendar
from matching.pool.building import build_pool
from matching.pool.opportunity_pool import OpportunityPool
from matching.pool.pool_updates import join_pools, replaced
from matching.question.answers import Shortlist
from tests.conftest import ON
from tests.matching.practice import practice, spread
from tests.pools import columns_by_ref

FACTS, CALENDAR, PEOPLE = practice()


def _places(seed: int, count: int) -> list[OpportunityFacts]:
    return spread(FACTS, count, Random(seed), degrees=0.1)


def _said(shortlist: Shortlist) -> tuple[Any, ...]:
    """Everything but the rows, which stand where they stand in each pool."""
    placed = [dataclasses.replace(one, row=0) for one in (*shortlist.candidates, *shortlist.others)]
    return placed, shortlist.near_misses, shortlist.excluded, shortlist.waterfall


def _answers(pool: OpportunityPool, people: Sequence[ParticipantProfile] = PEOPLE[:3]) -> list[tuple[Any, ...]]:
    return [_said(propose(who, pool, on=ON)) for who in people]


@settings(max_examples=10, deadline=None)
@given(some.integers(0, 10**6), some.lists(some.integers(0, 59), min_size=1, max_size=4, unique=True))
def test_chunks_joined_are_the_whole(seed: int, cuts: list[int]) -> None:
    facts = _places(seed, 60)
    edges = [0, *sorted(cuts), 60]
    chunks = [facts[start:end] for start, end in pairwise(edges)]
    joined = join_pools(build_pool(chunk, CALENDAR) for chunk in chunks)
    whole = build_pool(facts, CALENDAR)
    assert [one.ref for one in joined.facts] == [one.ref for one in whole.facts]
    assert joined.hosts.tolist() == whole.hosts.tolist()
    assert joined.districts == whole.districts
    assert np.array_equal(joined.host, whole.host)
    assert np.array_equal(joined.latitude, whole.latitude, equal_nan=True)
    assert repr(columns_by_ref(joined)) == repr(columns_by_ref(whole))
    assert _answers(joined) == _answers(whole)


@settings(max_examples=15, deadline=None)
@given(some.integers(0, 10**6), some.lists(some.tuples(some.integers(0, 39), some.booleans()), min_size=1, max_size=6))
def test_told_anew_is_built_anew(seed: int, edits: list[tuple[int, bool]]) -> None:
    draw, facts = Random(seed), {one.ref: one for one in _places(seed, 40)}
    pool = build_pool(facts.values(), CALENDAR)
    _answers(pool)
    for number, (place, gone) in enumerate(edits):
        ref = sorted(facts)[place % len(facts)]
        other = dataclasses.replace(_places(seed + number + 1, 1)[0], ref=draw.choice((ref, f"new-{number}")))
        pool = replaced(pool, [ref] if gone else [], [other])
        facts = {key: one for key, one in facts.items() if not (gone and key == ref)} | {other.ref: other}
        # Asked between the edits too, so that what is kept of earlier answers is moved along.
        propose(PEOPLE[0], pool, on=ON)
    whole = build_pool(facts.values(), CALENDAR)
    assert sorted(pool.refs.tolist()) == sorted(facts)
    assert repr(columns_by_ref(pool)) == repr(columns_by_ref(whole))
    assert _answers(pool) == _answers(whole)


def test_nothing_may_be_left() -> None:
    pool = build_pool(_places(1, 5), CALENDAR)
    empty = replaced(pool, pool.refs.tolist(), [])
    assert len(empty) == 0
    assert propose(PEOPLE[0], empty, on=ON).candidates == ()
    assert _answers(replaced(empty, [], pool.facts)) == _answers(pool)


def test_the_pool_that_was_asked_before_stays_as_it_was() -> None:
    pool = build_pool(_places(2, 30), CALENDAR)
    before = _answers(pool)
    replaced(pool, pool.refs.tolist()[:10], _places(3, 2))
    assert _answers(pool) == before


def test_facts_that_are_told_one_by_one_stay_where_they_are() -> None:
    class Told(Sequence[OpportunityFacts]):
        def __init__(self, facts: Sequence[OpportunityFacts]) -> None:
            self.facts, self.asked = facts, 0

        def __len__(self) -> int:
            return len(self.facts)

        def __getitem__(self, place: Any) -> Any:
            self.asked += 1
            return self.facts[place]

    facts = _places(4, 80)
    parts = [build_pool(half, CALENDAR) for half in (facts[:40], facts[40:])]
    told = [Told(part.facts) for part in parts]
    pool = join_pools([part.having(facts=one) for part, one in zip(parts, told, strict=True)])
    gone = pool.refs.tolist()[0]
    pool = replaced(pool, [gone], _places(5, 1))
    assert sum(one.asked for one in told) == 0
    assert [one.ref for one in pool.facts] == pool.refs.tolist()
    assert gone not in pool.refs.tolist()


def test_pools_of_different_calendars_are_not_put_together() -> None:
    other = Calendar(CALENDAR.holidays | {ON}, CALENDAR.school_breaks)
    with pytest.raises(ValueError, match="calendars"):
        join_pools([build_pool(_places(6, 2), CALENDAR), build_pool(_places(7, 2), other)])
