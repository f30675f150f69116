"""The list of people waiting (待っている人): who, how long, what they want, and what to do next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from matching.vocabulary import VOCABULARIES
from models.participants import Waiting
from models.snapshots import age_on
from web.pages.pager import PAGE_SIZE, Pages, page_number, pages
from web.pages.search import holds
from web.wording import age_band, short_day, waiting

SHOWN_NEEDS = 2
Address = Callable[..., str]


@dataclass(frozen=True)
class Choice:
    """待っている人 or みんな."""

    label: str
    address: str
    here: bool


@dataclass(frozen=True)
class Column:
    """A heading; `sorted` is ascending, descending or None."""

    label: str
    address: str | None
    sorted: str | None


@dataclass(frozen=True)
class Row:
    """One person of the list."""

    name: str
    age: str | None
    address: str
    waiting: str | None
    waits: bool
    step: str
    step_address: str | None
    needs: list[str]
    stage: str | None
    district: str | None


@dataclass(frozen=True)
class PeoplePage:
    """The whole list page."""

    choices: list[Choice]
    columns: list[Column]
    people: list[Row]
    pages: Pages
    summary: str
    wanted: str
    kept: list[tuple[str, str]]
    nobody_at_all: bool
    everybody_address: str | None
    import_address: str | None


SORTS: dict[str, tuple[str, Callable[[Waiting], tuple[bool, str]]]] = {
    "name": ("名前", lambda line: (False, line.participant.display_name)),
    "waiting": (
        "待っている",
        lambda line: (line.participant.waiting_since is None, str(line.participant.waiting_since)),
    ),
    "district": ("地区", lambda line: (line.district is None, line.district or "")),
}


def people_page(
    lines: Sequence[Waiting],
    *,
    on: date,
    wanted: str,
    everybody: bool,
    sort: str,
    page: str | None,
    address: Address,
    person_address: Callable[[UUID], str],
    round_address: Callable[[UUID, UUID], str],
    import_address: str | None,
) -> PeoplePage:
    """`lines` come longest waiting first; who already goes somewhere is left out unless everybody is asked for."""
    shown = [line for line in lines if everybody or line.places == 0]
    shown = [line for line in shown if not wanted.strip() or holds(_searchable(line), wanted)]
    name, _, direction = sort.partition("-")
    if name in SORTS:
        shown = sorted(shown, key=SORTS[name][1], reverse=direction == "down")
    asked = {"q": wanted or None, "who": "all" if everybody else None, "sort": sort or None}
    number = page_number(page, len(shown))
    here = shown[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
    found = "見つかりました" if wanted.strip() else "います"
    return PeoplePage(
        choices=[
            Choice("待っている人", address(**{**asked, "who": None}), not everybody),
            Choice("みんな", address(**{**asked, "who": "all"}), everybody),
        ],
        columns=_columns(name, direction, asked, address),
        people=[_row(line, on, person_address, round_address) for line in here],
        pages=pages(number, len(shown), lambda other: address(**asked, page=other)),
        summary=f"{len(shown)}人{found}。" if shown else "",
        wanted=wanted,
        kept=[(key, value) for key, value in asked.items() if value and key != "q"],
        nobody_at_all=not lines,
        everybody_address=None if everybody else address(**{**asked, "who": "all"}),
        import_address=import_address,
    )


def _columns(name: str, direction: str, asked: dict[str, str | None], address: Address) -> list[Column]:
    def column(key: str) -> Column:
        up = key == name and direction != "down"
        state = None if key != name else "descending" if direction == "down" else "ascending"
        return Column(SORTS[key][0], address(**{**asked, "sort": f"{key}-down" if up else key}), state)

    plain = [Column(label, None, None) for label in ("次にすること", "求めていること", "ステージ")]
    return [column("name"), column("waiting"), *plain, column("district")]


def _searchable(line: Waiting) -> str:
    return f"{line.participant.display_name} {line.participant.ref} {line.district or ''}"


def _row(
    line: Waiting, on: date, person_address: Callable[[UUID], str], round_address: Callable[[UUID, UUID], str]
) -> Row:
    someone, seen = line.participant, line.assessment
    step, step_address = _next_step(line, on, person_address, round_address)
    stage = seen.stage if seen else None
    age = age_on(someone.birth_date, someone.age, someone.age_on, on)
    return Row(
        name=someone.display_name,
        age=age_band(age),
        address=person_address(someone.id),
        waiting=waiting(someone.waiting_since, on=on) if line.places == 0 else None,
        waits=line.places == 0,
        step=step,
        step_address=step_address,
        needs=[VOCABULARIES["participation_needs"].label(need) for need in ((seen.needs or ()) if seen else ())][
            :SHOWN_NEEDS
        ],
        stage=None if stage is None else VOCABULARIES["readiness_stages"].label(f"stage_{stage}"),
        district=line.district,
    )


def _next_step(
    line: Waiting, on: date, person_address: Callable[[UUID], str], round_address: Callable[[UUID, UUID], str]
) -> tuple[str, str | None]:
    if line.newest_round is not None:
        words = f"提案を見る（{short_day(line.newest_round.on, on=on)}）"
        return words, round_address(line.participant.id, line.newest_round.id)
    if line.places:
        return "様子を聞く", None
    if line.assessment is None or line.assessment.needs is None:
        return "見立てをする", person_address(line.participant.id)
    return "提案をつくる", person_address(line.participant.id)
