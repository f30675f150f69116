"""The same path as the page, for files: import into a temporary database, ask for everybody, hand back plain results."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from models.database import make_engine
from models.migrate import upgrade
from models.scope import EVERYWHERE, open_session
from seed.applying import apply
from seed.draft import Draft
from seed.errors import ImportProblem
from seed.municipal_settings import add_municipality
from seed.previewing import preview
from web.services.asking import ask_everybody
from web.services.results import result_of


def rank(
    catalogue: Draft, participants: Draft, *, at: datetime, on: date, told: Callable[[str], None]
) -> Iterator[dict[str, Any]]:
    """One result a participant, by their file id. Problems of the files go to `told`, one sentence each."""
    with TemporaryDirectory(prefix="engawa-rank-") as folder:
        engine = make_engine(f"sqlite:///{Path(folder) / 'rank.db'}")
        upgrade(engine)
        named = catalogue.municipality or participants.municipality or {}
        with open_session(engine, municipality_id=EVERYWHERE) as session:
            settings = {"key": "rank", "code": str(named.get("code", "")), "name": str(named.get("name", ""))}
            municipality = add_municipality(session, settings).id
            session.commit()
        with open_session(engine, municipality_id=municipality) as session:
            for draft, kind in ((catalogue, "catalogue"), (participants, "participants")):
                if draft.kind != kind:
                    raise ImportProblem("台帳のファイルと、本人のファイルを取り違えていないか確かめてください。")
                plan = preview(session, draft, on=on)
                for problem in plan.problems:
                    told(f"{f'{problem.line}行目：' if problem.line else ''}{problem.sentence}")
                apply(session, plan, at=at, on=on)
            session.commit()
            for answer in ask_everybody(session, on=on):
                yield result_of(answer, on=on)
        engine.dispose()
