"""Doing what was seen of an import, all of it or nothing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session

from models.importing import ImportBatch
from models.locks import lock_catalogue, lock_people
from seed.applying import Locate, Located, Outcome, apply
from seed.draft import Draft
from seed.locating import locator
from seed.previewing import Planned, Preview, preview
from web.services.errors import ServiceError
from web.services.import_drafts import asked_now, draft_of
from web.services.import_states import APPLIED, PARTICIPANTS, close
from web.services.taking_back import kept_journal

MOST_NAMED = 50
Walk = Callable[[list[Planned]], Iterable[Planned]]


class PlanMovedError(ServiceError):
    """What would be imported is no longer what was seen."""


class OtherTownError(ServiceError):
    """The file is another town's, and nobody has said that it is meant."""


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


@dataclass(frozen=True)
class Prepared:
    """What an application needs and no lock has to be held for: the draft, and where its addresses lie."""

    asked: Mapping[str, Any]
    draft: Draft
    located: Mapping[str, Located | None]


def prepare(session: Session, batch: ImportBatch) -> Prepared:
    """Get ready to apply; nothing is written."""
    draft = draft_of(batch)
    sites = [*(entry.record for entry in draft.sites), *(row.site for row in draft.facilities)]
    addresses = {site["address"] for site in sites if isinstance(site.get("address"), str) and "latitude" not in site}
    locate = locator(session) if addresses else None
    located = {address: locate(address) for address in sorted(addresses)} if locate else {}
    return Prepared(asked_now(batch), draft, located)


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
    current = prepared.asked == asked_now(batch)
    plan = preview(session, prepared.draft, on=on, same_as=batch.same_as) if current else None
    if plan is not None and plan.other_municipality and not other_town:
        sentence = f"「{plan.other_municipality}」のファイルなので、まだ取り込んでいません。取り込んでよければ、「このまま取り込む」に印をつけてください。"
        raise OtherTownError(sentence)
    if plan is None or fingerprint(plan) != seen:
        sentence = "見ているあいだに記録が変わりました。もう一度確かめてください。"
        raise PlanMovedError(sentence)
    with kept_journal(session, batch, at=at):
        outcome = apply(session, plan, at=at, on=on, locate=_locate(session, prepared))
    close(session, batch, APPLIED, {**_told(outcome, plan), "by": str(by), "at": at.isoformat()})


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
    close(session, batch, APPLIED, {**_told(outcome, plan), "command": True, "at": at.isoformat()})
    return outcome


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
