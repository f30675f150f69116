"""The practice cases and the sample of 奥州市, asked once a run the way the page asks."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from matching.inputs.profile import ParticipantProfile
from matching.pool.opportunity_pool import OpportunityPool
from matching.question.answers import Candidate, Shortlist
from models.database import make_engine
from models.migrate import upgrade
from models.scope import EVERYWHERE, open_session
from models.tables import Participant
from seed.municipal_settings import add_municipality
from seed.samples import fill_sample
from tests.conftest import AT, CASES, ON
from tests.seed.test_applying import bring_in
from web.services.asking import ask


@dataclass(frozen=True)
class Asked:
    """One person's question and its answer."""

    profile: ParticipantProfile
    pool: OpportunityPool
    shortlist: Shortlist

    @property
    def listed(self) -> tuple[Candidate, ...]:
        """Every place that may be proposed."""
        return (*self.shortlist.candidates, *self.shortlist.others)

    def __iter__(self) -> Iterator[Any]:
        yield from (self.profile, self.pool, self.shortlist)


@pytest.fixture(scope="session")
def two_towns(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    engine = make_engine(f"sqlite:///{tmp_path_factory.mktemp('asked') / 'asked.db'}")
    upgrade(engine)
    yield engine
    engine.dispose()


def _answers(engine: Engine, municipality_id: Any) -> list[Asked]:
    with open_session(engine, municipality_id=municipality_id) as session:
        keys = session.exec(select(Participant.id).order_by(Participant.ref)).all()
        answers = [ask(session, participant_id=key, on=ON) for key in keys]
    return [Asked(answer.profile, answer.pool, answer.shortlist) for answer in answers]


@pytest.fixture(scope="session")
def practice(two_towns: Engine) -> list[Asked]:
    """Everybody of the practice cases in 米子市."""
    with open_session(two_towns, municipality_id=EVERYWHERE) as session:
        key = add_municipality(session, {"key": "yonago", "code": "31202", "name": "米子市"}).id
        session.commit()
    with open_session(two_towns, municipality_id=key) as session:
        for name in ("catalogue", "participants"):
            bring_in(session, json.loads((CASES / f"{name}.json").read_text(encoding="utf-8")))
    return _answers(two_towns, key)


@pytest.fixture(scope="session")
def oshu(two_towns: Engine) -> dict[str, Asked]:
    """Everybody of the sample of 奥州市, by ref."""
    with open_session(two_towns, municipality_id=EVERYWHERE) as session:
        key = add_municipality(session, {"key": "oshu", "code": "03215", "name": "奥州市"}).id
        session.commit()
    with open_session(two_towns, municipality_id=key) as session:
        fill_sample(session, "oshu", at=AT, on=ON)
        session.commit()
    return {asked.profile.participant_ref: asked for asked in _answers(two_towns, key)}


@pytest.fixture(scope="session")
def asked(practice: list[Asked], oshu: dict[str, Asked]) -> list[Asked]:
    """Both towns together."""
    return [*practice, *oshu.values()]
