"""Imports: keep the file, show what it would do, then do exactly that or nothing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.orm import defer
from sqlmodel import Session, col, select

from models.importing import ImportBatch
from models.locks import lock_catalogue, lock_import, lock_people
from seed.applying import Locate, Located, Outcome, apply
from seed.draft import Draft
from seed.errors import ImportProblem
from seed.lists.known import looks_like
from seed.locating import locator
from seed.packed_draft import reading_version, unpack
from seed.previewing import Planned, Preview, preview
from seed.problems import Problem
from seed.reading.apart import Reading, read_apart
from web.services.errors import NotFoundError, ServiceError
from web.services.taking_back import kept_journal

WAITING, APPLIED, DROPPED = "waiting", "applied", "dropped"
CATALOGUE, PARTICIPANTS = "catalogue", "participants"
KEEP_FILES = timedelta(days=14)
MOST_LISTED = 50
MOST_NAMED = 50


Walk = Callable[[list[Planned]], Iterable[Planned]]


class PlanMovedError(ServiceError):
    """What would be imported is no longer what was seen."""


class OtherTownError(ServiceError):
    """The file is another town's, and nobody has said that it is meant."""


class StaleDraftError(ServiceError):
    """The kept draft was read by another build, or before the newest answers: it has to be read again first."""


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
    batch.draft_of = _asked(None, reading.list_name, reading.list_date)
    session.add(batch)
    session.flush()
    return batch.id


def _asked(columns: Mapping[str, Any] | None, list_name: str | None, list_date: date | None) -> dict[str, Any]:
    """What decides how a file is read, beside its content."""
    return {
        "build": reading_version(),
        "columns": dict(columns or {}),
        "list_name": list_name,
        "list_date": list_date.isoformat() if list_date else None,
    }


