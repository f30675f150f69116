"""Section: from the database to the columns at the start, and from an edit to the next answer."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

from sqlmodel import select

from models.catalogue import opportunity_pool
from models.database import make_engine
from models.scope import open_session
from models.tables import Opportunity
from tests.bench.houses import MUNICIPALITY, House
from tests.bench.report import Line
from tests.conftest import ON
from web.services.asking import ask


def attach(place: House) -> list[Line]:
    """A new process: its engine has nothing in memory yet."""
    fresh = make_engine(place.engine.url.render_as_string(hide_password=False))
    with open_session(fresh, municipality_id=MUNICIPALITY) as session:
        seconds = _took(lambda: opportunity_pool(session, on=ON))
        again = _took(lambda: opportunity_pool(session, on=ON))
    fresh.dispose()
    return [
        Line("attach: columns from the database", seconds, " s"),
        Line("attach: nothing new", again * 1e3, " ms", note="the check of the revision"),
    ]


def edits(place: House, *, count: int, budget: float) -> list[Line]:
    """Change one opportunity, commit, ask: the next answer must come from the changed catalogue."""
    commits, answers, quiet = list[float](), list[float](), list[float]()
    pages = _took(lambda: place.page(place.people[0]))
    edit(place, count)
    first_page = _took(lambda: place.page(place.people[0]))
    begun = time.perf_counter()
    for number in range(count):
        commits.append(_took(lambda number=number: edit(place, number)))
        answers.append(_took(lambda: _answer(place)))
        quiet.append(_took(lambda: _answer(place)))
        if time.perf_counter() - begun > budget:
            break
    extra = statistics.median(after - without for after, without in zip(answers, quiet, strict=True))
    return [
        Line("edit and commit", statistics.median(commits) * 1e3, " ms", note=f"{len(commits)} edits"),
        Line("edit seen by the next question", extra * 1e3, " ms", note="more than the same question asked again"),
        Line("first proposal page after an edit", first_page, " s", note=f"{pages:.3g} s without one"),
    ]


def edit(place: House, number: int) -> None:
    ref = f"o{number % 50:07d}"
    with open_session(place.engine, municipality_id=MUNICIPALITY) as session:
        row = session.exec(select(Opportunity).where(Opportunity.ref == ref)).one()
        row.open_places = number % 4
        row.title = f"{number}回目に直した場"
        session.commit()


def _answer(place: House) -> object:
    with open_session(place.engine, municipality_id=MUNICIPALITY) as session:
        return ask(session, participant_id=place.people[0], on=ON)


def _took(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start
