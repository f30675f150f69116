"""The list of places (場): how each stands, when it was last confirmed, and where somebody should telephone first."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from matching.vocabulary import ENUMS
from models.places import PlaceLine
from web.local_words import STANDARD_DISTRICT, LocalWords
from web.pages.pager import PAGE_SIZE, Pages, page_number, pages
from web.pages.place.line import Line, PlaceRow
from web.pages.place.standing import CODES, standing
from web.pages.sorting import Column, by, column

CALLS = "calls"
USUAL = {"q": "", "state": "", "stale": "", "sort": CALLS, "order": "up", "page": "1"}


@dataclass(frozen=True)
class StateOption:
    """One state to choose; the empty value is all of them."""

    value: str
    label: str
    here: bool


@dataclass(frozen=True)
class PlacesPage:
    """Everything the list says."""

    lead: str
    summary: str
    places: list[PlaceRow]
    columns: list[Column]
    states: list[StateOption]
    only_stale: bool
    pages: Pages
    wanted: str
    kept: list[tuple[str, str]]
    nothing_at_all: bool
    whole_address: str
    calls_address: str | None


@dataclass(frozen=True)
class Addresses:
    """Where the links of the list lead."""

    places: Callable[[Mapping[str, str]], str]
    place: Callable[[UUID], str]


Key = Callable[[Line], tuple[bool, Any, str]]


def _by(value: Callable[[Line], Any]) -> Key:
    return by(value, lambda line: f"{line.title} {line.row.opportunity.id}")


def _calls_first(line: Line) -> tuple[int, date]:
    """What needs a call first, and there the longest unconfirmed."""
    return line.stands.rank, line.row.opportunity.verified_on or date.min


SORTS: dict[str, tuple[str, Key | None]] = {
    "name": ("場・受け入れ先", _by(lambda line: line.title)),
    "state": ("状態", _by(lambda line: CODES.index(line.stands.state.code))),
    "open": ("空き", _by(lambda line: line.row.opportunity.open_places)),
    "confirmed": ("最後の確認", _by(lambda line: line.row.opportunity.verified_on)),
    "activities": ("活動", None),
    "district": (STANDARD_DISTRICT, _by(lambda line: line.where)),
}
_CALLS_FIRST = _by(_calls_first)


def places_page(
    lines: Sequence[PlaceLine], asked: Mapping[str, str], addresses: Addresses, *, words: LocalWords, on: date
) -> PlacesPage:
    """`asked` is what stands in the address: q, state, stale, sort, order, page. Anything unreadable falls back."""
    here = _readable(asked)
    down = here["order"] == "down"
    known = [Line(line, standing(line.opportunity, line.host, on=on)) for line in lines]
    chosen = [line for line in known if _chosen(line, here)]
    chosen.sort(key=SORTS.get(here["sort"], ("", None))[1] or _CALLS_FIRST, reverse=down)
    number = page_number(asked.get("page"), len(chosen))

    def at(**changed: str) -> str:
        return addresses.places(_without_usual({**here, **changed}))

    return PlacesPage(
        lead=_lead(here["sort"], words),
        summary=_summary(chosen, here),
        places=[line.shown(addresses.place) for line in chosen[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]],
        columns=[
            column(words.label(label), name, key, sort=here["sort"], down=down, at=at)
            for name, (label, key) in SORTS.items()
        ],
        states=[StateOption("", "すべて", not here["state"]), *(_option(code, here["state"]) for code in CODES)],
        only_stale=bool(here["stale"]),
        pages=pages(number, len(chosen), lambda wanted_number: at(page=str(wanted_number))),
        wanted=here["q"],
        kept=[(name, here[name]) for name in ("sort", "order") if here[name] != USUAL[name]],
        nothing_at_all=not lines,
        whole_address=at(q="", state="", stale=""),
        calls_address=at(sort=CALLS, order="up") if here["sort"] != CALLS else None,
    )


def _readable(asked: Mapping[str, str]) -> dict[str, str]:
    state, sort = asked.get("state", ""), asked.get("sort", "")
    return {
        "q": asked.get("q", "").strip()[:100],
        "state": state if state in CODES else "",
        "stale": "1" if asked.get("stale") else "",
        "sort": sort if sort in SORTS and SORTS[sort][1] else CALLS,
        "order": "down" if asked.get("order") == "down" else "up",
    }


def _without_usual(asked: Mapping[str, str]) -> dict[str, str]:
    """Only what differs from a fresh visit, so that addresses stay short."""
    return {name: value for name, value in asked.items() if value != USUAL[name]}


def _narrowed(here: Mapping[str, str]) -> bool:
    return any(here[name] for name in ("q", "state", "stale"))


def _chosen(line: Line, here: Mapping[str, str]) -> bool:
    if here["state"] and line.stands.state.code != here["state"]:
        return False
    if here["stale"] and not line.stands.stale:
        return False
    return not here["q"] or line.holds(here["q"])


def _option(code: str, chosen: str) -> StateOption:
    return StateOption(code, ENUMS["opportunity_status"].label(code), code == chosen)


def _lead(sort: str, words: LocalWords) -> str:
    if sort == CALLS:
        return "電話で確かめたい場を上に、確認の古い順に並べています。"
    return f"「{words.label(SORTS[sort][0])}」で並べています。"


def _summary(chosen: Sequence[Line], here: Mapping[str, str]) -> str:
    count = f"{len(chosen)}件見つかりました。" if _narrowed(here) else f"{len(chosen)}件あります。"
    due = sum(bool(line.stands.calls) for line in chosen)
    calls = f"電話で確かめたい場は{due}件です。" if due else ""
    many = "名前や状態でしぼると、見つけやすくなります。" if len(chosen) > PAGE_SIZE else ""
    return f"{count}{calls}{many}"