def _asked_now(batch: ImportBatch) -> dict[str, Any]:
    return _asked(batch.columns, batch.list_name, batch.list_date)


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
    if batch.state != WAITING or batch.draft_of == _asked_now(batch) or batch.content is None:
        return None
    return Unread(
        batch.content,
        batch.file_name,
        batch.kind,
        batch.columns,
        batch.list_name,
        batch.list_date,
        _asked_now(batch),
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
    if batch.state == WAITING and _asked_now(batch) == file.asked:
        batch.draft, batch.draft_of = reading.packed, dict(file.asked)
        session.add(batch)
        session.flush()


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
    return preview(session, _draft_of(batch), on=on, same_as=batch.same_as)


def _draft_of(batch: ImportBatch) -> Draft:
    if batch.state != WAITING:
        sentence = "この取り込みは、もう終わっています。"
        raise ServiceError(sentence)
    if batch.draft is None or batch.draft_of != _asked_now(batch):
        sentence = "見ているあいだに答えが変わりました。もう一度開いてください。"
        raise StaleDraftError(sentence)
    return unpack(batch.draft)


def fingerprint(plan: Preview) -> str:
    """The same for the same plan: what a person saw is what may be applied."""
    digest = hashlib.sha256()
    told: list[list[Any]] = [[one.kind, one.ref, one.action, one.record] for one in plan.planned]
    if plan.listed is not None:
        told += [[one.kind, one.ref, one.field, one.value] for one in plan.listed.suggestions]
        told += [[str(one.known)] for one in plan.listed.vanished]
    for one in told:
        text = json.dumps(one, sort_keys=True, default=str, ensure_ascii=False)
        digest.update(text.encode("utf-8", "surrogatepass") + b"\n")
    return digest.hexdigest()


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


@dataclass(frozen=True)
class Prepared:
    """What an application needs and no lock has to be held for: the draft, and where its addresses lie."""

    asked: Mapping[str, Any]
    draft: Draft
    located: Mapping[str, Located | None]


def prepare(session: Session, batch: ImportBatch) -> Prepared:
    """Get ready to apply; nothing is written."""
    draft = _draft_of(batch)
    sites = [*(entry.record for entry in draft.sites), *(row.site for row in draft.facilities)]
    addresses = {site["address"] for site in sites if isinstance(site.get("address"), str) and "latitude" not in site}
    locate = locator(session) if addresses else None
    located = {address: locate(address) for address in sorted(addresses)} if locate else {}
    return Prepared(_asked_now(batch), draft, located)


def apply_batch(
    session: Session,
    batch: ImportBatch,
    prepared: Prepared,
    *,
    seen: str,
    by: UUID,
    at: datetime,
    on: date,
    other_town: bool = False,
) -> None:
    """Do what was seen, all of it or nothing. PlanMovedError when the answers or the records have changed since it was
    seen.

    A file of another town comes in only where somebody said so (`other_town`): OtherTownError.
    """
    lock_catalogue(session)
    if batch.kind == PARTICIPANTS:
        lock_people(session)
    current = prepared.asked == _asked_now(batch)
    plan = preview(session, prepared.draft, on=on, same_as=batch.same_as) if current else None
    if plan is not None and plan.other_municipality and not other_town:
        sentence = f"「{plan.other_municipality}」のファイルなので、まだ取り込んでいません。取り込んでよければ、「このまま取り込む」に印をつけてください。"
        raise OtherTownError(sentence)
    if plan is None or fingerprint(plan) != seen:
        sentence = "見ているあいだに記録が変わりました。もう一度確かめてください。"
        raise PlanMovedError(sentence)
    with kept_journal(session, batch, at=at):
        outcome = apply(session, plan, at=at, on=on, locate=_locate(session, prepared))
    _close(session, batch, APPLIED, {**_told(outcome, plan), "by": str(by), "at": at.isoformat()})


def _locate(session: Session, prepared: Prepared) -> Locate:
    """What was found before; anew only for an address that the file does not bring."""
    anew: list[Locate] = []

    def locate(address: str) -> Located | None:
        if address in prepared.located:
            return prepared.located[address]
        if not anew:
            anew.append(locator(session))
        return anew[0](address)

    return locate


def apply_now(session: Session, plan: Preview, *, name: str, at: datetime, on: date, walk: Walk) -> Outcome:
    """A file that whoever runs the service brings: seen and done in one, and listed like any other. No file is kept."""
    batch = ImportBatch(
        file_name=name,
        kind=plan.kind,
        list_name=plan.list_name,
        list_date=plan.list_date,
        state=APPLIED,
        uploaded_at=at,
    )
    session.add(batch)
    with kept_journal(session, batch, at=at):
        outcome = apply(session, plan, at=at, on=on, locate=locator(session), walk=walk)
    _close(session, batch, APPLIED, {**_told(outcome, plan), "command": True, "at": at.isoformat()})
    return outcome


def drop_batch(session: Session, batch: ImportBatch, *, by: UUID, at: datetime) -> None:
    """Stop without importing; the file is forgotten."""
    if batch.state == WAITING:
        _close(session, batch, DROPPED, {"by": str(by), "at": at.isoformat()})


def _close(session: Session, batch: ImportBatch, state: str, outcome: dict[str, Any]) -> None:
    batch.state, batch.outcome = state, outcome
    batch.content = batch.draft = batch.draft_of = None
    session.add(batch)
    session.flush()


def _told(outcome: Outcome, plan: Preview) -> dict[str, Any]:
    return {
        "new": outcome.new,
        "changed": outcome.changed,
        "unchanged": outcome.unchanged,
        "located": outcome.located,
        "not_located": outcome.not_located,
        "suggested": outcome.suggested,
        "vanished": outcome.vanished[:MOST_NAMED],
        "more_vanished": max(len(outcome.vanished) - MOST_NAMED, 0),
        "problems": [
            {"line": problem.line, "sentence": problem.sentence, "blocking": problem.blocking}
            for problem in plan.problems
        ],
    }


def forget_old_files(session: Session, *, at: datetime) -> None:
    """Files nobody decided on may hold personal data: they do not lie about."""
    forgotten = session.exec(
        select(ImportBatch)
        .where(ImportBatch.state == WAITING, col(ImportBatch.uploaded_at) < at - KEEP_FILES)
        .options(*_WITHOUT_FILES)
    ).all()
    for batch in forgotten:
        _close(session, batch, DROPPED, {"at": at.isoformat()})
