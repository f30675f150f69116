"""Imports: keep the file, show what it would do, answer what it asks, or drop it. Applying is `import_applying`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import defer
from sqlmodel import Session, col, select

from models.importing import ImportBatch
from models.locks import lock_import
from seed.draft import Draft
from seed.lists.known import looks_like
from seed.packed_draft import unpack
from seed.previewing import Preview, preview
from seed.reading.apart import Reading
from web.services.errors import NotFoundError, ServiceError
from web.services.import_drafts import asked, draft_of
from web.services.import_states import APPLIED, DROPPED, PARTICIPANTS, WAITING, close

KEEP_FILES = timedelta(days=14)
MOST_LISTED = 50


_FILES = (ImportBatch.content, ImportBatch.draft)
_WITHOUT_FILES = tuple(defer(one, raiseload=True) for one in (*_FILES, ImportBatch.outcome))  # type: ignore[arg-type]
"""For lists: fifty files, or all that was wrong in them, are no list."""
_FILES_WHEN_ASKED_FOR = tuple(defer(one) for one in _FILES)  # type: ignore[arg-type]


def receive(
    session: Session,
    *,
    reading: Reading,
    content: bytes,
    name: str,
    uploaded_by: UUID,
    people_allowed: bool,
    people_allowed_to: str,
    at: datetime,
) -> UUID:
    """Keep a file that was read (`seed.reading.apart`, outside the transaction) and what was read of it; nothing of it
    is written yet. `people_allowed_to` says in words who may instead.

    Raises ServiceError when this person may not import what it holds.
    """
    if reading.kind == PARTICIPANTS and not people_allowed:
        sentence = (
            "このファイルには本人の情報が入っています。あなたの役割では取り込めないので、"
            f"{people_allowed_to}に渡してください。ファイルは残していません。"
        )
        raise ServiceError(sentence)
    forget_old_files(session, at=at)
    batch = ImportBatch(
        file_name=name,
        kind=reading.kind,
        content=content,
        draft=reading.packed,
        list_name=_called(session, name, unpack(reading.packed)) if reading.open_data else None,
        list_date=reading.list_date,
        state=WAITING,
        uploaded_by=uploaded_by,
        uploaded_at=at,
    )
    # Where the list was called otherwise before, the draft is one of another name, and is read again.
    batch.draft_of = asked(None, reading.list_name, reading.list_date)
    session.add(batch)
    session.flush()
    return batch.id


def _called(session: Session, file_name: str, draft: Draft) -> str | None:
    """What the list is called until somebody says otherwise: as the last file of this name was, or the list it is like."""
    suggested = _called_before(session, file_name) or draft.list_name or ""
    return looks_like(session, suggested, draft.facilities) or suggested


def _called_before(session: Session, file_name: str) -> str | None:
    """What somebody called the list in the last file of this name."""
    return session.exec(
        select(ImportBatch.list_name)
        .where(
            ImportBatch.file_name == file_name, ImportBatch.state == APPLIED, col(ImportBatch.list_name).is_not(None)
        )
        .order_by(col(ImportBatch.uploaded_at).desc())
    ).first()


def batch_of(session: Session, batch_id: UUID, *, people_allowed: bool, deciding: bool = False) -> ImportBatch:
    """One import; NotFoundError where it is not here, or holds people for somebody who may not import them.

    `deciding` waits for whoever decides on it now, and keeps everybody else waiting.
    """
    if deciding:
        lock_import(session, batch_id)
    batch = session.get(ImportBatch, batch_id, options=_FILES_WHEN_ASKED_FOR)
    if batch is None or (batch.kind == PARTICIPANTS and not people_allowed):
        sentence = "その取り込みは見つかりません。"
        raise NotFoundError(sentence)
    return batch


def batches(session: Session, *, people_allowed: bool) -> list[ImportBatch]:
    """The newest imports, without those of people for somebody who may not import them."""
    newest_first = select(ImportBatch).order_by(col(ImportBatch.uploaded_at).desc(), col(ImportBatch.id))
    wanted = newest_first.limit(MOST_LISTED).options(*_WITHOUT_FILES)
    if not people_allowed:
        wanted = wanted.where(ImportBatch.kind != PARTICIPANTS)
    return list(session.exec(wanted).all())


def plan_of(session: Session, batch: ImportBatch, *, on: date) -> Preview:
    """What the import would do to the records as they are now."""
    return preview(session, draft_of(batch), on=on, same_as=batch.same_as)


def choose_columns(session: Session, batch: ImportBatch, *, columns: Mapping[str, str]) -> None:
    """Remember what the unknown headers mean; an empty text is 使わない."""
    batch.columns = {**(batch.columns or {}), **columns}
    session.add(batch)
    session.flush()


def name_list(session: Session, batch: ImportBatch, *, name: str, day: date | None) -> None:
    """Remember what a facility list is called and of which day it is (None: nobody knows)."""
    batch.list_name, batch.list_date = name, day
    session.add(batch)
    session.flush()


def choose_same(session: Session, batch: ImportBatch, *, choices: Mapping[str, str]) -> None:
    """Remember which rows of a form are known entries: id made of names → id of the entry, an empty text for a new one."""
    batch.same_as = {**(batch.same_as or {}), **choices}
    session.add(batch)
    session.flush()


def drop_batch(session: Session, batch: ImportBatch, *, by: UUID, at: datetime) -> None:
    """Stop without importing; the file is forgotten."""
    if batch.state == WAITING:
        close(session, batch, DROPPED, {"by": str(by), "at": at.isoformat()})


def forget_old_files(session: Session, *, at: datetime) -> None:
    """Files nobody decided on may hold personal data: they do not lie about."""
    forgotten = session.exec(
        select(ImportBatch)
        .where(ImportBatch.state == WAITING, col(ImportBatch.uploaded_at) < at - KEEP_FILES)
        .options(*_WITHOUT_FILES)
    ).all()
    for batch in forgotten:
        close(session, batch, DROPPED, {"at": at.isoformat()})
