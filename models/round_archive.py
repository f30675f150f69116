"""Keeping the catalogue that a round was asked with, and making the engine's pool and profile from it again."""

from __future__ import annotations

import json
import zlib
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from matching.inputs.facts import OpportunityFacts
from matching.inputs.profile import ParticipantProfile
from matching.inputs.recurrence import Calendar
from matching.pool.building import build_pool
from matching.pool.opportunity_pool import OpportunityPool
from matching.pool.pool_updates import replaced
from matching.timetable.timetable import Timetable
from models.archived_catalogue import KeptCatalogue, KeptTimetable
from models.errors import RecordError
from models.not_asked_then import KeptJson
from models.packed_timetables import pack, unpack
from models.revision_log import changed_between

POOLS_KEPT = 4
"""Old catalogues in memory: whoever reads an old round asks about several places of it."""
FEW, SMALL_SHARE = 50, 0.1
"""Up to so many opportunities, or this share of all, are kept as what changed since a catalogue that is kept whole."""


@dataclass(frozen=True)
class _Content:
    """Facts of every opportunity; or of those told anew since the base, and refs of those that are gone since."""

    calendar: Calendar
    facts: tuple[OpportunityFacts, ...]
    gone: tuple[str, ...] = ()


_CONTENT = KeptJson[_Content](_Content)
_PROFILE = KeptJson[ParticipantProfile](ParticipantProfile)


def keep_catalogue(session: Session, pool: OpportunityPool, *, revision: int, on: date) -> None:
    """Keep this revision, unless it is kept already. One query; up to five more where it is new."""
    here = KeptCatalogue.year == on.year
    known = session.exec(select(KeptCatalogue.id).where(KeptCatalogue.revision == revision, here)).first()
    if known is not None:
        return
    timetable = None if pool.timetable is None else _keep_timetable(session, pool.timetable)
    newest_whole = (
        select(KeptCatalogue.revision)
        .where(col(KeptCatalogue.base).is_(None), KeptCatalogue.revision < revision, here)
        .where(col(KeptCatalogue.timetable).is_not_distinct_from(timetable))
        .order_by(col(KeptCatalogue.revision).desc())
    )
    base = session.exec(newest_whole).first()
    content = None if base is None else _since(pool, changed_between(session, base, revision))
    if content is None:
        base, content = None, _Content(pool.calendar, tuple(pool.facts))
    packed = zlib.compress(_CONTENT.written(content), 6)
    # Two colleagues may ask at the same moment: whoever comes second finds it kept.
    with suppress(IntegrityError), session.begin_nested():
        session.add(KeptCatalogue(revision=revision, year=on.year, base=base, timetable=timetable, content=packed))


def _since(pool: OpportunityPool, touched: frozenset[str] | None) -> _Content | None:
    """What was told anew; None where that is not known, or so much that a whole catalogue is the better base."""
    if touched is None or len(touched) > max(FEW, len(pool) * SMALL_SHARE):
        return None
    told = tuple(pool.facts[row] for row in pool.rows_with(touched).tolist())
    return _Content(pool.calendar, told, tuple(sorted(touched - {fact.ref for fact in told})))


def _keep_timetable(session: Session, timetable: Timetable) -> str:
    """Keep it, unless it is kept already; its key."""
    known = session.exec(select(KeptTimetable.id).where(KeptTimetable.key == timetable.key)).first()
    if known is None:
        with suppress(IntegrityError), session.begin_nested():
            session.add(KeptTimetable(key=timetable.key, content=pack(timetable)))
    return timetable.key


def kept_pool(session: Session, *, revision: int, on: date) -> OpportunityPool:
    """The pool of a kept revision; RecordError where it was not kept (rounds asked before catalogues were)."""
    row = session.exec(
        select(KeptCatalogue.id, col(KeptCatalogue.content), col(KeptTimetable.content), col(KeptCatalogue.base))
        .outerjoin(KeptTimetable, col(KeptTimetable.key) == col(KeptCatalogue.timetable))
        .where(KeptCatalogue.revision == revision, KeptCatalogue.year == on.year)
    ).first()
    if row is None:
        message = "その日の台帳は残っていません"
        raise RecordError(message)
    *kept, base = row
    if base is None:
        return _whole(*kept)
    return _told_anew(*kept[:2], kept_pool(session, revision=base, on=on))


@lru_cache(maxsize=POOLS_KEPT)
def _whole(_key: UUID, content: bytes, timetable: bytes | None) -> OpportunityPool:
    kept = _unpacked(content)
    return build_pool(kept.facts, kept.calendar, None if timetable is None else unpack(timetable))


@lru_cache(maxsize=POOLS_KEPT)
def _told_anew(_key: UUID, content: bytes, base: OpportunityPool) -> OpportunityPool:
    kept = _unpacked(content)
    return replaced(base, kept.gone, kept.facts)


def _unpacked(content: bytes) -> _Content:
    return _CONTENT.read(zlib.decompress(content))


def kept_profile(profile: dict[str, Any]) -> ParticipantProfile:
    """The profile of a kept round, from its JSON; what was not asked then is unknown."""
    return _PROFILE.read(json.dumps(profile))
