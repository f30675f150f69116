"""Imports: keep the file, show what it would do, then do exactly that or nothing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from models.importing import ImportBatch
from seed.applying import Outcome, apply
from seed.draft import Draft
from seed.lists.known import looks_like
from seed.locating import locator
from seed.previewing import Preview, preview
from seed.reading import read
from web.services.errors import NotFoundError, ServiceError

WAITING, APPLIED, DROPPED = "waiting", "applied", "dropped"
CATALOGUE, PARTICIPANTS = "catalogue", "participants"
KEEP_FILES = timedelta(days=14)
MOST_LISTED = 50
MOST_NAMED = 50


class PlanMovedError(ServiceError):
    """What would be imported is no longer what was seen."""


class OtherTownError(ServiceError):
    """The file is another town's, and nobody has said that it is meant."""


def receive(
    session: Session,
    *,
    content: bytes,
    name: str,
    uploaded_by: UUID,
    people_allowed: bool,
    people_allowed_to: str,
    at: datetime,
) -> UUID:
    """Keep a file that can be read; nothing of it is written yet. `people_allowed_to` says in words who may instead.

    Raises ImportProblem when it cannot be read, ServiceError when this person may not import what it holds.
    """
    draft = read(content, name)
    if draft.kind == PARTICIPANTS and not people_allowed:
        sentence = (
            "このファイルには本人の情報が入っています。あなたの役割では取り込めないので、"
            f"{people_allowed_to}に渡してください。ファイルは残していません。"
        )
        raise ServiceError(sentence)
    forget_old_files(session, at=at)
    batch = ImportBatch(
        file_name=name,
        kind=draft.kind,
        content=content,
        list_name=_called(session, name, draft) if draft.open_data else None,
        list_date=draft.list_date,
        state=WAITING,
        uploaded_by=uploaded_by,
        uploaded_at=at,
    )
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


def batch_of(session: Session, batch_id: UUID, *, people_allowed: bool) -> ImportBatch:
    """One import; NotFoundError where it is not here, or holds people for somebody who may not import them."""
    batch = session.get(ImportBatch, batch_id)
    if batch is None or (batch.kind == PARTICIPANTS and not people_allowed):
        sentence = "その取り込みは見つかりません。"
        raise NotFoundError(sentence)
    return batch


def batches(session: Session, *, people_allowed: bool) -> list[ImportBatch]:
    """The newest imports, without those of people for somebody who may not import them."""
    wanted = select(ImportBatch).order_by(col(ImportBatch.uploaded_at).desc(), col(ImportBatch.id)).limit(MOST_LISTED)
    if not people_allowed:
        wanted = wanted.where(ImportBatch.kind != PARTICIPANTS)
    return list(session.exec(wanted).all())


def plan_of(session: Session, batch: ImportBatch, *, on: date) -> Preview:
    """What the import would do to the records as they are now."""
    if batch.content is None:
        sentence = "この取り込みは、もう終わっています。"
        raise ServiceError(sentence)
    columns: Mapping[str, str] | None = batch.columns
    draft = read(batch.content, batch.file_name, columns=columns, list_name=batch.list_name, list_date=batch.list_date)
    return preview(session, draft, on=on, same_as=batch.same_as)


def fingerprint(plan: Preview) -> str:
    """The same for the same plan: what a person saw is what may be applied."""
    told: list[Any] = [[one.kind, one.ref, one.action, one.record] for one in plan.planned]
    if plan.listed is not None:
        told += [[one.kind, one.ref, one.field, one.value] for one in plan.listed.suggestions]
        told += [str(one.known) for one in plan.listed.vanished]
    text = json.dumps(told, sort_keys=True, default=str, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


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


def apply_batch(
    session: Session, batch: ImportBatch, *, seen: str, by: UUID, at: datetime, on: date, other_town: bool = False
) -> None:
    """Do what was seen, all of it or nothing. PlanMovedError when the records have changed since it was seen.

    A file of another town comes in only where somebody said so (`other_town`): OtherTownError.
    """
    plan = plan_of(session, batch, on=on)
    if plan.other_municipality and not other_town:
        sentence = f"「{plan.other_municipality}」のファイルなので、まだ取り込んでいません。取り込んでよければ、「このまま取り込む」に印をつけてください。"
        raise OtherTownError(sentence)
    if fingerprint(plan) != seen:
        sentence = "見ているあいだに記録が変わりました。もう一度確かめてください。"
        raise PlanMovedError(sentence)
    outcome = apply(session, plan, at=at, on=on, locate=locator(session))
    _close(session, batch, APPLIED, {**_told(outcome, plan), "by": str(by), "at": at.isoformat()})


def drop_batch(session: Session, batch: ImportBatch, *, by: UUID, at: datetime) -> None:
    """Stop without importing; the file is forgotten."""
    if batch.state == WAITING:
        _close(session, batch, DROPPED, {"by": str(by), "at": at.isoformat()})


def _close(session: Session, batch: ImportBatch, state: str, outcome: dict[str, Any]) -> None:
    batch.state, batch.outcome, batch.content = state, outcome, None
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
        select(ImportBatch).where(ImportBatch.state == WAITING, col(ImportBatch.uploaded_at) < at - KEEP_FILES)
    ).all()
    for batch in forgotten:
        _close(session, batch, DROPPED, {"at": at.isoformat()})
