"""The synthetic Japan is the same every time, exercises every rule, and comes back from the database as it went in."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import numpy as np
import pytest
from sqlalchemy import Engine

from matching.columns.encodings import FAIL, UNKNOWN
from matching.inputs.recurrence import Calendar
from matching.pool.building import build_pool
from matching.question.question import Question
from matching.shortlist.scoring import Scores
from models.catalogue import opportunity_pool
from models.database import make_engine
from models.migrate import upgrade
from models.participant_queries import person
from models.scope import open_session
from models.snapshots import participant_profile
from tests.bench.geography import city, nationwide, prefecture
from tests.bench.people import people
from tests.bench.records import add_catalogue, add_person, add_town
from tests.bench.towns import Town
from tests.conftest import ON

TOWN = UUID(int=7)
PLACES = 600


@pytest.fixture
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    made = make_engine(f"sqlite:///{tmp_path_factory.mktemp('bench') / 'bench.db'}")
    upgrade(made)
    yield made
    made.dispose()


def test_a_row_is_the_same_whenever_and_in_whatever_company_it_is_made() -> None:
    few, many = Town(prefecture(), 50), Town(prefecture(), 25_000)
    assert few[3] == many[3] == Town(prefecture(), 50)[3]
    assert [one.ref for one in few] == sorted(one.ref for one in few)
    assert many[17] != many[18]
    assert many[20].host == many[21].host != many[22].host


def test_japan_is_settled_by_inhabitants_with_a_countryside() -> None:
    positions = nationwide().positions(100_000)
    tokyo = np.char.startswith(np.array(positions.names)[positions.town], "新宿")
    assert 0.09 < tokyo.mean() < 0.14
    assert len(np.unique(positions.town)) > 1_500
    assert positions.latitude.min() > 24
    assert positions.latitude.max() < 46


def test_every_rule_says_no_to_some_and_yes_to_others() -> None:
    pool = build_pool(Town(city(), PLACES), Calendar(frozenset(), ()))
    never: set[str] = set()
    known: set[str] = set()
    codes: list[str] = []
    for profile in people(city(), 60, places=PLACES):
        scores = Scores(Question(profile, pool, ON))
        codes = [rule.code for rule in scores.rules]
        never |= {rule.code for rule, row in zip(scores.rules, scores.verdicts, strict=True) if (row == FAIL).any()}
        known |= {rule.code for rule, row in zip(scores.criteria, scores.scores, strict=True) if (row > 0.5).any()}
    assert set(codes) - never == {"freshness"}, "freshness only asks, it never excludes"
    assert known == {rule.code for rule in scores.criteria}
    assert (scores.verdicts == UNKNOWN).any()


def test_the_records_say_the_same_as_the_facts(engine: Engine) -> None:
    keys = add_town(engine, TOWN, key="bench")
    facts = list(Town(city(), PLACES))
    add_catalogue(engine, keys, facts)
    with open_session(engine, municipality_id=TOWN) as session:
        pool, _ = opportunity_pool(session, on=ON)
        assert sorted(pool.facts, key=lambda one: one.ref) == facts


def test_the_recorded_people_ask_the_same_question(engine: Engine) -> None:
    keys = add_town(engine, TOWN, key="bench")
    facts = list(Town(city(), PLACES))
    add_catalogue(engine, keys, facts)
    for profile in people(city(), 25, places=PLACES):
        key = add_person(engine, keys, profile)
        with open_session(engine, municipality_id=TOWN) as session:
            known = person(session, key)
            name = known.district.name if known.district else None
            read = participant_profile(
                known.participant,
                known.assessment,
                known.placements,
                district=name,
                centre=None,
                also_barred=frozenset(),
                on=ON,
            )
        assert read == profile
