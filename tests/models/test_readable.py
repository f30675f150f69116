"""Reading within bounds takes nothing away from what the interchange format allows."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from models.readable import _kept, unread_fields
from models.shapes import SHAPES
from models.tables import Assessment, Opportunity, Organization, Participant, Site, Slot
from seed.reading import read
from seed.rows import values_for

CASES = Path(__file__).parents[1] / "cases"
EVERY_FILE = [
    *sorted(CASES.rglob("catalogue.json")),
    *sorted(CASES.rglob("participants.json")),
    *sorted(Path(str(files("seed") / "sample")).rglob("*.json")),
]
FILES = [path for path in EVERY_FILE if path.name in ("catalogue.json", "participants.json")]


def rows_of(path: Path) -> Iterator[tuple[type[Any], dict[str, Any]]]:
    draft = read(path.read_bytes(), path.name)
    for table, entries in (
        (Organization, draft.organizations), (Site, draft.sites), (Opportunity, draft.opportunities),
        (Participant, draft.participants), (Assessment, draft.participants),
    ):  # fmt: skip
        for entry in entries:
            yield table, values_for(table, entry.record)
            for slot in entry.record.get("slots", ()) if table is Opportunity else ():
                yield Slot, values_for(Slot, slot)


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_nothing_of_a_good_file_is_unreadable(path: Path) -> None:
    for table, values in rows_of(path):
        for column, shape in SHAPES[str(table.__tablename__)].items():
            if values.get(column) is not None:
                assert _kept(values[column], shape) == (values[column], True), (table.__name__, column)


def test_null_inside_an_object_says_what_absence_says() -> None:
    told = {"code": None, "text": "人ごみ", "absolute": False}
    assert _kept([told], SHAPES["assessment"]["dislikes"]) == ([{"text": "人ごみ", "absolute": False}], True)


def test_a_row_that_was_made_here_has_nothing_unread() -> None:
    assert unread_fields(Organization(ref="o", name="団体", burden={"level": 3})) == ()
