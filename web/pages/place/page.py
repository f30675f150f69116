"""The whole page of one place: what one does there first, what to know before calling beside it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from models.places import MOST_BESIDE, Place
from models.readable import unread_fields
from models.snapshots import readable_slot
from models.suggestions import ListedHere
from seed.labels import word_for
from web.local_words import LocalWords
from web.pages.facts import Fact, labels
from web.pages.listed import SaidByList, gone_words, said_by_lists
from web.pages.place.host import Contact, burden, confirmation, contact, host_facts, relation_owner, room
from web.pages.place.standing import Standing, standing
from web.pages.place.surroundings import surroundings, where
from web.pages.place.taking_part import conditions, money, ways_of_trying
from web.pages.place.times import Time, open_days, times, why_no_days
from web.pages.place.work import Answers, Load, Step, answers, loads, steps


@dataclass(frozen=True)
class PlacePage:
    """Everything the page says about one place, in words."""

    title: str
    host: str
    district: str | None
    stands: Standing
    unreadable: list[str]
    """Labels of what stands in the records and cannot be read."""
    description: str
    role: str
    activities: list[str]
    steps: list[Step]
    needs: list[str] | None
    loads: list[Load]
    hazards: Answers
    heaviest: str | None
    allergens: Answers
    accommodations: Answers
    times: list[Time]
    open_days: list[str]
    no_days: tuple[str, str]
    trying: list[Fact]
    conditions: list[Fact]
    money: list[Fact]
    surroundings: list[Fact]
    emergency: str | None
    contact: Contact
    said: dict[str, list[SaidByList]]
    """What lists say otherwise, by the label of the fact it stands beside."""
    gone: list[str]
    before_calling: list[Fact]
    host_facts: list[Fact]
    confirmation: list[Fact]
    beside: list[tuple[UUID, str]]
    more_beside: bool


def place_page(place: Place, listed: ListedHere, *, words: LocalWords, town: str, on: date) -> PlacePage:
    """Read the rows of one place on a date."""
    opportunity, host, facts = place.opportunity, place.host, place.facts
    stands = standing(opportunity, host, on=on)
    needs = opportunity.meets_needs
    return PlacePage(
        title=opportunity.title,
        host=host.name,
        district=where(opportunity, place.district),
        stands=stands,
        unreadable=_unreadable(place),
        description=opportunity.plain_description or "",
        role=opportunity.role_offered or "",
        activities=labels("activity_types", opportunity.activity_types),
        steps=steps(opportunity.task_steps),
        needs=None if needs is None else labels("participation_needs", needs),
        loads=loads(facts),
        hazards=answers("hazards", facts.hazards),
        heaviest=None if facts.heaviest_lift_kg is None else f"{facts.heaviest_lift_kg:g}kg",
        allergens=answers("allergens", facts.allergens),
        accommodations=answers("accommodations", facts.accommodations),
        times=times(place.slots, on=on),
        open_days=open_days(place.open_days, on=on),
        no_days=why_no_days(stands.state, times_known=any(slot.days_told for slot in facts.slots)),
        trying=ways_of_trying(opportunity),
        conditions=conditions(opportunity.conditions or {}),
        money=money(opportunity, on=on),
        surroundings=surroundings(
            place.site,
            opportunity.pickup or {},
            district=place.district,
            district_word=words.district,
            online=opportunity.online,
        ),
        emergency=_emergency(place),
        contact=contact(host.contact or {}, place.site),
        said=said_by_lists(place, listed, town=town),
        gone=gone_words(listed),
        before_calling=[*room(place, stands.state, on=on), burden(host, on=on), relation_owner(host)],
        host_facts=host_facts(host, on=on),
        confirmation=confirmation(opportunity, host, on=on),
        beside=list(place.beside[:MOST_BESIDE]),
        more_beside=len(place.beside) > MOST_BESIDE,
    )


def _unreadable(place: Place) -> list[str]:
    """Each once: of the place itself, its host, its site and its times."""
    rows = (("opportunity", place.opportunity), ("organization", place.host), ("site", place.site))
    found = [word_for(kind, name) for kind, row in rows if row is not None for name in unread_fields(row)]
    times = [] if all(map(readable_slot, place.slots)) else ["曜日と時間"]
    return list(dict.fromkeys([*found, *times]))


def _emergency(place: Place) -> str | None:
    """Only a place that takes people in at any hour has something to say."""
    if place.opportunity.emergency_24h not in ("yes", "conditional"):
        return None
    return place.opportunity.emergency_procedure or "頼み方は、まだ聞いていません。"
