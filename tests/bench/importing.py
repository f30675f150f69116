"""Section: how the time of an import grows with what is imported, and how much of it others have to wait for."""

from __future__ import annotations

import json
import math
import time
from dataclasses import dataclass
from pathlib import Path

from models.database import make_engine
from models.migrate import upgrade
from models.scope import open_session
from seed.applying import apply
from seed.previewing import preview
from seed.reading.apart import read_apart
from tests.bench.bars import IMPORT_GROWTH
from tests.bench.report import Line
from tests.conftest import AT, ON, add_one

FEW, MANY = 2_500, 25_000


@dataclass(frozen=True)
class _Took:
    """Seconds."""

    read: float
    plan: float
    write: float

    @property
    def whole(self) -> float:
        return self.read + self.plan + self.write


def importing(folder: Path, *, rounds: int) -> list[Line]:
    """Organizations alone, each time into an empty municipality."""
    times = [(_import(folder / f"few-{n}.db", FEW), _import(folder / f"many-{n}.db", MANY)) for n in range(rounds)]
    slopes = sorted(math.log(many.whole / few.whole) / math.log(MANY / FEW) for few, many in times)
    few, many = times[-1]
    shares = f"read apart {many.read:.2f} s, planned {many.plan:.2f} s, written {many.write:.2f} s"
    return [
        Line(f"{FEW:,} organizations", few.whole, " s"),
        Line(f"{MANY:,} organizations", many.whole, " s", note=shares),
        Line("growth exponent of an import", slopes[len(slopes) // 2], "", IMPORT_GROWTH),
    ]


def _import(path: Path, count: int) -> _Took:
    organizations = [{"id": f"org-{n}", "name": f"団体{n}", "status": "prospect"} for n in range(count)]
    document = {"format": "participation-catalogue", "version": "1.0", "organizations": organizations}
    content = json.dumps({**document, "sites": [], "opportunities": []}).encode()
    engine = make_engine(f"sqlite:///{path}")
    upgrade(engine)
    town = add_one(engine, "bench", "31202", "ためし市")
    begun = time.perf_counter()
    draft = read_apart(content, "bench.json").draft()
    was_read = time.perf_counter()
    with open_session(engine, municipality_id=town.id) as session:
        plan = preview(session, draft, on=ON)
        planned = time.perf_counter()
        apply(session, plan, at=AT, on=ON)
        session.commit()
    done = time.perf_counter()
    engine.dispose()
    return _Took(was_read - begun, planned - was_read, done - planned)
