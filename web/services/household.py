"""The household beside the person (世帯): where each member could go, or why that is not looked for yet. Scene 2, §3.1."""

from __future__ import annotations

from typing import Any

from matching.inputs.phrases import day as day_words
from matching.vocabulary import ENUMS
from models.household import HouseholdMember
from models.participant_queries import Person
from web.services.asking import Answer, Household

MOST = 3


def family_of(household: Household) -> list[dict[str, Any]]:
    """One entry a member as plain JSON: their own candidates, or one sentence why nothing is looked for.

    Why a place suits a relative stays on their own page: this one may be read together with the person.
    """
    asked = {known.participant.ref: (known, answer) for known, answer in household.family}
    members = household.known.members
    told = {member.member_ref: member for member in members if member.member_ref}
    with_places = [_with_places(known, answer, told.get(ref)) for ref, (known, answer) in sorted(asked.items())]
    others = [member for member in members if member.member_ref not in asked]
    return [*with_places, *(_without(member) for member in others)]


def _with_places(known: Person, answer: Answer, told: HouseholdMember | None) -> dict[str, Any]:
    shown = answer.shortlist.candidates[:MOST]
    return {
        "participant": str(known.participant.id),
        "name": known.participant.display_name,
        "relation": _word("relation", told.relation if told else None),
        "candidates": [
            {
                "opportunity_id": one.opportunity_ref,
                "title": answer.pool.facts[one.row].title,
                "host_name": answer.pool.facts[one.row].host.name,
                "band": one.band,
                "about": answer.pool.facts[one.row].plain_description,
                "next_date": day_words(one.next_dates[0].day) if one.next_dates else None,
            }
            for one in shown
        ],
        "why": None if shown else "いまの見立てでは、すすめられる場所が見つかっていません。",
    }


def _without(member: HouseholdMember) -> dict[str, Any]:
    return {
        "participant": None,
        "name": None,
        "relation": _word("relation", member.relation) or "世帯の人",
        "age_band": _word("age_band", member.age_band),
        "candidates": [],
        "why": why_not_asked(member),
    }


def why_not_asked(member: HouseholdMember) -> str:
    """Why no place is looked for: unknown is said to be unknown, never taken for no."""
    if member.wishes_known in (None, "unknown"):
        return "本人の意向がまだ分かりません。聞いてから、行き先を考えます。"
    if member.wishes_known == "no":
        return "本人の意向をまだ聞けていません。"
    if member.contact_ok == "no":
        return "連絡は望んでいません。行き先は考えません。"
    return "この人の見立てがまだありません。人の記録をつくると、行き先を考えられます。"


def _word(field: str, code: str | None) -> str | None:
    return ENUMS[field].label(code) if code else None
