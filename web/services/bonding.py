"""いまできること, kept with the round of somebody at stage 0 (関係づくり期). Scene 1, domain §3.6."""

from __future__ import annotations

from datetime import date
from typing import Any

from matching.bonding.bonding import STAGE, bonding, family_meetings
from matching.pool.opportunity_pool import OpportunityPool
from matching.question.answers import Candidate
from models.participant import Participant
from web.services.asking import Household
from web.services.results import MOST_OTHERS, plain


def bonding_of(household: Household, *, on: date) -> dict[str, Any] | None:
    """Plain JSON for the page, with the next visit as it was known that day; None beyond stage 0."""
    answer = household.answer
    if answer.profile.stage != STAGE:
        return None
    shortlist = answer.shortlist
    said = bonding(
        answer.profile,
        answer.pool,
        candidates=shortlist.candidates,
        others=shortlist.not_shown.others(MOST_OTHERS),
        family=_lives_with_somebody(household),
    )
    meetings = family_meetings(answer.profile, answer.pool, on=on) if _family_is_to_be_told(household) else ()
    return {
        **plain(said),
        "meetings": [_meeting(one, answer.pool) for one in meetings],
        "next_visit": next_visit_of(household.known.participant, on=on),
    }


def next_visit_of(participant: Participant, *, on: date) -> dict[str, Any] | None:
    """The visit that is still to come; None where none is set or its day has passed."""
    day = participant.next_visit_on
    return {"on": day.isoformat(), "how": participant.next_visit_how} if day and day >= on else None


def _lives_with_somebody(household: Household) -> bool | None:
    if household.known.members or household.family:
        return True
    return False if "household.members" in (household.known.participant.asked_none or ()) else None


def _family_is_to_be_told(household: Household) -> bool:
    """Somebody of the house may be spoken to, and nobody there has places of their own on this page already."""
    served = any(answer.shortlist.candidates for _, answer in household.family)
    return not served and any(member.contact_ok != "no" for member in household.known.members)


def _meeting(one: Candidate, pool: OpportunityPool) -> dict[str, Any]:
    facts = pool.facts[one.row]
    return {
        "opportunity_id": one.opportunity_ref,
        "title": facts.title,
        "host_name": facts.host.name,
        "next_date": one.next_dates[0].day.isoformat() if one.next_dates else None,
    }
