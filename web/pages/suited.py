"""The people waiting whom a place would suit, as a coordinator reads them: whom to talk to first, and what to ask."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from matching.inputs.phrases import clock
from matching.question.answers import Candidate, NearMiss, NextDate
from matching.shortlist.shortlist_filter import LEAST_KNOWN
from web.pages.round.card import SHOWN_WORRIES, good_reasons
from web.pages.round.parts import Question
from web.pages.round.words import BAND_WORDS, change_words, explained
from web.services.reverse import Suited, SuitedPeople
from web.wording import short_day, waiting

WEAK = "△"
Address = Callable[[UUID], str]


@dataclass(frozen=True)
class Somebody:
    """Who it is, and how long they wait (None is 未確認)."""

    name: str
    address: str
    waiting: str | None


@dataclass(frozen=True)
class Card:
    """Somebody whom the place fits."""

    who: Somebody
    band: str
    band_word: str
    reasons: list[str]
    worries: list[str]
    questions: list[Question]
    date: str | None


@dataclass(frozen=True)
class Nearly:
    """Somebody with one obstacle, and the change that lifts it."""

    who: Somebody
    obstacle: str
    change: str


@dataclass(frozen=True)
class Opening:
    """One change, and everybody for whom it would open the place."""

    change: str
    names: list[str]


@dataclass(frozen=True)
class SuitedPage:
    """`good` fits well or fits, `partly` only in part; nobody has a number or a rank within a band.

    `unheard` are people of whom too little is known to say whether anything fits.
    """

    good: list[Card]
    partly: list[Card]
    unheard: list[Somebody]
    nearly: list[Nearly]
    others: int
    openings: list[Opening]

    @property
    def nobody_waits(self) -> bool:
        return not (self.good or self.partly or self.unheard or self.nearly or self.others)


def suited_page(found: SuitedPeople, address: Address, *, on: date) -> SuitedPage:
    cards = [_card(one, one.candidate, address, on) for one in found.fitting if one.candidate and _heard(one)]
    return SuitedPage(
        good=[card for card in cards if card.band != WEAK],
        partly=[card for card in cards if card.band == WEAK],
        unheard=[_somebody(one, address, on) for one in found.fitting if not _heard(one)],
        nearly=[_nearly(one, one.near_miss, address, on) for one in found.nearly if one.near_miss],
        others=found.others,
        openings=[Opening(opening.change, list(names)) for opening, names in found.openings],
    )


def _heard(one: Suited) -> bool:
    """Whether enough is known of the person; of somebody nobody has listened to, no place fits in part."""
    return one.candidate is not None and one.candidate.known_share >= LEAST_KNOWN


def _somebody(one: Suited, address: Address, on: date) -> Somebody:
    return Somebody(one.name, address(one.key), waiting(one.waiting_since, on=on))


def _card(one: Suited, candidate: Candidate, address: Address, on: date) -> Card:
    findings = ((finding.score, finding.reason_staff) for finding in candidate.findings)
    return Card(
        who=_somebody(one, address, on),
        band=candidate.band,
        band_word=BAND_WORDS[candidate.band],
        reasons=good_reasons(findings, candidate.worries),
        worries=list(candidate.worries[:SHOWN_WORRIES]),
        questions=[Question(question.sentence, question.stops_request) for question in candidate.questions],
        date=_date(candidate.next_dates[0], on) if candidate.next_dates else None,
    )


def _date(one: NextDate, on: date) -> str:
    unsure = "（祝日のため要確認）" if one.to_confirm else ""
    return f"{short_day(one.day, on=on)} {clock(one.start)}〜{clock(one.end)}{unsure}"


def _nearly(one: Suited, near: NearMiss, address: Address, on: date) -> Nearly:
    change = near.objection.change.sentence if near.objection.change else ""
    return Nearly(
        _somebody(one, address, on), explained(near.objection.code, near.objection.sentence), change_words(change)
    )
