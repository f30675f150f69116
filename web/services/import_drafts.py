"""What was read of a waiting file, kept beside it: read again only for new answers or by another build."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlmodel import Session

from models.importing import ImportBatch
from seed.draft import Draft
from seed.errors import ImportProblem
from seed.packed_draft import reading_version, unpack
from seed.problems import Problem
from seed.reading.apart import Reading, read_apart
from web.services.errors import ServiceError
from web.services.import_states import PARTICIPANTS, WAITING


class StaleDraftError(ServiceError):
    """The kept draft was read by another build, or before the newest answers: it has to be read again first."""


def asked(columns: Mapping[str, Any] | None, list_name: str | None, list_date: date | None) -> dict[str, Any]:
    """What decides how a file is read, beside its content."""
    return {
        "build": reading_version(),
        "columns": dict(columns or {}),
        "list_name": list_name,
        "list_date": list_date.isoformat() if list_date else None,
    }


def asked_now(batch: ImportBatch) -> dict[str, Any]:
    """What decides how this file is to be read now."""
    return asked(batch.columns, batch.list_name, batch.list_date)


@dataclass(frozen=True)
class Unread:
    """A waiting file whose draft is of another build or of other answers."""

    content: bytes = field(repr=False)
    name: str
    kind: str
    columns: Mapping[str, str] | None
    list_name: str | None
    list_date: date | None
    asked: Mapping[str, Any]


def unread(batch: ImportBatch) -> Unread | None:
    """What has to be read again before this import can be looked at; None where its draft is as it should be."""
    if batch.state != WAITING or batch.draft_of == asked_now(batch) or batch.content is None:
        return None
    return Unread(
        batch.content,
        batch.file_name,
        batch.kind,
        batch.columns,
        batch.list_name,
        batch.list_date,
        asked_now(batch),
    )


def read_again(file: Unread) -> Reading:
    """Read it with the answers, outside any transaction. What cannot be read any more becomes a draft that says so:
    the import can still be looked at, answered otherwise, and dropped."""
    try:
        return read_apart(
            file.content, file.name, columns=file.columns, list_name=file.list_name, list_date=file.list_date
        )
    except ImportProblem as problem:
        draft = Draft("participants" if file.kind == PARTICIPANTS else "catalogue", file.name)
        draft.headers = list(file.columns or {})
        draft.problems.append(Problem(None, None, str(problem), True))
        return Reading.of(draft)


def keep_reading(session: Session, batch: ImportBatch, file: Unread, reading: Reading) -> None:
    """Keep what was read, unless it was answered otherwise or decided meanwhile."""
    if batch.state == WAITING and asked_now(batch) == file.asked:
        batch.draft, batch.draft_of = reading.packed, dict(file.asked)
        session.add(batch)
        session.flush()


def draft_of(batch: ImportBatch) -> Draft:
    """The kept draft of a waiting import. Raises StaleDraftError where it has to be read again first."""
    if batch.state != WAITING:
        sentence = "この取り込みは、もう終わっています。"
        raise ServiceError(sentence)
    if batch.draft is None or batch.draft_of != asked_now(batch):
        sentence = "見ているあいだに答えが変わりました。もう一度開いてください。"
        raise StaleDraftError(sentence)
    return unpack(batch.draft)
