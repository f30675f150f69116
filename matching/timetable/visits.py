"""Visits by timetable, many at a time: what is wished, what it comes to, and what is lacking where it cannot be."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from matching.columns.encodings import Bools, Ints, Verdicts

CERTAIN, WAITING, COMING_AND_GOING, FAR = range(4)
"""Why a visit is only perhaps possible: the wait makes the way home longer than the person's limit; nobody has asked
the host whether one may come late, leave early or stay briefly; nobody has asked the person how far is too far."""


@dataclass(frozen=True, eq=False)
class Wish:
    """M visits to places `row` between `start` and `end`, at least `worth_asking` and surely `enough` minutes.

    `come_and_go` is the verdict on arriving late or leaving early. For all of them: no longer than `longest`, `limit`
    minutes one way (firm where the person was asked), not from home before `not_before` nor at home after `not_after`.
    """

    row: Ints
    start: Ints
    end: Ints
    enough: Ints
    worth_asking: Ints
    come_and_go: Verdicts
    longest: int | None
    limit: int
    firm: bool
    not_before: int
    not_after: int

    def take(self, chosen: NDArray[np.intp]) -> Self:
        columns: dict[str, Any] = {
            field.name: value[chosen]
            for field in fields(self)
            if isinstance(value := getattr(self, field.name), np.ndarray)
        }
        return replace(self, **columns)


@dataclass(frozen=True, eq=False)
class Visits:
    """The answers, M of each. Times are minutes of the day, MISSING where the verdict is FAIL."""

    verdict: Verdicts
    doubt: Ints
    start: Ints
    end: Ints
    leave: Ints
    """From home."""
    arrive: Ints
    """At the place; not later than `start`."""
    depart: Ints
    """From the place; not earlier than `end`."""
    home: Ints
    ride_there: Ints
    """Entry of the fan; -1 on foot."""
    ride_back: Ints

    def replaced(self, chosen: NDArray[np.intp], by: Visits, of: NDArray[np.intp]) -> None:
        for field in fields(self):
            getattr(self, field.name)[chosen] = getattr(by, field.name)[of]


@dataclass(frozen=True, eq=False)
class Lacks:
    """What is missing for the whole visit, M of each: a ride by the start, a ride home after the end.

    Minutes of the day, MISSING where there is none: the latest arrival before the start however early it is, the first
    one after it; when one would have to leave for the last ride before the end, when that ride leaves its stop, and
    when the next one does however long one waits for it.
    """

    there: Bools
    back: Bools
    early_arrival: Ints
    late_arrival: Ints
    early_leave: Ints
    early_ride: Ints
    late_ride: Ints
