"""What has happened around a person so far: places, consents, household."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from matching.vocabulary import ENUMS, VOCABULARIES
from models.consent import Consent
from models.household import HouseholdMember
from models.placement import GOING_THERE, Placement
from web.pages.facts import Fact
from web.queries.names import CatalogueNames, Relative
from web.wording import short_day

STATE_WORDS = {
    "suggested": "提案した",
    "picked": "候補に選んだ",
    "shown": "本人に見せた",
    "wants": "本人が希望",
    "later": "またあとで",
    "declined": "本人が断った",
    "asked": "打診中",
    "host_ok": "受け入れ先の了解あり",
    "host_conditional": "受け入れ先の条件つき了解",
    "host_declined": "受け入れ先の都合で見送り",
    "disclosure_ok": "伝えることの同意あり",
    "visit_set": "見学の予定",
    "visit": "見学",
    "visited": "見学した",
    "trial_set": "体験の予定",
    "trial": "体験中",
    "trial_done": "体験した",
    "joined": "参加中",
    "settling": "参加中（なれる時期）",
    "settled": "続いている",
    "on_hold": "少しお休み",
    "ended": "終わった",
}


@dataclass(frozen=True)
class PlacementLine:
    """One place on the person's way."""

    title: str
    state: str
    note: str
    going: bool


@dataclass(frozen=True)
class MemberLine:
    """One other member of the household."""

    label: str
    name: str
    address: str | None
    notes: str


def placement_lines(placements: Sequence[Placement], names: CatalogueNames, *, on: date) -> list[PlacementLine]:
    """Where the person goes now first, then what has been."""
    lines = [_placement(placement, names, on) for placement in placements]
    return sorted(lines, key=lambda line: not line.going)


def _placement(placement: Placement, names: CatalogueNames, on: date) -> PlacementLine:
    host = names.organization(placement.organization_ref)
    title = names.opportunity(placement.opportunity_ref) or host or "場所は未確認"
    notes = []
    if placement.started_on:
        notes.append(f"{short_day(placement.started_on, on=on)}から")
    if placement.ended_on:
        notes.append(f"{short_day(placement.ended_on, on=on)}まで")
    if placement.said_on:
        notes.append(short_day(placement.said_on, on=on))
    if placement.reason:
        reasons = "host_reasons" if placement.state == "host_declined" else "participant_reasons"
        notes.append(VOCABULARIES[reasons].label(placement.reason))
    if placement.end_outcome:
        notes.append(VOCABULARIES["end_outcomes"].label(placement.end_outcome))
    again = placement.show_again_from or placement.ask_again_from
    if again:
        notes.append(f"{short_day(again, on=on)}から、また話せる")
    return PlacementLine(
        title=title,
        state=STATE_WORDS.get(placement.state, placement.state),
        note="・".join(notes),
        going=placement.state in GOING_THERE,
    )


def consent_facts(consents: Sequence[Consent], names: CatalogueNames, *, on: date) -> list[Fact]:
    """Every consent that holds today, and which have ended."""
    kinds = VOCABULARIES["consent_kinds"]
    facts = []
    for consent in sorted(
        consents, key=lambda one: (kinds.codes.index(one.kind) if one.kind in kinds else 99, one.given_on)
    ):
        label = kinds.label(consent.kind)
        host = names.organization(consent.organization_ref)
        method = ENUMS["consent_method"].label(consent.method) if consent.method else ""
        if consent.valid(on):
            until = f"{short_day(consent.valid_until, on=on)}まで" if consent.valid_until else ""
            parts = [f"{short_day(consent.given_on, on=on)}に同意", method, until]
            text = "・".join(part for part in parts if part)
        elif consent.withdrawn_on:
            text = f"{short_day(consent.withdrawn_on, on=on)}に取りやめ"
        elif consent.given_on > on:
            text = f"{short_day(consent.given_on, on=on)}から"
        else:
            text = f"{short_day(consent.valid_until, on=on)}で期限切れ" if consent.valid_until else "期限切れ"
        items = VOCABULARIES["disclosure_fields"].words(consent.fields or ())
        note = "／".join(part for part in (host or "", items) if part)
        facts.append(Fact(label, text, note=note))
    return facts


MEMBER_NOTES = (
    ("lives_together", {"yes": "同居", "no": "別居"}),
    ("gives_care", {"yes": "家族の世話をしている", "conditional": "家族の世話をすることがある"}),
    ("wishes_known", {"no": "本人の意向はまだ聞けていない", "unknown": "本人の意向は未確認"}),
    ("contact_ok", {"yes": "連絡してよい", "conditional": "連絡は条件つき", "no": "連絡しない"}),
)


def household_members(
    members: Sequence[HouseholdMember], family: Mapping[str, Relative], address: Callable[[UUID], str]
) -> list[MemberLine]:
    """The other members, in the order they were written down."""
    return [_member(member, family, address) for member in sorted(members, key=lambda one: one.position)]


def _member(member: HouseholdMember, family: Mapping[str, Relative], address: Callable[[UUID], str]) -> MemberLine:
    who = ENUMS["relation"].label(member.relation) if member.relation else "続柄は未確認"
    age = f"（{ENUMS['age_band'].label(member.age_band)}）" if member.age_band else ""
    notes = [told[value] for name, told in MEMBER_NOTES if (value := getattr(member, name)) in told]
    relative = family.get(member.member_ref or "")
    return MemberLine(
        label=f"{who}{age}",
        name=relative.name if relative else "",
        address=address(relative.id) if relative else None,
        notes="・".join(notes),
    )
