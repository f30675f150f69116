"""What a timetable lacks for a place (帰りのバスがない): worked out only for places somebody asks about."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from matching.columns.encodings import MISSING, PASS, Bools, Ints
from matching.question.question import Question
from matching.rules.shared.other_times import LARGEST_SHIFT_MINUTES, STEP, movable, shifted
from matching.timetable.visits import Lacks, Wish
from matching.travel.rides import Span
from matching.travel.sessions import stretches, wanted_minutes

FAR_OFF = np.iinfo(np.int32).max


@dataclass(frozen=True, eq=False)
class Missed:
    """One way by timetable to N places: for the slot one misses by least, minutes of the day, MISSING for none.

    Whether only the ride there or only the one home is missing; the rides on either side of what is wished; and by how
    many minutes the slot would have to begin later, or sooner, for the nearest of them (FAR_OFF: by too many).
    """

    lacks_there: Bools
    lacks_back: Bools
    start: Ints
    early_arrival: Ints
    late_arrival: Ints
    later: Ints
    early_ride: Ints
    late_ride: Ints
    sooner: Ints

    @classmethod
    def nothing(cls, count: int) -> Self:
        columns: dict[str, Any] = {field.name: np.full(count, MISSING, dtype=np.int32) for field in fields(cls)}
        columns["lacks_there"], columns["lacks_back"] = (np.zeros(count, dtype=bool) for _ in range(2))
        columns["later"], columns["sooner"] = (np.full(count, FAR_OFF, dtype=np.int32) for _ in range(2))
        return cls(**columns)

    def note(self, wish: Wish, lacks: Lacks) -> None:
        """Keep the slot of each place that one misses by least."""
        only_there, only_back = lacks.there & ~lacks.back, lacks.back & ~lacks.there
        np.logical_or.at(self.lacks_there, wish.row, only_there)
        np.logical_or.at(self.lacks_back, wish.row, only_back)
        later = np.where(lacks.late_arrival == MISSING, FAR_OFF - 1, lacks.late_arrival - wish.start)
        chosen = _closest(self.later, wish.row, later, only_there)
        row = wish.row[chosen]
        self.start[row], self.early_arrival[row] = wish.start[chosen], lacks.early_arrival[chosen]
        self.late_arrival[row] = lacks.late_arrival[chosen]
        sooner = np.where(lacks.early_leave == MISSING, FAR_OFF - 1, wish.end - lacks.early_leave)
        chosen = _closest(self.sooner, wish.row, sooner, only_back)
        row = wish.row[chosen]
        self.early_ride[row], self.late_ride[row] = lacks.early_ride[chosen], lacks.late_ride[chosen]


def _closest(distance: Ints, row: Ints, away: Ints, chosen: Bools) -> NDArray[np.intp]:
    """The entries nearer than whatever was noted for their place, which is noted; the first of equals stands last."""
    known = np.flatnonzero(chosen & (away < distance[row]))
    np.minimum.at(distance, row[known], away[known])
    nearest: NDArray[np.intp] = known[away[known] == distance[row[known]]][::-1]
    return nearest


def missed_rides(question: Question) -> tuple[Missed | None, ...]:
    """Of each way, in the order of the ways, what is missing; None for those without a timetable."""
    pool, slots = question.pool, question.pool.slots
    missed = tuple(None if way.rides is None else Missed.nothing(len(question)) for way in question.ways)
    enough, worth_asking = (column[slots.row] for column in wanted_minutes(question.profile, pool))
    for days, start, end in stretches(slots, question.slot_days, question.day_kinds):
        for way, kept in zip(question.ways, missed, strict=True):
            if way.rides is not None and kept is not None:
                span = Span(slots.row, days & way.days[slots.row], start, end, enough, worth_asking)
                for _, _, wish, connections in way.rides.meet(span):
                    kept.note(wish, connections.lacks(wish))
    return missed


def ride_shifts(question: Question) -> Ints:
    """Minutes by which another hour would bring a ride to each place without one; 0 where none would, or it stays put."""
    wanted = np.zeros(len(question), dtype=np.int64)
    for kept in question.once("missed rides", lambda: missed_rides(question)):
        if kept is not None:
            later, sooner = (-(-minutes.astype(np.int64) // STEP) * STEP for minutes in (kept.later, kept.sooner))
            nearest = np.where(later <= sooner, later, -sooner)
            wanted = np.where((wanted == 0) & (np.abs(nearest) <= LARGEST_SHIFT_MINUTES), nearest, wanted)
    found = np.zeros(len(question), dtype=np.int32)
    rows = np.flatnonzero((wanted != 0) & movable(question))
    if len(rows):
        nearly = question.at(rows)
        moved = shifted(nearly, wanted[rows][nearly.pool.slots.row].astype(np.int32)).sessions
        fits = (moved.in_time == PASS) & (moved.on_the_way == PASS)
        found[rows[fits]] = wanted[rows[fits]]
    return found
