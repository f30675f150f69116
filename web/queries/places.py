"""Whether a place is here at all: of another municipality looks the same as none."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlmodel import Session

from models.places import Place, place
from web.services.errors import NotFoundError


def place_here(session: Session, opportunity_id: UUID, *, on: date) -> Place:
    """One place with everything known of it; NotFoundError where this municipality has none of that key."""
    here = place(session, opportunity_id, on=on)
    if here is None:
        sentence = "その場の記録が見つかりません。"
        raise NotFoundError(sentence)
    return here
