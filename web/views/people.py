"""The list of people, and one person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import Blueprint, render_template, request, url_for

from matching.vocabulary import ENUMS, VOCABULARIES
from models.participants import waiting_people
from web.context import house, transaction
from web.pages.facts import Fact
from web.pages.people import people_page
from web.pages.person import person_page
from web.permissions import Permission, may, requires
from web.services.people import Known, known_person
from web.services.proposals import latest_round
from web.wording import short_day

views = Blueprint("people", __name__)

STATE_WORDS = {
    "visit_set": "見学の予定",
    "visited": "見学した",
    "trial_set": "体験の予定",
    "trial": "体験中",
    "trial_done": "体験が終わった",
    "joined": "参加中",
    "settling": "定着支援中",
    "settled": "定着",
    "on_hold": "一時休止",
    "declined": "本人が見送った",
    "host_declined": "受け入れ先が見送った",
    "ended": "終了",
}


@views.get("/people")
@requires(Permission.SEE_PEOPLE)
def people() -> str:
    with transaction() as session:
        lines = waiting_people(session)
    page = people_page(
        lines,
        on=house().clock.today(),
        wanted=request.args.get("q", "")[:100],
        everybody=request.args.get("who") == "all",
        sort=request.args.get("sort", ""),
        page=request.args.get("page"),
        address=lambda **asked: url_for("people.people", **{key: value for key, value in asked.items() if value}),
        person_address=lambda key: url_for("people.person", participant_id=key),
        round_address=lambda key, round_id: url_for("proposals.round_", participant_id=key, round_id=round_id),
        import_address=url_for("imports.imports") if may(Permission.IMPORT_PEOPLE) else None,
    )
    part = request.headers.get("HX-Target") == "people-list"
    return render_template("people/_people.html" if part else "people/people.html", page=page)


@dataclass(frozen=True)
class Latest:
    """The newest round, and whether it was asked with the assessment of today."""

    address: str
    when: str
    current: bool


@views.get("/people/<uuid:participant_id>")
@requires(Permission.SEE_PEOPLE)
def person(participant_id: UUID) -> str:
    on = house().clock.today()
    with transaction() as session:
        known = known_person(session, participant_id, on=on)
        kept = latest_round(session, participant_id)
    latest = None
    if kept is not None:
        assessment = known.person.assessment
        latest = Latest(
            url_for("proposals.round_", participant_id=participant_id, round_id=kept.id),
            short_day(kept.on, on=on),
            assessment is None or kept.assessment_id == assessment.id,
        )
    return render_template(
        "people/person.html",
        person=person_page(known.record, district=known.record.get("district"), on=on),
        placements_now=known.goes_somewhere,
        latest=latest,
        may_propose=may(Permission.PROPOSE),
        propose_address=url_for("proposals.propose", participant_id=participant_id),
        consents=_consents(known),
        placements=_placements(known),
        household=_household(known),
    )


def _consents(known: Known) -> list[Fact]:
    on = house().clock.today()
    facts = []
    for consent in known.person.consents:
        valid = consent.valid(on)
        when = short_day(consent.given_on, on=on)
        facts.append(
            Fact(
                VOCABULARIES["consent_kinds"].label(consent.kind),
                f"{when}に同意" if valid else "いまは有効ではない",
                "",
                f"{short_day(consent.valid_until, on=on)}まで" if valid and consent.valid_until else "",
            )
        )
    return facts


def _placements(known: Known) -> list[dict[str, Any]]:
    on = house().clock.today()
    return [
        {
            "title": known.titles.get(one.opportunity_ref or "", one.opportunity_ref or one.organization_ref),
            "state": STATE_WORDS.get(one.state, one.state),
            "note": f"{short_day(one.started_on, on=on)}から" if one.started_on else "",
        }
        for one in known.person.placements
    ]


def _household(known: Known) -> list[dict[str, Any]]:
    members = []
    for member in sorted(known.person.members, key=lambda one: one.position):
        relation = ENUMS["relation"].label(member.relation) if member.relation else "家族"
        band = f"（{ENUMS['age_band'].label(member.age_band)}）" if member.age_band else ""
        wishes = "本人の意向は未確認" if member.wishes_known in (None, "no", "unknown") else ""
        relative = known.family.get(member.member_ref or "")
        members.append(
            {
                "label": f"{relation}{band}",
                "name": relative.display_name if relative else "",
                "address": url_for("people.person", participant_id=relative.id) if relative else None,
                "notes": wishes,
            }
        )
    return members
