"""Taking an import back (取り込みを取り消す): what it touched is kept for thirty days, and put back while nobody built on it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session, col, delete, select

from models import taking_back
from models.built_on import what_stands_in_the_way
from models.errors import RecordError
from models.importing import ImportBatch
from models.journal import ImportJournal
from models.locks import lock_catalogue, lock_people
from models.recording import recording
from models.touched import unpack
from web.services.errors import ServiceError
from web.services.import_states import APPLIED, PARTICIPANTS, TAKEN_BACK

KEEP_DAYS = 30
KEPT_FOR = timedelta(days=KEEP_DAYS)
TOO_LATE = f"もとの内容の控えがもうないので、この取り込みは取り消せません（控えは{KEEP_DAYS}日で消えます）。"


class CannotTakeBackError(ServiceError):
    """The import stays as it is; the message says why and what to do instead."""


@contextmanager
def kept_journal(session: Session, batch: ImportBatch, *, at: datetime) -> Iterator[None]:
    """Keep what the block writes as this import's, so that it can be taken back."""
    with recording(session) as noted:
        yield
    session.add(ImportJournal(batch_id=batch.id, content=noted.packed(), until=at + KEPT_FOR))
    session.flush()


@dataclass(frozen=True)
class Prospect:
    """What taking it back would do, or why it cannot be done."""

    new: int
    changed: int
    in_the_way: str


def prospect(session: Session, batch: ImportBatch, *, at: datetime) -> Prospect:
    """Looked up, not done: how many go, how many get their old content."""
    told = batch.outcome or {}
    return Prospect(int(told.get("new", 0)), int(told.get("changed", 0)), _in_the_way(session, batch, at))


def may_still_be(session: Session, batch: ImportBatch, *, at: datetime) -> bool:
    """Whether the page offers it: it was imported, and its journal is still kept. One small query."""
    if batch.state != APPLIED:
        return False
    return (
        session.exec(
            select(ImportJournal.id).where(ImportJournal.batch_id == batch.id, col(ImportJournal.until) > at)
        ).first()
        is not None
    )


def newest_kept(session: Session, *, at: datetime) -> ImportBatch | None:
    """The newest import that may still be taken back."""
    return session.exec(
        select(ImportBatch)
        .join(ImportJournal, col(ImportJournal.batch_id) == col(ImportBatch.id))
        .where(ImportBatch.state == APPLIED, col(ImportJournal.until) > at)
        .order_by(col(ImportBatch.uploaded_at).desc())
    ).first()


def take_back(session: Session, batch: ImportBatch, *, by: UUID | None, at: datetime) -> None:
    """Put everything back as it was, all of it or nothing; the caller holds the import. CannotTakeBackError says why not."""
    lock_catalogue(session)
    if batch.kind == PARTICIPANTS:
        lock_people(session)
    journal = _journal(session, batch, at)
    try:
        taking_back.take_back(session, unpack(journal.content))
    except RecordError as problem:
        raise CannotTakeBackError(_instead(str(problem))) from problem
    session.delete(journal)
    batch.state = TAKEN_BACK
    batch.outcome = {
        **(batch.outcome or {}),
        "taken_back_by": str(by) if by else None,
        "taken_back_at": at.isoformat(),
    }
    session.add(batch)
    session.flush()


def _in_the_way(session: Session, batch: ImportBatch, at: datetime) -> str:
    try:
        journal = _journal(session, batch, at)
    except CannotTakeBackError as problem:
        return str(problem)
    found = what_stands_in_the_way(session, unpack(journal.content))
    return _instead(found) if found else ""


def _instead(sentence: str) -> str:
    return f"{sentence}直すときは、正しい内容のファイルをもう一度取り込んでください。"


def _journal(session: Session, batch: ImportBatch, at: datetime) -> ImportJournal:
    if batch.state == TAKEN_BACK:
        sentence = "この取り込みは、もう取り消してあります。"
        raise CannotTakeBackError(sentence)
    if batch.state != APPLIED:
        sentence = "この取り込みは、まだ何も変えていません。"
        raise CannotTakeBackError(sentence)
    journal = session.exec(
        select(ImportJournal).where(ImportJournal.batch_id == batch.id, col(ImportJournal.until) > at)
    ).first()
    if journal is None:
        raise CannotTakeBackError(_instead(TOO_LATE))
    return journal


def forget_old_journals(session: Session, *, at: datetime) -> None:
    """They hold what was written about people: nothing is kept longer than it serves."""
    session.exec(delete(ImportJournal).where(col(ImportJournal.until) <= at))
