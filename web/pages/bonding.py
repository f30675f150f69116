"""いまできること as the page of a kept round shows it. Works on the kept JSON alone, as the rest of the round does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from web.pages.facts import as_date
from web.pages.next_visit import UNDECIDED, visit_words
from web.pages.round.parts import Relative, RoundPage
from web.wording import short_day

Json = Mapping[str, Any]


@dataclass(frozen=True)
class FromHome:
    """A place to join from home, which stands further down as the card of this number."""

    number: int
    title: str
    first_date: str | None


@dataclass(frozen=True)
class Meeting:
    """A place for families, with its next day."""

    title: str
    host: str
    next_date: str


@dataclass(frozen=True)
class BondingPage:
    """Everything the section says."""

    hurry: str
    letter: str
    at_home: list[str]
    at_home_question: str | None
    online: list[FromHome]
    online_none: str | None
    served: list[Relative]
    waiting: list[str]
    meetings: list[Meeting]
    family_question: str | None
    family_none: str | None
    next_visit: str
    next_visit_decided: bool
    outside: str


def bonding_page(result: Json, page: RoundPage) -> BondingPage | None:
    """None for a round of somebody beyond stage 0, and for rounds kept before there was such a section."""
    kept = result.get("bonding")
    if not kept:
        return None
    cards = {card.place.opportunity_id: card for card in (*page.cards, *page.others)}
    online = [cards[ref] for ref in kept["online"] if ref in cards]
    visit = kept["next_visit"]
    return BondingPage(
        hurry=kept["hurry"],
        letter=kept["letter"],
        at_home=list(kept["at_home"]),
        at_home_question=kept["at_home_question"],
        online=[FromHome(card.number, card.place.title, card.dates[0] if card.dates else None) for card in online],
        online_none=kept["online_none"],
        served=[relative for relative in page.household if relative.places],
        waiting=_waiting(page.household),
        meetings=[_meeting(one, page.on) for one in kept["meetings"]],
        family_question=kept["family_question"],
        family_none=kept["family_none"],
        next_visit=_visit(visit, page.on),
        next_visit_decided=visit is not None,
        outside=kept["outside"],
    )


def _waiting(household: Sequence[Relative]) -> list[str]:
    """Why nothing is looked for yet; two parents of whom the same is to be said are one line."""
    return list(dict.fromkeys(f"{one.who}：{one.why}" for one in household if not one.places))


def _meeting(entry: Json, on: date) -> Meeting:
    day = as_date(entry["next_date"])
    return Meeting(entry["title"], entry["host_name"], f"次は{short_day(day, on=on)}" if day else "")


def _visit(visit: Json | None, on: date) -> str:
    day = as_date(visit["on"]) if visit else None
    return visit_words(day, visit["how"], on=on) if visit and day else f"{UNDECIDED}（{short_day(on)}の時点）"
