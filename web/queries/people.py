"""Whether somebody is here at all: of another municipality looks the same as nobody."""

from __future__ import annotations

from uuid import UUID

from sqlmodel import Session

from models.errors import RecordError
from models.participant_queries import Person, person
from web.services.errors import NotFoundError


def person_here(session: Session, participant_id: UUID) -> Person:
    """One person with everything known of them; NotFoundError where this municipality has nobody of that key."""
    try:
        return person(session, participant_id)
    except RecordError as problem:
        sentence = f"{problem}。"
        raise NotFoundError(sentence) from problem
