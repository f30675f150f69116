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
from models.errors import RecordError
from models.kept import KeptCatalogue

POOLS_KEPT = 4
"""Old catalogues in memory: whoever reads an old round asks about several places of it."""


@dataclass(frozen=True)
class _Content:
    calendar: Calendar
    facts: tuple[OpportunityFacts, ...]


_CONTENT = TypeAdapter(_Content)
_PROFILE = TypeAdapter(ParticipantProfile)


def keep_catalogue(session: Session, pool: OpportunityPool, *, revision: int, on: date) -> None:
    """Keep this revision, unless it is kept already. One query; a second one where it is new."""
    known = session.exec(
        select(KeptCatalogue.id).where(KeptCatalogue.revision == revision, KeptCatalogue.year == on.year)
    ).first()
    if known is not None:
        return
    content = zlib.compress(_CONTENT.dump_json(_Content(pool.calendar, tuple(pool.facts))), 6)
    # Two colleagues may ask at the same moment: whoever comes second finds it kept.
    with suppress(IntegrityError), session.begin_nested():
        session.add(KeptCatalogue(revision=revision, year=on.year, content=content))


def kept_pool(session: Session, *, revision: int, on: date) -> OpportunityPool:
    """The pool of a kept revision; RecordError where it was not kept (rounds asked before catalogues were)."""
    row = session.exec(
        select(KeptCatalogue.id, col(KeptCatalogue.content)).where(
            KeptCatalogue.revision == revision, KeptCatalogue.year == on.year
        )
    ).first()
    if row is None:
        message = "その日の台帳は残っていません"
        raise RecordError(message)
    return _pool(*row)


@lru_cache(maxsize=POOLS_KEPT)
def _pool(_key: UUID, content: bytes) -> OpportunityPool:
    kept = _CONTENT.validate_json(zlib.decompress(content))
    return build_pool(kept.facts, kept.calendar)


def kept_profile(profile: dict[str, Any]) -> ParticipantProfile:
    """The profile of a kept round, from its JSON."""
    return _PROFILE.validate_python(profile)
