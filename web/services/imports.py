"""Imports from a file to the records: received, looked at, applied or dropped (取り込み)."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from models.importing import ImportBatch
from seed.applying import apply
from seed.draft import Draft
from seed.errors import ImportProblem
from seed.locating import locator
from seed.previewing import Preview, preview
from seed.reading import read
from web.services.errors import NotFoundError, ServiceError

WAITING, APPLIED, DROPPED = "waiting", "applied", "dropped"
SHOWN_BATCHES = 20


def receive(session: Session, *, name: str, content: bytes, by: UUID, at: datetime, people_too: bool) -> ImportBatch:
    """Keep an uploaded file until somebody has looked at it. Raises ServiceError where nothing in it can be used."""
    draft = _read(content, name, None)
    if draft.kind == "participants" and not people_too:
        raise ServiceError(
            "本人のファイルは、あなたの役割では取り込めません。地域福祉コーディネーターに頼んでください。"
        )
    batch = ImportBatch(file_name=name[:200], kind=kind_of(draft), content=content, uploaded_by=by, uploaded_at=at)
    session.add(batch)
    session.flush()
    return batch


def kind_of(draft: Draft) -> str:
    if draft.kind == "participants":
        return "participants"
    return "open_data" if draft.open_data else "catalogue"


def batches(session: Session, *, people_too: bool) -> list[ImportBatch]:
    """The newest imports, those of people's files only for who may import people."""
    rows = session.exec(select(ImportBatch).order_by(col(ImportBatch.uploaded_at).desc()).limit(SHOWN_BATCHES)).all()
    return [row for row in rows if people_too or row.kind != "participants"]


def batch_of(session: Session, batch_id: UUID, *, people_too: bool) -> ImportBatch:
    """One import; NotFoundError where it is not this municipality's or not for this role."""
    row = session.get(ImportBatch, batch_id)
    if row is None or (row.kind == "participants" and not people_too):
        raise NotFoundError("その取り込みは見つかりません。")
    return row


def plan_of(session: Session, batch: ImportBatch, *, on: date) -> Preview:
    """What the import would do to the records as they are now."""
    return preview(session, _read(batch.content or b"", batch.file_name, batch.columns), on=on)


def _read(content: bytes, name: str, columns: dict[str, Any] | None) -> Draft:
    try:
        return read(content, name, columns=columns)
    except ImportProblem as problem:
        raise ServiceError(str(problem)) from problem


def fingerprint(plan: Preview) -> str:
    """What somebody has looked at, in a few characters: it changes when the plan does."""
    seen = [[one.kind, one.ref, one.action, [asdict(change) for change in one.changes]] for one in plan.planned]
    return hashlib.sha256(json.dumps(seen, ensure_ascii=False).encode()).hexdigest()[:16]


def apply_batch(session: Session, batch: ImportBatch, *, seen: str, at: datetime, on: date) -> bool:
    """Write the plan that was looked at. False, with nothing written, where it has changed since."""
    if batch.state != WAITING:
        raise ServiceError("この取り込みは、もう終わっています。")
    plan = plan_of(session, batch, on=on)
    if fingerprint(plan) != seen:
        return False
    done = apply(session, plan, at=at, on=on, locate=locator(session))
    batch.outcome = {
        **asdict(done),
        "at": at.isoformat(),
        "problems": [asdict(problem) for problem in plan.problems],
    }
    # The file may hold personal data; what it said now stands in the records.
    batch.content, batch.state = None, APPLIED
    session.flush()
    return True


def drop_batch(session: Session, batch: ImportBatch) -> None:
    """Forget an import that nobody wants; its content goes at once."""
    if batch.state == WAITING:
        batch.content, batch.state = None, DROPPED
        session.flush()
