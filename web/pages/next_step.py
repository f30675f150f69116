"""次にすること: the one thing that comes next for somebody on the list of people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from matching.bonding.bonding import STAGE
from models.participant import Assessment
from models.participant_queries import Waiting
from web.pages.next_visit import LABEL, UNDECIDED, visit_words
from web.wording import short_day


@dataclass(frozen=True)
class Step:
    """`order` sorts the list: what is still to be done by us comes first."""

    order: int
    words: str
    leads_to: Literal["person", "next_visit", "round"]


def waits(line: Waiting) -> bool:
    return line.places == 0


def next_step(line: Waiting, *, on: date) -> Step:
    """At stage 0 what comes next is to meet, whatever else there is: nobody is hurried to a place (K-09)."""
    if line.assessment is not None and line.assessment.stage == STAGE:
        person = line.participant
        if person.next_visit_on is None or person.next_visit_on < on:
            return Step(1, f"{LABEL}が{UNDECIDED}", "next_visit")
        return Step(3, f"{LABEL} {visit_words(person.next_visit_on, person.next_visit_how, on=on)}", "next_visit")
    if not waits(line):
        return Step(5, f"参加先あり（{line.places}か所）", "person")
    if line.newest_round is not None:
        return Step(4, f"提案を見る {short_day(line.newest_round.on, on=on)}", "round")
    if _assessed(line.assessment):
        return Step(2, "提案をつくる", "person")
    return Step(0, "見立てをする", "person")


def _assessed(assessment: Assessment | None) -> bool:
    """Whether there is something to propose from: what the person seeks, likes or can bear."""
    if assessment is None:
        return False
    return any((assessment.needs, assessment.interests, assessment.capacities))
