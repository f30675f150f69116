"""Asking for proposals, and reading a kept round."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from uuid import UUID

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_login import current_user
from sqlmodel import Session
from werkzeug.wrappers import Response

from models.catalogue import municipality_of
from models.locks import hold_catalogue, lock_person
from models.municipality import District, Municipality
from models.participant_queries import Person
from models.places import place_keys
from models.proposal import ProposalRound
from web.clock import TOKYO
from web.context import house, transaction
from web.kept_rounds import UnopenedRoundError, opening_a_round
from web.pages.bonding import bonding_page
from web.pages.person import own_words
from web.pages.round.page import round_page, round_titles
from web.pages.round.parts import RoundPage
from web.pages.search import holds
from web.pages.why_not import Answer, answers, asked_again_answer
from web.permissions import Permission, may, requires
from web.queries.names import account_names
from web.queries.people import person_here
from web.queries.rounds import newest_mark
from web.services.asked_again import same_rules, why_not
from web.services.proposals import propose_matches, round_of, rounds_of
from web.wording import long_day, moment

views = Blueprint("proposals", __name__)

SOMEBODY = "前の担当者"


@dataclass(frozen=True)
class Point:
    """A point of the map with its words."""

    latitude: float
    longitude: float
    label: str


@views.post("/people/<uuid:participant_id>/proposals")
@requires(Permission.PROPOSE)
def propose(participant_id: UUID) -> Response:
    """Ask, keep the round, and go to its page. Pressing the button twice goes to the same one."""
    clock = house().clock
    with transaction(changes=True) as session:
        hold_catalogue(session)
        lock_person(session, participant_id)
        round_id = propose_matches(
            session,
            person_here(session, participant_id),
            asked_by=current_user.account_id,
            at=clock.now(),
            on=clock.today(),
        )
    return redirect(url_for("proposals.round_view", participant_id=participant_id, round_id=round_id), 303)


@views.get("/people/<uuid:participant_id>/proposals")
@requires(Permission.SEE_PEOPLE)
def rounds(participant_id: UUID) -> str:
    """Every round of one person, newest first."""
    with transaction() as session:
        known = person_here(session, participant_id)
        kept = rounds_of(session, participant_id)
        names = account_names(session, [one.asked_by for one in kept])
    return render_template(
        "proposals/rounds.html",
        person=_words(known),
        rounds=[
            {
                "address": url_for("proposals.round_view", participant_id=participant_id, round_id=one.id),
                "when": moment(one.asked_at),
                "titles": _titles(one),
                "asked_by": names.get(one.asked_by, SOMEBODY) if one.asked_by else SOMEBODY,
            }
            for one in kept
        ],
        **_addresses(participant_id),
    )


@views.get("/people/<uuid:participant_id>/proposals/<uuid:round_id>")
@requires(Permission.SEE_PEOPLE)
def round_view(participant_id: UUID, round_id: UUID) -> str:
    with opening_a_round():
        return _round(participant_id, round_id)


def _titles(kept: ProposalRound) -> list[str]:
    """What was proposed; nothing where the round cannot be opened."""
    with suppress(UnopenedRoundError), opening_a_round():
        return round_titles(kept.result, kept.facts)
    return []


def _round(participant_id: UUID, round_id: UUID) -> str:
    """One kept round. `why` is what the find-box asks; htmx gets its answers alone."""
    today = house().clock.today()
    with transaction() as session:
        kept = round_of(session, round_id)
        if kept.participant_id != participant_id:
            abort(404)
        known = person_here(session, participant_id)
        newest = newest_mark(session, participant_id)
        names = account_names(session, [kept.asked_by])
        municipality = municipality_of(session)
        page = round_page(kept.result, kept.facts, today=today)
        places = _places(session, page) if may(Permission.SEE_PLACES) else {}
    why = request.args.get("why", "").strip()[:100]
    found = _why_not(kept, page, why) if why else []
    if request.headers.get("HX-Request"):
        return render_template("proposals/_why_not.html", why=why, answers=found)
    address = url_for("proposals.round_view", participant_id=participant_id, round_id=round_id)
    return render_template(
        "proposals/round.html",
        person=_words(known),
        page=page,
        bonding=bonding_page(kept.result, page),
        next_visit_address=url_for("people.person_view", participant_id=participant_id, _anchor="next-visit"),
        places=places,
        why=why,
        answers=found,
        asked_at=moment(kept.asked_at),
        asked_on=long_day(kept.asked_at.astimezone(TOKYO).date()),
        asked_by=names.get(kept.asked_by, SOMEBODY) if kept.asked_by else SOMEBODY,
        round_address=address,
        newer_address=_newer(participant_id, round_id, newest.id if newest else None),
        home=_home(known.district),
        office=_office(municipality),
        **_addresses(participant_id),
    )


def _places(session: Session, page: RoundPage) -> dict[str, str]:
    """The page of each place that is shown, as far as the catalogue still has it."""
    shown = [*(card.place for card in (*page.cards, *page.others)), *(near.place for near in page.near_misses)]
    keys = place_keys(session, [place.opportunity_id for place in shown])
    return {ref: url_for("places.place_view", opportunity_id=key) for ref, key in keys.items()}


def _why_not(kept: ProposalRound, page: RoundPage, why: str) -> list[Answer]:
    """From the words that were kept; of a large catalogue, by asking again."""
    if page.complete:
        return answers(page, why)
    with transaction() as session:
        found = why_not(session, kept, lambda words: holds(words, why))
    return [asked_again_answer(entry, same_rules=same_rules(kept)) for entry in found]


def _addresses(participant_id: UUID) -> dict[str, object]:
    return {
        "person_address": url_for("people.person_view", participant_id=participant_id),
        "rounds_address": url_for("proposals.rounds", participant_id=participant_id),
        "propose_address": url_for("proposals.propose", participant_id=participant_id),
        "may_propose": may(Permission.PROPOSE),
    }


def _words(known: Person) -> dict[str, object]:
    said = known.assessment.own_words if known.assessment else None
    return {"name": known.participant.display_name, "own_words": own_words(said, on=house().clock.today())}


def _newer(participant_id: UUID, shown: UUID, newest: UUID | None) -> str | None:
    if newest is None or newest == shown:
        return None
    return url_for("proposals.round_view", participant_id=participant_id, round_id=newest)


def _home(district: District | None) -> Point | None:
    """The district's point. Where somebody lives exactly is nobody's business on a map."""
    if district is None or district.latitude is None or district.longitude is None:
        return None
    return Point(district.latitude, district.longitude, district.name)


def _office(municipality: Municipality) -> Point | None:
    if municipality.latitude is None or municipality.longitude is None:
        return None
    return Point(municipality.latitude, municipality.longitude, current_user.words.hall)
