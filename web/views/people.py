"""People: the list, and one person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from models.locks import lock_person
from models.participant_queries import Person, waiting_people
from web.context import house, transaction
from web.pages.history import consent_facts, household_members, placement_lines
from web.pages.next_visit import NextVisit, VisitAnswer, answer_of, next_visit, outcome
from web.pages.people import Addresses, people_page
from web.pages.person import person_page, record_of
from web.permissions import Permission, may, requires
from web.queries.names import catalogue_names, relatives
from web.queries.people import person_here
from web.queries.rounds import RoundMark, newest_mark
from web.services.next_visit import set_next_visit
from web.wording import moment

views = Blueprint("people", __name__)


def _with_query(path: str, asked: Mapping[str, str]) -> str:
    return f"{path}?{urlencode(asked)}" if asked else path


ADDRESSES = Addresses(
    people=lambda asked: _with_query(url_for("people.people"), asked),
    person=lambda key: url_for("people.person_view", participant_id=key),
    round=lambda key, round_id: url_for("proposals.round_view", participant_id=key, round_id=round_id),
    next_visit=lambda key: url_for("people.person_view", participant_id=key, _anchor="next-visit"),
)


@views.get("/people")
@requires(Permission.SEE_PEOPLE)
def people() -> str:
    """Longest waiting first; htmx gets the list alone."""
    with transaction() as session:
        lines = waiting_people(session)
    page = people_page(lines, request.args, ADDRESSES, words=current_user.words, on=house().clock.today())
    template = "people/_people.html" if request.headers.get("HX-Request") else "people/people.html"
    return render_template(template, page=page, may_import=may(Permission.IMPORT_PEOPLE))


@views.get("/people/<uuid:participant_id>")
@requires(Permission.SEE_PEOPLE)
def person_view(participant_id: UUID) -> str:
    return _person_page(participant_id)


@views.post("/people/<uuid:participant_id>/next-visit")
@requires(Permission.PROPOSE)
def keep_next_visit(participant_id: UUID) -> Response | tuple[str, int]:
    """Set the day of the next visit, or take it away; what cannot be used comes back with its sentence."""
    today = house().clock.today()
    with transaction(changes=True) as session:
        lock_person(session, participant_id)
        kept = next_visit(person_here(session, participant_id).participant, on=today)
        answer = answer_of(request.form, kept, on=today)
        if isinstance(answer, VisitAnswer):
            set_next_visit(session, participant_id=participant_id, day=answer.day, how=answer.how)
    if isinstance(answer, NextVisit):
        return _person_page(participant_id, answer), 400
    flash(outcome(answer, on=today))
    return redirect(url_for("people.person_view", participant_id=participant_id), 303)


def _person_page(participant_id: UUID, typed: NextVisit | None = None) -> str:
    """`typed` is the form of the next visit as it came in, where it could not be kept."""
    today = house().clock.today()
    with transaction() as session:
        known = person_here(session, participant_id)
        latest = newest_mark(session, participant_id)
        names = catalogue_names(
            session,
            [placement.opportunity_ref for placement in known.placements],
            [
                *(placement.organization_ref for placement in known.placements),
                *(consent.organization_ref for consent in known.consents),
            ],
        )
        family = relatives(session, [member.member_ref for member in known.members])
    placements = placement_lines(known.placements, names, on=today)
    return render_template(
        "people/person.html",
        person=person_page(
            record_of(known.participant, known.assessment),
            district=known.district.name if known.district else None,
            on=today,
        ),
        placements=placements,
        placements_now=any(line.going for line in placements),
        consents=consent_facts(known.consents, names, on=today),
        household=household_members(known.members, family, ADDRESSES.person),
        participant_id=participant_id,
        next_visit=typed or next_visit(known.participant, on=today),
        latest=_latest(known, latest),
        propose_address=url_for("proposals.propose", participant_id=participant_id),
        may_propose=may(Permission.PROPOSE),
    )


@dataclass(frozen=True)
class LatestRound:
    """The way to the newest proposals; current while the assessment has not changed since."""

    address: str
    when: str
    current: bool


def _latest(known: Person, mark: RoundMark | None) -> LatestRound | None:
    if mark is None:
        return None
    newest = known.assessment.id if known.assessment else None
    address = url_for("proposals.round_view", participant_id=known.participant.id, round_id=mark.id)
    return LatestRound(address, moment(mark.asked_at), mark.assessment_id == newest)
