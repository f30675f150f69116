"""What the engine answers with: plain values that can be kept, shown and compared. Every verdict brings its reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Protocol

from matching.question.question import Question


@dataclass(frozen=True)
class Change:
    """The smallest change that would lift an objection, and how to suppose it in a question. Of one rule, the same
    sentence is the same change, so that places waiting for it are supposed changed together."""

    sentence: str
    suppose: Callable[[Question], Question] = field(compare=False)
    effort: int = 0
    """Hundredths of a point that bringing it about is worth: between two places, the easier change is named first."""


@dataclass(frozen=True)
class Objection:
    """不適合: why this place cannot be proposed to this person today. An absolute one (overridable False) stays."""

    code: str
    sentence: str
    overridable: bool
    change: Change | None


@dataclass(frozen=True)
class ToAsk:
    """打診の前に確かめること. One that stops the request concerns safety."""

    code: str
    sentence: str
    stops_request: bool


@dataclass(frozen=True)
class Finding:
    """One criterion's part in the total. Points are hundredths; score None is unknown and brings no points."""

    criterion: str
    label: str
    score: float | None
    weight: int
    points: int
    reason_staff: str
    reason_participant: str | None
    worry: str | None


@dataclass(frozen=True)
class Ride:
    """便: one way by timetable, door to door, in local minutes of the day; `changes` are the stops where one changes."""

    mode: str
    leave: int
    depart: int
    from_stop: str
    reach: int
    to_stop: str
    arrive: int
    changes: tuple[str, ...]


@dataclass(frozen=True)
class RoundTrip:
    """行きと帰りの便 of one visit; None where the stop would be further than the place, and one walks."""

    there: Ride | None
    back: Ride | None


@dataclass(frozen=True)
class NextDate:
    """A real date on which the person could come, in local minutes; `to_confirm` on a holiday nobody asked about.

    `round_trip` says how by timetable, where that is the way; `ride_to_confirm` where no timetable knows that day yet.
    """

    day: date
    start: int
    end: int
    to_confirm: bool
    round_trip: RoundTrip | None
    ride_to_confirm: bool


@dataclass(frozen=True)
class WayThere:
    """行き方: by which of the person's own ways, and about how many minutes; by timetable or by the speed model."""

    mode: str
    minutes: int
    by_timetable: bool


@dataclass(frozen=True)
class Candidate:
    """候補 with everything a coordinator reads before the telephone call."""

    row: int
    opportunity_ref: str
    rank: int
    band: str
    total: int
    known_share: int
    findings: tuple[Finding, ...]
    worries: tuple[str, ...]
    questions: tuple[ToAsk, ...]
    next_dates: tuple[NextDate, ...]
    way: WayThere | None
    low_load: bool
    has_role: bool


@dataclass(frozen=True)
class NearMiss:
    """あと一歩: exactly one overridable objection; the total is what re-scoring gave with the change applied."""

    opportunity_ref: str
    objection: Objection
    total_if_changed: int


@dataclass(frozen=True)
class Exclusion:
    """出さなかったもの with all its objections."""

    opportunity_ref: str
    objections: tuple[Objection, ...]


@dataclass(frozen=True)
class Step:
    """One step of the waterfall: how many opportunities are left after it."""

    stage: str
    label: str
    count: int


class Unshown(Protocol):
    """What can be said about the places that are not proposed, when somebody asks."""

    def others(self, most: int | None = None) -> tuple[Candidate, ...]: ...

    def excluded(self, most: int | None = None) -> tuple[Exclusion, ...]: ...

    def why_not(self, ref: str) -> Candidate | Exclusion: ...


@dataclass(frozen=True)
class Shortlist:
    """The whole answer to one question: what is shown is ready, the rest is worked out when it is asked for."""

    candidates: tuple[Candidate, ...]
    near_misses: tuple[NearMiss, ...]
    waterfall: tuple[Step, ...]
    not_shown: Unshown = field(repr=False, compare=False)

    @cached_property
    def others(self) -> tuple[Candidate, ...]:
        """Places without objection that are not among the candidates, best first."""
        return self.not_shown.others()

    @cached_property
    def excluded(self) -> tuple[Exclusion, ...]:
        """Every place with an objection, with all of its objections, by ref."""
        return self.not_shown.excluded()

    def why_not(self, ref: str) -> Candidate | Exclusion:
        """「なぜ出ないの？」 of any one place; MatchingError where the catalogue has none of that ref."""
        return self.not_shown.why_not(ref)
