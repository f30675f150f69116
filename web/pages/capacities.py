"""The five axes (5軸) of what somebody can bear today, as words, the staff's view beside the person's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matching.vocabulary import ENUMS, LOAD_AXES, LOAD_LEVELS

# From two steps apart on, the difference is something to talk about (domain §3.6).
WORTH_TALKING = 2

QUESTIONS = {
    "outing": "一人で、どのあたりまで出かけられますか。",
    "people": "何人くらいまでなら、一緒にいられそうですか。",
    "duration": "どのくらいの時間、月に何回なら無理がないですか。",
    "body": "立つ、運ぶ、外で動くことは、どのくらいできそうですか。",
    "voice": "つらいとき、だれになら言えそうですか。",
}


@dataclass(frozen=True)
class Level:
    """A step of the scale 0 to 4 and what it means."""

    step: int
    words: str


@dataclass(frozen=True)
class Axis:
    """One axis; a level is None when it is unknown."""

    label: str
    staff: Level | None
    self_view: Level | None
    question: str
    worth_talking: bool
    stretch: bool


def axes(staff: Mapping[str, int] | None, own: Mapping[str, int] | None, stretch: Sequence[str] | None) -> list[Axis]:
    """All five, in their fixed order."""
    return [_axis(axis, (staff or {}).get(axis), (own or {}).get(axis), axis in (stretch or ())) for axis in LOAD_AXES]


def _axis(axis: str, staff: int | None, own: int | None, stretch: bool) -> Axis:
    return Axis(
        label=ENUMS["load_axis"].label(axis),
        staff=level(axis, staff),
        self_view=level(axis, own),
        question=QUESTIONS[axis],
        worth_talking=staff is not None and own is not None and abs(staff - own) >= WORTH_TALKING,
        stretch=stretch,
    )


def level(axis: str, step: int | None) -> Level | None:
    return None if step is None else Level(step, LOAD_LEVELS[axis, step].label)
