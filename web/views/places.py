"""Places: the list, one place, and the people waiting whom it would suit."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from models.catalogue import municipality_of
from models.locks import lock_catalogue
from models.places import place_lines
from models.suggestions import listed_here
from web.context import house, transaction
from web.pages.place.host import notes
from web.pages.place.page import place_page
from web.pages.place.standing import TAKES_IN, standing
from web.pages.places import Addresses, places_page
from web.pages.suited import suited_page
from web.permissions import Permission, may, requires
from web.queries.places import place_here
from web.services.reverse import people_for
from web.services.suggestions import DecidedError, decide
from web.wording import moment

views = Blueprint("places", __name__)

ADDRESSES = Addresses(
    places=lambda asked: f"{url_for('places.places')}?{urlencode(asked)}" if asked else url_for("places.places"),
    place=lambda key: url_for("places.place_view", opportunity_id=key),
)


@views.get("/places")
@requires(Permission.SEE_PLACES)
def places() -> str:
    """What needs a telephone call first; htmx gets the list alone."""
    with transaction() as session:
        lines = place_lines(session)
    page = places_page(lines, request.args, ADDRESSES, words=current_user.words, on=house().clock.today())
    template = "places/_places.html" if request.headers.get("HX-Request") else "places/places.html"
    return render_template(template, page=page, may_import=may(Permission.IMPORT_PLACES))


@views.get("/places/<uuid:opportunity_id>")
@requires(Permission.SEE_PLACES)
def place_view(opportunity_id: UUID) -> str:
    """What a colleague wants to read before calling. Nobody who goes there is named."""
    return _place_page(opportunity_id)


def _place_page(opportunity_id: UUID) -> str:
    today = house().clock.today()
    with transaction() as session:
        here = place_here(session, opportunity_id, on=today)
        listed = listed_here(session, here.opportunity, here.host, here.site)
        town = municipality_of(session).name
    return render_template(
        "places/place.html",
        page=place_page(here, listed, words=current_user.words, town=town, on=today),
        may_decide=may(Permission.IMPORT_PLACES),
        decide_address=lambda key: url_for(
            "places.decide_suggestion", opportunity_id=opportunity_id, suggestion_id=key
        ),
        place_address=ADDRESSES.place,
        host_address=ADDRESSES.places({"q": here.host.name}),
        notes=notes(here.opportunity, here.host) if may(Permission.SEE_HOST_NOTES) else [],
        people_address=_people_address(opportunity_id),
    )


@views.post("/places/<uuid:opportunity_id>/suggestions/<uuid:suggestion_id>")
@requires(Permission.IMPORT_PLACES)
def decide_suggestion(opportunity_id: UUID, suggestion_id: UUID) -> Response | tuple[str, int]:
    """Take over what a list says, or leave what stands here; one that is decided already stays as it is."""
    clock, decision = house().clock, request.form.get("decision")
    try:
        with transaction(changes=True) as session:
            # Held before anything is read: a colleague may decide, or the list come again, at the same moment.
            lock_catalogue(session)
            decide(
                session,
                place_here(session, opportunity_id, on=clock.today()),
                suggestion_id,
                accept={"accept": True, "dismiss": False}.get(decision or ""),
                by=current_user.account_id,
                at=clock.now(),
            )
    except DecidedError as problem:
        flash(str(problem))
        return _place_page(opportunity_id), 409
    return redirect(ADDRESSES.place(opportunity_id), 303)


@views.get("/places/<uuid:opportunity_id>/people")
@requires(Permission.SEE_PEOPLE)
@requires(Permission.PROPOSE)
def people_view(opportunity_id: UUID) -> str:
    """Whom of the people waiting it would suit, asked now; nothing is kept."""
    today = house().clock.today()
    with transaction() as session:
        here = place_here(session, opportunity_id, on=today)
        found = people_for(session, opportunity_ref=here.opportunity.ref, on=today)
    stands = standing(here.opportunity, here.host, on=today)
    return render_template(
        "places/people.html",
        title=here.opportunity.title,
        host=here.host.name,
        stands=stands,
        takes_in=stands.state.code in TAKES_IN,
        never_proposed=here.opportunity.emergency_24h == "yes",
        page=suited_page(found, _person_address, on=today),
        place_address=ADDRESSES.place(opportunity_id),
        asked_at=moment(house().clock.now()),
    )


def _people_address(opportunity_id: UUID) -> str | None:
    """The way to the people, for whoever may see people and propose something to them."""
    if not (may(Permission.SEE_PEOPLE) and may(Permission.PROPOSE)):
        return None
    return url_for("places.people_view", opportunity_id=opportunity_id)


def _person_address(participant_id: UUID) -> str:
    return url_for("people.person_view", participant_id=participant_id)
