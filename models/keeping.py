"""Keeping the catalogue that a round was asked with, and making the engine's pool and profile from it again."""

from __future__ import annotations

import zlib
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from pydantic import TypeAdapter
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from matching.facts import OpportunityFacts
from matching.pool import OpportunityPool, build_pool
from matching.profile import ParticipantProfile
from matching.recurrence import Calendar
from matching.timetable import Timetable
from models.errors import RecordError
from models.kept import KeptCatalogue, KeptTimetable
from models.packed_timetables import pack, unpack

POOLS_KEPT = 4
"""Old catalogues in memory: whoever reads an old round asks about several places of it."""


@dataclass(frozen=True)
class _Content:
    calendar: Calendar
    facts: tuple[OpportunityFacts, ...]


_CONTENT = TypeAdapter(_Content)
_PROFILE = TypeAdapter(ParticipantProfile)


def keep_catalogue(session: Session, pool: OpportunityPool, *, revision: int, on: date) -> None:
    """Keep this revision, unless it is kept already. One query; up to three more where it is new."""
    known = session.exec(
        select(KeptCatalogue.id).where(KeptCatalogue.revision == revision, KeptCatalogue.year == on.year)
    ).first()
    if known is not None:
        return
    content = zlib.compress(_CONTENT.dump_json(_Content(pool.calendar, tuple(pool.facts))), 6)
    timetable = None if pool.timetable is None else _keep_timetable(session, pool.timetable)
    # Two colleagues may ask at the same moment: whoever comes second finds it kept.
    with suppress(IntegrityError), session.begin_nested():
        session.add(KeptCatalogue(revision=revision, year=on.year, timetable=timetable, content=content))


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
        select(KeptCatalogue.id, col(KeptCatalogue.content), col(KeptTimetable.content))
        .outerjoin(KeptTimetable, col(KeptTimetable.key) == col(KeptCatalogue.timetable))
        .where(KeptCatalogue.revision == revision, KeptCatalogue.year == on.year)
    ).first()
    if row is None:
        message = "その日の台帳は残っていません"
        raise RecordError(message)
    return _pool(*row)


@lru_cache(maxsize=POOLS_KEPT)
def _pool(_key: UUID, content: bytes, timetable: bytes | None) -> OpportunityPool:
    kept = _CONTENT.validate_json(zlib.decompress(content))
    return build_pool(kept.facts, kept.calendar, None if timetable is None else unpack(timetable))


def kept_profile(profile: dict[str, Any]) -> ParticipantProfile:
    """The profile of a kept round, from its JSON."""
    return _PROFILE.validate_python(profile)
