"""What stands on the page of a round, piece by piece."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from web.pages.facts import Fact


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
    when_question: str
    """Where there is no date."""
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
    past: str
    """That its dates have gone by; empty while they have not."""

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
