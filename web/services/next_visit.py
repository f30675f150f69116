"""次に会う日: set, changed or taken away on the person's record."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlmodel import Session

from models.participant import VisitWay
from models.participant_queries import person


def set_next_visit(session: Session, *, participant_id: UUID, day: date | None, how: VisitWay | None) -> None:
    """A visit without a day is none: then the way goes, too. The caller commits; RecordError where nobody is of that key."""
    participant = person(session, participant_id).participant
    participant.next_visit_on, participant.next_visit_how = day, how if day else None
    session.add(participant)
    session.flush()
