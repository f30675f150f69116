"""The practice cases as the engine sees them, and pools of any size made from their places."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from sqlmodel import select

from matching.inputs.facts import OpportunityFacts
from matching.inputs.profile import ParticipantProfile
from matching.inputs.recurrence import Calendar
from models.database import make_engine
from models.migrate import upgrade
from models.scope import EVERYWHERE, open_session
from models.tables import Participant
from seed.municipal_settings import add_municipality
from tests.conftest import CASES, ON
from tests.seed.test_applying import bring_in
from web.services.asking import ask


@cache
def practice() -> tuple[tuple[OpportunityFacts, ...], Calendar, tuple[ParticipantProfile, ...]]:
    """(facts, calendar, people) of the practice cases."""
    with TemporaryDirectory() as folder:
        engine = make_engine(f"sqlite:///{Path(folder) / 'practice.db'}")
        upgrade(engine)
        with open_session(engine, municipality_id=EVERYWHERE) as session:
            key = add_municipality(session, {"key": "yonago", "code": "31202", "name": "米子市"}).id
            session.commit()
        with open_session(engine, municipality_id=key) as session:
            for name in ("catalogue", "participants"):
                bring_in(session, json.loads((CASES / f"{name}.json").read_text(encoding="utf-8")))
            people = session.exec(select(Participant.id).order_by(Participant.ref)).all()
            answers = [ask(session, participant_id=person, on=ON) for person in people]
        engine.dispose()
    pool = answers[0].pool
    return tuple(pool.facts), pool.calendar, tuple(answer.profile for answer in answers)


def spread(facts: Sequence[OpportunityFacts], count: int, random: Random, *, degrees: float) -> list[OpportunityFacts]:
    """`count` places made of these, each somewhere within `degrees`, mixing the host and the slots of several."""
    return [_somewhere(facts, number, random, degrees) for number in range(count)]


def _somewhere(facts: Sequence[OpportunityFacts], number: int, random: Random, degrees: float) -> OpportunityFacts:
    one, other, third = (random.choice(facts) for _ in range(3))
    place = {}
    if one.latitude is not None and one.longitude is not None:
        place = {
            "latitude": round(one.latitude + random.uniform(-degrees, degrees), 6),
            "longitude": round(one.longitude + random.uniform(-degrees, degrees), 6),
        }
    # Refs in another order than the places, so that nothing may lean on both being the same.
    ref = f"opp-{number * 7919 % 1_000_003:07}"
    return dataclasses.replace(one, ref=ref, slots=other.slots, host=third.host, **place)
