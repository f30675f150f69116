"""「この場に合うのはだれか」 for one place: the people waiting whom it would suit, longest waiting first within a band."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import Session

from matching.answers import Candidate, NearMiss, Objection
from matching.reverse import Opening, openings, suitable_people
from models.participants import Person, everybody
from web.services.asking import Town
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
    """Ask about everybody who waits; NotFoundError where this municipality has no such place."""
    town = Town.of(session, on=on)
    if not len(town.pool.rows_with([opportunity_ref])):
        message = "その場所は、いまの台帳にありません。"
        raise NotFoundError(message)
    waiting = {
        known.participant.ref: known for known in everybody(session) if known.participant.waiting_since is not None
    }
    profiles = [town.profile(known) for known in waiting.values()]
    answers = suitable_people(opportunity_ref, profiles, town.pool, on=on)
    suited = [
        _suited(waiting[answer.participant_ref], answer.candidate, answer.near_miss, answer.objections)
        for answer in answers
    ]
    fitting = sorted((one for one in suited if one.candidate), key=_order)
    nearly = sorted((one for one in suited if one.near_miss), key=_order)
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


def _order(one: Suited) -> tuple[int, date, str]:
    """By band, then whoever has waited longest: between people there is no finer rank."""
    band = BANDS.index(one.candidate.band) if one.candidate else 0
    return band, one.waiting_since or date.max, one.name
