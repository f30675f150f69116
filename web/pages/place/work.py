"""What one does at a place (すること), how much it asks of somebody, and what is there or not, unknown said plainly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from matching.inputs.facts import OpportunityFacts
from matching.vocabulary import ENUMS, LOAD_AXES, VOCABULARIES
from web.pages.capacities import Level, level
from web.pages.facts import labels
from web.wording import minutes

Json = Mapping[str, Any]

LOAD_QUESTIONS = {
    "outing": "どうやって来ることになりますか。一人で来られないと困りますか。",
    "people": "何人くらいいて、どのくらい話しますか。",
    "duration": "いちばん短くて何分、月に何回からなら受け入れてもらえますか。",
    "body": "立つ、運ぶ、外で動くことは、どのくらいありますか。",
    "voice": "つらいときに、自分から言えないと困りますか。",
}
POSTURES = {"sitting": "座って", "standing": "立って", "moving": "動きながら"}


@dataclass(frozen=True)
class Step:
    """One step of the work (作業の手順) with how it is done."""

    text: str
    notes: str


@dataclass(frozen=True)
class Load:
    """One of the five axes: the least that the host accepts. `level` None is 未確認."""

    label: str
    level: Level | None
    question: str


@dataclass(frozen=True)
class Answers:
    """Labels by the four answers of one code list."""

    yes: list[str]
    conditional: list[str]
    no: list[str]
    unknown: list[str]

    @property
    def untold(self) -> bool:
        """Whether nobody has asked about any of them."""
        return not (self.yes or self.conditional or self.no)


def steps(entries: Sequence[Json] | None) -> list[Step]:
    ordered = sorted(entries or (), key=lambda entry: entry.get("order", 0))
    return [Step(entry["text"], "・".join(_step_notes(entry))) for entry in ordered]


def _step_notes(entry: Json) -> list[str]:
    told = [
        POSTURES.get(entry.get("posture", ""), ""),
        "一人でできる" if entry.get("alone") == "yes" else "",
        "同じ動きのくり返し" if entry.get("repetitive") == "yes" else "",
        minutes(entry["minutes"]) if entry.get("minutes") else "",
        *labels("hazards", entry.get("hazards")),
    ]
    return [words for words in told if words]


def loads(facts: OpportunityFacts) -> list[Load]:
    """All five, in their fixed order."""
    return [
        Load(ENUMS["load_axis"].label(axis), level(axis, step), LOAD_QUESTIONS[axis])
        for axis, step in zip(LOAD_AXES, facts.loads, strict=True)
    ]


def answers(vocabulary: str, values: Mapping[str, str]) -> Answers:
    """Every code of the list under its answer; an absent one is unknown."""
    terms = VOCABULARIES[vocabulary]

    def those(answer: str) -> list[str]:
        return [terms.label(code) for code in terms.codes if values.get(code, "unknown") == answer]

    return Answers(those("yes"), those("conditional"), those("no"), those("unknown"))
