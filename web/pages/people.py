"""The list of people: who waits for a first place, how long, and what to do next."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from models.participant_queries import Waiting
from models.snapshots import age_on
from web.local_words import STANDARD_DISTRICT, LocalWords
from web.pages.facts import labels
from web.pages.next_step import Step, next_step, waits
from web.pages.pager import PAGE_SIZE, Pages, page_number, pages
from web.pages.search import holds
from web.pages.sorting import Column, column
from web.wording import age_band, waiting

WAITING, EVERYBODY = "waiting", "all"


@dataclass(frozen=True)
class PersonRow:
    """One line of the list, in words."""

    address: str
    name: str
    age: str | None
    waits: bool
    waiting: str | None
    step: str
    step_address: str
    needs: list[str]
    stage: str | None
    district: str | None


@dataclass(frozen=True)
class Choice:
    label: str
    address: str
    here: bool


@dataclass(frozen=True)
class PeoplePage:
    """Everything the list says."""

    lead: str
    summary: str
    people: list[PersonRow]
    columns: list[Column]
    choices: list[Choice]
    pages: Pages
    wanted: str
    kept: list[tuple[str, str]]
    nobody_at_all: bool
    everybody_address: str | None


@dataclass(frozen=True)
class Addresses:
    """Where the links of the list lead; the page itself knows no routes."""

    people: Callable[[Mapping[str, str]], str]
    person: Callable[[UUID], str]
    round: Callable[[UUID, UUID], str]
    next_visit: Callable[[UUID], str]


Key = Callable[[Waiting, date], tuple[bool, str, str]]


def _by(value: Callable[[Waiting, date], object | None]) -> Key:
    """Sort by a value, what is unknown last, then by the person's number."""

    def key(line: Waiting, on: date) -> tuple[bool, str, str]:
        found = value(line, on)
        return found is None, "" if found is None else str(found), line.participant.ref

    return key


SORTS: dict[str, tuple[str, Key | None]] = {
    "name": ("呼び名", _by(lambda line, _: line.participant.display_name)),
    "waiting": ("待っている", _by(lambda line, _: line.participant.waiting_since)),
    "step": ("次にすること", _by(lambda line, on: next_step(line, on=on).order)),
    "needs": ("求めていること", None),
    "stage": ("ステージ", _by(lambda line, _: line.assessment.stage if line.assessment else None)),
    "district": (STANDARD_DISTRICT, _by(lambda line, _: line.district)),
}


def people_page(
    lines: Sequence[Waiting], asked: Mapping[str, str], addresses: Addresses, *, words: LocalWords, on: date
) -> PeoplePage:
    """`asked` is what stands in the address: q, who, sort, order, page. Anything unreadable falls back."""
    wanted = asked.get("q", "").strip()[:100]
    who = EVERYBODY if asked.get("who") == EVERYBODY else WAITING
    sort = asked.get("sort", "")
    sort = sort if sort in SORTS and SORTS[sort][1] else "waiting"
    down = asked.get("order") == "down"
    here = {"q": wanted, "who": who, "sort": sort, "order": "down" if down else "up"}
    chosen = [line for line in lines if who == EVERYBODY or waits(line)]
    if wanted:
        chosen = [line for line in chosen if _found(line, wanted)]
    key = SORTS[sort][1]
    assert key is not None
    chosen.sort(key=lambda line: key(line, on), reverse=down)
    number = page_number(asked.get("page"), len(chosen))
    shown = chosen[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]

    def at(**changed: str) -> str:
        return addresses.people(_without_defaults({**here, **changed}))

    return PeoplePage(
        lead=_lead(who, sort, down, words),
        summary=_summary(len(chosen), who, wanted),
        people=[_row(line, addresses, on) for line in shown],
        columns=[
            column(words.label(label), name, key, sort=sort, down=down, at=at) for name, (label, key) in SORTS.items()
        ],
        choices=[
            Choice("待っている人", at(who=WAITING), who == WAITING),
            Choice("みんな", at(who=EVERYBODY), who == EVERYBODY),
        ],
        pages=pages(number, len(chosen), lambda wanted_number: at(page=str(wanted_number))),
        wanted=wanted,
        kept=[(name, value) for name, value in _without_defaults(here).items() if name != "q"],
        nobody_at_all=not lines,
        everybody_address=at(who=EVERYBODY) if who == WAITING else None,
    )


def _without_defaults(asked: Mapping[str, str]) -> dict[str, str]:
    """Only what differs from a fresh visit, so that addresses stay short."""
    usual = {"q": "", "who": WAITING, "sort": "waiting", "order": "up", "page": "1"}
    return {name: value for name, value in asked.items() if value != usual[name]}


def _found(line: Waiting, wanted: str) -> bool:
    person = line.participant
    return holds(f"{person.display_name} {person.ref} {line.district or ''}", wanted)


def _row(line: Waiting, addresses: Addresses, on: date) -> PersonRow:
    person, seen, step = line.participant, line.assessment, next_step(line, on=on)
    return PersonRow(
        address=addresses.person(person.id),
        name=person.display_name,
        age=age_band(age_on(person.birth_date, person.age, person.age_on, on)),
        waits=waits(line),
        waiting=waiting(person.waiting_since, on=on) if waits(line) else None,
        step=step.words,
        step_address=_leads_to(step, line, addresses),
        needs=labels("participation_needs", seen.needs) if seen else [],
        stage=labels("readiness_stages", [f"stage_{seen.stage}"])[0] if seen and seen.stage is not None else None,
        district=line.district,
    )


def _leads_to(step: Step, line: Waiting, addresses: Addresses) -> str:
    key = line.participant.id
    if step.leads_to == "round" and line.newest_round is not None:
        return addresses.round(key, line.newest_round.id)
    return addresses.next_visit(key) if step.leads_to == "next_visit" else addresses.person(key)


def _lead(who: str, sort: str, down: bool, words: LocalWords) -> str:
    people = "最初の場所を待っている人" if who == WAITING else "登録されているみんな"
    if sort == "waiting":
        return f"{people}を、{'待ちはじめたのが新しい順' if down else '長く待っている順'}に並べています。"
    return f"{people}を、「{words.label(SORTS[sort][0])}」で並べています。"


def _summary(count: int, who: str, wanted: str) -> str:
    if wanted:
        return f"「{wanted}」で{count}人見つかりました。"
    return f"{count}人が待っています。" if who == WAITING else f"みんなで{count}人です。"
