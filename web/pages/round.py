"""A kept proposal round (提案) as a coordinator reads it: reasons first, numbers only under 根拠.

Works on the kept JSON alone, so an old round reads the same for ever, whatever has changed in the catalogue since.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from matching.vocabulary import VOCABULARIES
from web.pages.facts import Fact
from web.pages.host import host_state

Json = Mapping[str, Any]

BAND_WORDS = {"◎": "よく合う", "○": "合う", "△": "一部合う"}
SHOWN_REASONS = 3
SHOWN_WORRIES = 3
SHOWN_DATES = 3
# A finding below this is no reason to go there, however many points it brings.
REASON_FROM = 0.5
# Constraints that must hold but are never explained to anybody.
UNEXPLAINED = "avoid"
LISTENED = 0.35
"""Share of the weight that must be known before anything is proposed (matching.worth)."""
OF_THE_PERSON = "ご本人に"
STAGE = "stage"
NEGOTIABLE = "（相談できるかもしれません）"
UNEXPLAINED_SENTENCE = "今回は出していません（くわしい理由は表示しません）。"


@dataclass(frozen=True)
class Question:
    """打診の前に聞くこと; `first` must be asked before any request goes out."""

    sentence: str
    first: bool


@dataclass(frozen=True)
class Ground:
    """One line of 根拠: a criterion, its sentence and its points. `points` None is 未確認."""

    label: str
    sentence: str
    points: str | None
    weight: str


@dataclass(frozen=True)
class Place:
    """What any opportunity of the round is called and where it lies."""

    opportunity_id: str
    title: str
    host: str
    where: str
    latitude: float | None
    longitude: float | None
    roughly: bool

    @property
    def whereabouts(self) -> str:
        """Host, site and district in one line."""
        return " ／ ".join(part for part in (self.host, self.where) if part)


@dataclass(frozen=True)
class Card:
    """One candidate, readable from top to bottom in twenty seconds."""

    number: int
    place: Place
    band: str
    band_word: str
    description: str
    activities: str
    reasons: list[str]
    worries: list[str]
    more_worries: list[str]
    questions: list[Question]
    dates: list[str]
    way: str | None
    way_detail: str | None
    host_state: list[Fact]
    grounds: list[Ground]
    marks: list[str]


@dataclass(frozen=True)
class NearMiss:
    """あと一歩: the one obstacle and the smallest change that lifts it."""

    place: Place
    obstacle: str
    change: str


@dataclass(frozen=True)
class Excluded:
    """出さなかった場所, with every reason."""

    place: Place
    reasons: list[str]


@dataclass(frozen=True)
class Stage:
    """One step from the whole catalogue to the proposal."""

    label: str
    count: int
    dropped: int | None


@dataclass(frozen=True)
class Relative:
    """世帯の一人: where they could go themselves, or one sentence why nothing is looked for."""

    who: str
    participant: str | None
    places: list[RelativesPlace]
    why: str | None


@dataclass(frozen=True)
class RelativesPlace:
    """One candidate of a relative, in a line."""

    title: str
    host: str
    band_word: str
    about: str
    next_date: str | None


@dataclass(frozen=True)
class RoundPage:
    """Everything on the page of one round."""

    on: date
    engine_version: str
    weights_version: str
    cards: list[Card]
    others: list[Card]
    near_misses: list[NearMiss]
    excluded: list[Excluded]
    stages: list[Stage]
    others_count: int
    excluded_count: int
    household: list[Relative]
    to_hear: list[str]
    """Of somebody nobody has listened to yet: what to ask them first. Empty where enough is known."""

    @property
    def complete(self) -> bool:
        """Whether every place of the catalogue stands on this page in words."""
        return (self.others_count, self.excluded_count) == (len(self.others), len(self.excluded))

    @property
    def on_map(self) -> bool:
        """Whether a map would show any of the cards."""
        return len(self.not_on_map) < len(self.cards)

    @property
    def not_on_map(self) -> list[int]:
        """Numbers of the cards without a point: at home, or nobody has found the place yet."""
        return [card.number for card in self.cards if card.place.latitude is None or card.place.longitude is None]


def round_page(result: Json, facts: Mapping[str, Json], *, today: date) -> RoundPage:
    """Read the two kept JSON columns of a round."""
    on = date.fromisoformat(result["on"])
    shown = len(result["candidates"])
    return RoundPage(
        on=on,
        engine_version=str(result.get("engine_version", "")),
        weights_version=str(result.get("weights_version", "")),
        cards=[_card(entry, facts, number, today) for number, entry in enumerate(result["candidates"], start=1)],
        others=[_card(entry, facts, number, today) for number, entry in enumerate(result["others"], start=shown + 1)],
        near_misses=[
            NearMiss(place_of(entry, facts), objection_words(entry["objection"]), change_words(entry["change"]))
            for entry in result["near_misses"]
        ],
        excluded=[
            Excluded(place_of(entry, facts), list(dict.fromkeys(map(objection_words, entry["objections"]))))
            for entry in result["excluded"]
        ],
        stages=_stages(result["waterfall"]),
        others_count=result.get("others_count", len(result["others"])),
        excluded_count=result.get("excluded_count", len(result["excluded"])),
        household=[_relative(entry) for entry in result.get("household", ())],
        to_hear=_to_hear(result),
    )


def _relative(entry: Json) -> Relative:
    """A member of the household, named as this page may name them."""
    relation, name = entry.get("relation"), entry.get("name")
    who = f"{name}（{relation}）" if name and relation else name or relation or "世帯の人"
    return Relative(
        who=f"{who}　{entry['age_band']}" if entry.get("age_band") else who,
        participant=entry.get("participant"),
        places=[
            RelativesPlace(
                one["title"], one["host_name"], BAND_WORDS.get(one["band"], ""), one["about"], one["next_date"]
            )
            for one in entry["candidates"]
        ],
        why=entry.get("why"),
    )


def _to_hear(result: Json) -> list[str]:
    others = result["others"]
    if result["candidates"] or not others or any(entry["known_share"] >= LISTENED for entry in others):
        return []
    asked = (question for entry in others for question in entry["questions"])
    # Which allergies matter depends on the place; here it is enough to ask about allergies.
    first = {one["code"]: one["sentence"].split("：")[0] for one in asked if one["sentence"].startswith(OF_THE_PERSON)}
    return list(first.values())


def round_titles(result: Json, facts: Mapping[str, Json]) -> list[str]:
    """What was proposed, by name, best first."""
    return [place_of(entry, facts).title for entry in result["candidates"]]


def place_of(entry: Json, facts: Mapping[str, Json]) -> Place:
    key = entry["opportunity_id"]
    fact = facts.get(key, {})
    host, site = fact.get("host_name") or "", fact.get("site_name") or ""
    where = [part for part in (site if site != host else "", fact.get("district") or "") if part]
    return Place(
        opportunity_id=key,
        title=fact.get("title") or key,
        host=host,
        where=" ／ ".join(where),
        latitude=fact.get("latitude"),
        longitude=fact.get("longitude"),
        roughly=fact.get("located_level") not in (None, "given"),
    )


def _card(entry: Json, facts: Mapping[str, Json], number: int, today: date) -> Card:
    fact = facts.get(entry["opportunity_id"], {})
    questions = sorted(entry["questions"], key=lambda question: not question["stops_request"])
    way = entry.get("way")
    return Card(
        number=number,
        place=place_of(entry, facts),
        band=entry["band"],
        band_word=BAND_WORDS.get(entry["band"], ""),
        description=fact.get("plain_description") or "",
        activities=VOCABULARIES["activity_types"].words(fact.get("activity_types") or ()),
        reasons=good_reasons(
            ((finding["score"], finding["reason_staff"]) for finding in entry["findings"]), entry["worries"]
        ),
        worries=list(entry["worries"][:SHOWN_WORRIES]),
        more_worries=list(entry["worries"][SHOWN_WORRIES:]),
        questions=[Question(question["sentence"], bool(question["stops_request"])) for question in questions],
        dates=[_date_words(entry) for entry in entry["next_dates"][:SHOWN_DATES]],
        way=way["sentence"] if way else None,
        way_detail=way.get("detail") if way else None,
        host_state=host_state(fact, today=today),
        grounds=[_ground(finding) for finding in entry["findings"]],
        marks=[words for key, words in (("low_load", "負荷が軽い"), ("has_role", "役割がある")) if entry.get(key)],
    )


def good_reasons(findings: Iterable[tuple[float | None, str | None]], worries: Sequence[str]) -> list[str]:
    """The strongest good findings (score and sentence); what is told as a worry is not praised as well."""
    good = [
        sentence
        for score, sentence in findings
        if score is not None
        and score >= REASON_FROM
        and sentence
        and not any(worry.startswith(sentence.rstrip("。")) for worry in worries)
    ]
    return good[:SHOWN_REASONS]


def _date_words(entry: Json) -> str:
    open_ = [
        words
        for name, words in (("to_confirm", "祝日のため要確認"), ("ride_to_confirm", "バスの時刻は要確認"))
        if entry.get(name)
    ]
    return f"{entry['label']}（{'・'.join(open_)}）" if open_ else str(entry["label"])


def _ground(finding: Json) -> Ground:
    known = finding["score"] is not None
    return Ground(
        label=finding["label"],
        sentence=finding["reason_staff"] or "",
        points=f"{finding['points']:.1f}" if known else None,
        weight=f"{finding['weight']:g}",
    )


def objection_words(objection: Json) -> str:
    """The sentence, and whether talking about it may help (domain §4.1: what can be overridden is told from what cannot)."""
    code, sentence = str(objection.get("code", "")), str(objection["sentence"])
    # How far somebody has come is nothing to talk over with a place.
    negotiable = objection.get("overridable") and code != STAGE
    return explained(code, f"{sentence}{NEGOTIABLE if negotiable else ''}")


def explained(code: str, sentence: str) -> str:
    """Why not, unless nobody may know."""
    return UNEXPLAINED_SENTENCE if code.startswith(UNEXPLAINED) else sentence


def change_words(sentence: str) -> str:
    """The engine names the condition (「…できれば」); the page says what follows from it."""
    return f"{sentence}、候補に入ります。" if sentence.endswith("ば") else sentence


def _stages(waterfall: Sequence[Json]) -> list[Stage]:
    counts = [int(stage["count"]) for stage in waterfall]
    dropped: list[int | None] = [None, *(before - after for before, after in itertools.pairwise(counts))]
    return [Stage(stage["label"], count, lost) for stage, count, lost in zip(waterfall, counts, dropped, strict=True)]
