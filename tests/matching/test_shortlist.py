"""An answer is ready in what it shows; the rest is worked out when somebody asks, and says the same."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Any

import pytest

from matching.engine import propose
from matching.inputs.facts import OpportunityFacts
from matching.pool.building import build_pool
from matching.question.answers import Candidate
from matching.question.errors import MatchingError
from matching.shortlist.diversity import MOST
from matching.shortlist.near_misses import LOOKED_AT
from tests.conftest import ON
from tests.matching.practice import practice, spread


class Counted(Sequence[OpportunityFacts]):
    """Facts that remember how often somebody fetched one."""

    def __init__(self, facts: Sequence[OpportunityFacts]) -> None:
        self.facts, self.fetched = facts, set[int]()

    def __len__(self) -> int:
        return len(self.facts)

    def __getitem__(self, place: Any) -> Any:
        self.fetched.add(place)
        return self.facts[place]


def test_facts_are_fetched_only_of_places_that_may_be_shown() -> None:
    facts, calendar, people = practice()
    pool = build_pool(spread(facts, 1_000, Random(3), degrees=0.05), calendar)
    for profile in people:
        counted = Counted(pool.facts)
        shortlist = propose(profile, pool.having(facts=counted), on=ON)
        assert shortlist.candidates
        assert len(counted.fetched) <= MOST + LOOKED_AT
        assert len(shortlist.excluded) > LOOKED_AT
        assert len(counted.fetched) > LOOKED_AT


def test_why_not_says_of_one_place_what_the_lists_say() -> None:
    facts, calendar, people = practice()
    pool = build_pool(facts, calendar)
    for profile in people:
        shortlist = propose(profile, pool, on=ON)
        for place in (*shortlist.candidates, *shortlist.others):
            assert shortlist.why_not(place.opportunity_ref) == place
        for excluded in shortlist.excluded:
            again = shortlist.why_not(excluded.opportunity_ref)
            assert not isinstance(again, Candidate)
            assert [(one.code, one.sentence) for one in again.objections] == [
                (one.code, one.sentence) for one in excluded.objections
            ]


def test_the_others_go_on_counting_where_the_proposals_end() -> None:
    facts, calendar, people = practice()
    pool = build_pool(spread(facts, 300, Random(5), degrees=0.02), calendar)
    shortlist = max((propose(one, pool, on=ON) for one in people), key=lambda answer: len(answer.others))
    assert shortlist.others
    ranks = [one.rank for one in (*shortlist.candidates, *shortlist.others)]
    assert ranks == list(range(1, len(ranks) + 1))
    totals = [one.total for one in shortlist.others]
    assert totals == sorted(totals, reverse=True)


def test_a_place_that_nobody_knows_is_said_to_be_unknown() -> None:
    facts, calendar, people = practice()
    shortlist = propose(people[0], build_pool(facts, calendar), on=ON)
    with pytest.raises(MatchingError, match="台帳にありません"):
        shortlist.why_not("opp-nowhere")
