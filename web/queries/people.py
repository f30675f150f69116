"""Whether somebody is here at all: of another municipality looks the same as nobody."""

from __future__ import annotations

from uuid import UUID

from sqlmodel import Session

from models.participant import Participant
from models.participants import Person, person
from web.services.errors import NotFoundError


def person_here(session: Session, participant_id: UUID) -> Person:
    """One person with everything known of them; NotFoundError where this municipality has nobody of that key."""
    # Held in a variable on purpose: the session then knows the row already and asks only once.
    here = session.get(Participant, participant_id)
    if here is None:
        sentence = "その人の記録が見つかりません。"
        raise NotFoundError(sentence)
    return person(session, here.id)
