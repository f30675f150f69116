"""Asking for proposals, and reading a kept round."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from models.proposal import ProposalRound
from web.context import house, transaction
from web.pages.person import own_words
from web.pages.round import round_page
from web.pages.why_not import answers
from web.permissions import Permission, may, requires
from web.services.accounts import names_of
from web.services.errors import NotFoundError
from web.services.people import known_person, office
from web.services.proposals import latest_round, propose_matches, round_of, rounds_of
from web.wording import long_day, moment

views = Blueprint("proposals", __name__)
SHOWN_WORDS = 2


@views.post("/people/<uuid:participant_id>/proposals")
@requires(Permission.PROPOSE)
def propose(participant_id: UUID) -> Response:
    clock = house().clock
    with transaction() as session:
        known_person(session, participant_id, on=clock.today())
        round_id = propose_matches(
            session, participant_id=participant_id, asked_by=current_user.id, at=clock.now(), on=clock.today()
        )
    return redirect(url_for("proposals.round_", participant_id=participant_id, round_id=round_id), 303)


@views.get("/people/<uuid:participant_id>/proposals")
@requires(Permission.SEE_PEOPLE)
def rounds(participant_id: UUID) -> str:
    with transaction() as session:
        known = known_person(session, participant_id, on=house().clock.today())
        kept, names = rounds_of(session, participant_id), names_of(session)
    return render_template(
        "proposals/rounds.html",
        person={"name": known.person.participant.display_name},
        person_address=url_for("people.person", participant_id=participant_id),
        propose_address=url_for("proposals.propose", participant_id=participant_id),
        may_propose=may(Permission.PROPOSE),
        rounds=[
            {
                "address": url_for("proposals.round_", participant_id=participant_id, round_id=one.id),
                "when": moment(one.asked_at),
                "asked_by": names.get(one.asked_by, "職員") if one.asked_by else "職員",
                "titles": [one.facts[entry["opportunity_id"]]["title"] for entry in one.result["candidates"]],
            }
            for one in kept
        ],
    )


@views.get("/people/<uuid:participant_id>/proposals/<uuid:round_id>")
@requires(Permission.SEE_PEOPLE)
def round_(participant_id: UUID, round_id: UUID) -> str:
    today = house().clock.today()
    with transaction() as session:
        kept = round_of(session, round_id)
        if kept.participant_id != participant_id:
            raise NotFoundError("その提案は見つかりません。")
        known = known_person(session, participant_id, on=today)
        newest = latest_round(session, participant_id)
        names, town = names_of(session), office(session)
    page = round_page(kept.result, kept.facts, today=today)
    wanted = request.args.get("why", "")[:100]
    here = url_for("proposals.round_", participant_id=participant_id, round_id=round_id)
    found = answers(page, wanted) if wanted.strip() else []
    if request.headers.get("HX-Target") == "why-not-answers":
        return render_template("proposals/_why_not.html", why=wanted, answers=found)
    district = known.person.district
    home = None
    if district is not None and district.latitude is not None:
        home = {"latitude": district.latitude, "longitude": district.longitude, "label": district.name}
    centre = None
    if town.latitude is not None:
        word = "役場" if town.name.endswith(("町", "村")) else "市役所"
        centre = {"latitude": town.latitude, "longitude": town.longitude, "label": word}
    return render_template(
        "proposals/round.html",
        page=page,
        person={
            "name": known.person.participant.display_name,
            "own_words": own_words(_asked_words(kept), on=today)[:SHOWN_WORDS],
        },
        asked_on=long_day(kept.on),
        asked_at=moment(kept.asked_at),
        asked_by=names.get(kept.asked_by, "職員") if kept.asked_by else "職員",
        latest=newest is None or newest.id == kept.id,
        latest_address=url_for("proposals.round_", participant_id=participant_id, round_id=newest.id)
        if newest
        else here,
        person_address=url_for("people.person", participant_id=participant_id),
        rounds_address=url_for("proposals.rounds", participant_id=participant_id),
        round_address=here,
        propose_address=url_for("proposals.propose", participant_id=participant_id),
        may_propose=may(Permission.PROPOSE),
        home=home,
        office=centre,
        why=wanted,
        answers=found,
    )


def _asked_words(kept: ProposalRound) -> list[dict[str, str]]:
    """The person's words as they were when the question was put."""
    said = [{"text": one["text"], "on": one["said_on"]} for one in kept.profile.get("own_words", ())]
    return sorted(said, key=lambda one: one["on"] or date.min.isoformat(), reverse=True)
