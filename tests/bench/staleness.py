"""Section: after every edit both workers are asked; neither may answer from the catalogue before it.

The same with the check of the revision switched off must show stale answers, or this section could not find any.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from unittest.mock import patch
from uuid import UUID

from sqlmodel import col, select

from matching.engine import propose
from matching.inputs.facts import OpportunityFacts
from matching.inputs.profile import ParticipantProfile
from matching.pool.building import build_pool
from matching.question.answers import Step
from models.catalogue import opportunity_pool
from models.database import make_engine
from models.migrate import upgrade
from models.scope import open_session
from models.tables import Opportunity
from tests.bench.bars import STALE, STALE_WITHOUT_CHECK
from tests.bench.houses import MUNICIPALITY
from tests.bench.records import add_catalogue, add_person, add_town
from tests.bench.report import Line
from tests.bench.scenes import CALENDAR
from tests.conftest import ON
from web.services import asking

WORKERS = 2
WITHOUT_CHECK = 50
EDITED = 20


@dataclass(frozen=True)
class Seen:
    """What an answer shows of the edited opportunity: its title (facts), and how many places are open (columns)."""

    title: str
    open_now: int


def staleness(
    kind: str, url: str, facts: Sequence[OpportunityFacts], asking: ParticipantProfile, *, edits: int
) -> list[Line]:
    """The database behind `url` is empty and belongs to this section."""
    engine = make_engine(url)
    upgrade(engine)
    keys = add_town(engine, MUNICIPALITY, key="bench")
    add_catalogue(engine, keys, facts)
    participant = add_person(engine, keys, asking)
    engine.dispose()
    refs = _counted(facts, asking)
    stale = _stale(url, participant, refs, edits=edits, checked=True)
    blind = _stale(url, participant, refs, edits=min(edits, WITHOUT_CHECK), checked=False)
    note = f"{edits:,} edits, {WORKERS} workers, {len(facts)} places"
    return [
        Line(f"stale answers, {kind}", stale, "", STALE, note),
        Line("the same without the check", blind, "", STALE_WITHOUT_CHECK, "must find some"),
    ]


def _counted(facts: Sequence[OpportunityFacts], asking: ParticipantProfile) -> list[str]:
    """Opportunities that are counted as open now, so that closing one of them moves the count by one."""

    def open_now(catalogue: Sequence[OpportunityFacts]) -> int:
        return _open_of(propose(asking, build_pool(catalogue, CALENDAR), on=ON).waterfall)

    return [one.ref for one in facts if open_now([one])][:EDITED]


def _stale(url: str, participant: UUID, refs: Sequence[str], *, edits: int, checked: bool) -> int:
    """How many answers did not show the edit before them. Each edit closes or opens one place and renames it."""
    engine = make_engine(url)
    with open_session(engine, municipality_id=MUNICIPALITY) as session, _workers(url, participant, checked) as workers:
        rows = session.exec(select(Opportunity).where(col(Opportunity.ref).in_(refs))).all()
        expected, stale = _ask(workers, rows[0].ref)[0].open_now, 0
        for number in range(edits):
            row = rows[number % len(rows)]
            expected += 1 if row.status == "withdrawn" else -1
            row.status = "open" if row.status == "withdrawn" else "withdrawn"
            row.title = f"{edits}分の{number}回目に直した場"
            session.commit()
            stale += sum(seen != Seen(row.title, expected) for seen in _ask(workers, row.ref))
        for row in rows:
            row.status = "open"
        session.commit()
    engine.dispose()
    return stale


def _ask(workers: Sequence[Connection], ref: str) -> list[Seen]:
    """All workers at the same time."""
    for worker in workers:
        worker.send(ref)
    return [worker.recv() for worker in workers]


@contextmanager
def _workers(url: str, participant: UUID, checked: bool) -> Iterator[list[Connection]]:
    spawn = multiprocessing.get_context("spawn")
    pipes = [spawn.Pipe() for _ in range(WORKERS)]
    for _, theirs in pipes:
        spawn.Process(target=_work, args=(url, participant, checked, theirs), daemon=True).start()
    try:
        yield [ours for ours, _ in pipes]
    finally:
        for ours, _ in pipes:
            ours.send(None)


def _work(url: str, participant: UUID, checked: bool, pipe: Connection) -> None:
    engine = make_engine(url)
    with ExitStack() as switched_off:
        if not checked:
            with open_session(engine, municipality_id=MUNICIPALITY) as session:
                kept = opportunity_pool(session, on=ON)
            switched_off.enter_context(patch.object(asking, "opportunity_pool", lambda session, *, on: kept))
        while (ref := pipe.recv()) is not None:
            with open_session(engine, municipality_id=MUNICIPALITY) as session:
                answer = asking.ask(session, participant_id=participant, on=ON)
            title = next(facts.title for facts in answer.pool.facts if facts.ref == ref)
            pipe.send(Seen(title, _open_of(answer.shortlist.waterfall)))


def _open_of(waterfall: Sequence[Step]) -> int:
    return next(step.count for step in waterfall if step.stage == "open")
