"""「この場に合うのはだれか」 for one place: the people waiting whom it would suit, longest waiting first within a band."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import Session

from matching.question.answers import Candidate, NearMiss, Objection
from matching.reverse import Opening, openings, suitable_people
from models.participant_queries import Person, everybody, goes_somewhere
from web.services.asking import QuestionBatch, readable
from web.services.errors import NotFoundError

BANDS = "◎○△"


@dataclass(frozen=True)
class Suited:
    """One person waiting, and how the place fits them."""

    key: UUID
    name: str
    waiting_since: date | None
    candidate: Candidate | None
    near_miss: NearMiss | None
    objections: tuple[Objection, ...]


@dataclass(frozen=True)
class SuitedPeople:
    """`fitting` and `nearly` in the order to read them; `others` fits for now to nobody of them; `openings` with refs of people."""

    fitting: tuple[Suited, ...]
    nearly: tuple[Suited, ...]
    others: int
    openings: tuple[tuple[Opening, tuple[str, ...]], ...]


def people_for(session: Session, *, opportunity_ref: str, on: date) -> SuitedPeople:
    """Ask about everybody who goes nowhere yet, as the list of people counts them.

    NotFoundError where this municipality has no such place.
    """
    batch = QuestionBatch.of(session, on=on)
    if not len(batch.pool.rows_with([opportunity_ref])):
        message = "その場所は、いまの台帳にありません。"
        raise NotFoundError(message)
    people = sorted(readable(known for known in everybody(session) if not goes_somewhere(known)), key=_longest_first)
    waiting = {known.participant.ref: known for known in people}
    answers = suitable_people(opportunity_ref, [batch.profile(known) for known in people], batch.pool, on=on)
    suited = [
        _suited(waiting[answer.participant_ref], answer.candidate, answer.near_miss, answer.objections)
        for answer in answers
    ]
    fitting = sorted((one for one in suited if one.candidate), key=_band)
    nearly = [one for one in suited if one.near_miss]
    named = [
        (opening, tuple(waiting[ref].participant.display_name for ref in opening.participant_refs))
        for opening in openings(answers)
    ]
    return SuitedPeople(tuple(fitting), tuple(nearly), len(suited) - len(fitting) - len(nearly), tuple(named))


def _suited(
    known: Person, candidate: Candidate | None, near_miss: NearMiss | None, objections: tuple[Objection, ...]
) -> Suited:
    person = known.participant
    return Suited(person.id, person.display_name, person.waiting_since, candidate, near_miss, objections)


def _longest_first(known: Person) -> tuple[date, str]:
    """Whoever has waited longest first, unknown last: between people there is no other rank."""
    return known.participant.waiting_since or date.max, known.participant.display_name


def _band(one: Suited) -> int:
    return BANDS.index(one.candidate.band if one.candidate else BANDS[-1])
