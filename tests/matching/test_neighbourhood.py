"""Looking only around a person's home gives the answer that looking everywhere gives."""

from __future__ import annotations

import dataclasses
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from matching.columns.encodings import FAIL
from matching.engine import propose
from matching.inputs.profile import ParticipantProfile, TravelMode
from matching.pool.building import build_pool
from matching.pool.opportunity_pool import OpportunityPool
from matching.question.question import Question
from matching.rules.constraints.travel import driven
from matching.rules.kinds import constraints
from matching.shortlist.neighbourhood import around, reach, within
from matching.shortlist.scoring import Scores
from matching.travel.travel_minutes import SPEEDS
from tests.conftest import ON
from tests.matching.practice import practice, spread

FACTS, CALENDAR, PEOPLE = practice()
WAYS = some.lists(
    some.builds(
        TravelMode, mode=some.sampled_from(sorted(SPEEDS)), max_minutes=some.none() | some.integers(0, 90),
        season=some.none(), days=some.none(), not_before=some.none(), not_after=some.none(), cost_yen=some.none(),
    ),
    max_size=3,
).map(tuple)  # fmt: skip


def _pool(seed: int, *, places: int, degrees: float) -> OpportunityPool:
    draw = Random(seed)
    facts = [
        dataclasses.replace(one, place_error_km=draw.choice((0.0, 0.0, 0.0, 0.4, 3.0)))
        for one in spread(FACTS, places, draw, degrees=degrees)
    ]
    return build_pool(facts, CALENDAR)


def _everywhere(pool: OpportunityPool) -> OpportunityPool:
    """The same rows as a part, of which nobody knows where what stands."""
    return pool.take(np.arange(len(pool)))


@settings(max_examples=25, deadline=None)
@given(
    some.integers(0, 10**6),
    some.sampled_from([0.02, 0.2, 1.5]),
    some.sampled_from(PEOPLE),
    some.none() | WAYS,
    some.none() | some.integers(0, 90),
    some.sampled_from([0.0, 2.0]),
)
def test_the_answer_is_that_of_looking_everywhere(
    seed: int,
    degrees: float,
    who: ParticipantProfile,
    ways: tuple[TravelMode, ...] | None,
    most: int | None,
    rough: float,
) -> None:
    pool = _pool(seed, places=120, degrees=degrees)
    profile = dataclasses.replace(who, transport=ways, max_travel_minutes=most, home_error_km=rough)
    near, everywhere = propose(profile, pool, on=ON), propose(profile, _everywhere(pool), on=ON)
    assert near == everywhere
    assert near.others == everywhere.others
    assert near.excluded == everywhere.excluded


@pytest.mark.parametrize("who", PEOPLE, ids=lambda who: who.participant_ref)
def test_what_is_not_looked_at_cannot_be_reached_even_by_somebody_who_is_driven(who: ParticipantProfile) -> None:
    pool = _pool(7, places=600, degrees=0.6)
    question = Question(who, pool, ON)
    kilometres = reach(question)
    rows = around(question, kilometres)
    assert rows is not None
    assert 0 < len(rows) < len(pool) / 2
    assert len(set(rows.tolist())) == len(rows)
    assert set(np.flatnonzero(within(question, kilometres)).tolist()) <= set(rows.tolist())
    beyond = np.setdiff1d(np.arange(len(pool)), rows)
    travel = next(place for place, rule in enumerate(constraints()) if rule.code == "travel")
    for asked in (question.at(beyond), driven(question.at(beyond))):
        assert (Scores(asked).verdicts[travel] == FAIL).all()


def test_somebody_who_was_never_asked_how_far_they_get_is_shown_places_everywhere() -> None:
    pool = _pool(11, places=60, degrees=1.5)
    for unasked in (
        {"transport": None},
        {"latitude": None, "longitude": None},
        {"transport": tuple(dataclasses.replace(way, max_minutes=None) for way in PEOPLE[0].transport or ()),
         "max_travel_minutes": None},
    ):  # fmt: skip
        question = Question(dataclasses.replace(PEOPLE[0], **unasked), pool, ON)
        assert around(question, reach(question)) is None


def test_around_a_pole_and_across_the_date_line_everything_is_looked_at() -> None:
    pool = _pool(13, places=20, degrees=0.1)
    for latitude, longitude in ((89.99, 0.0), (-16.5, 179.99)):
        question = Question(dataclasses.replace(PEOPLE[0], latitude=latitude, longitude=longitude), pool, ON)
        assert around(question, reach(question)) is None
