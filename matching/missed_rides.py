"""What a timetable lacks for a place (帰りのバスがない), in words, and whether another hour of the slot would do."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from matching.columns import FAIL, MISSING, PASS, UNKNOWN, Ints
from matching.other_times import LARGEST_SHIFT_MINUTES, STEP, movable, shifted
from matching.question import Question
from matching.ridden import Ridden
from matching.rides import Rides
from matching.travel import Way
from matching.visits import COMING_AND_GOING, WAITING
from matching.vocabulary import VOCABULARIES
from matching.words import clock, long_day

STOPS = {"bus": "バス停", "train": "駅"}


def ride_shifts(question: Question) -> Ints:
    """Minutes by which another hour would bring a ride to each place without one; 0 where none would, or it stays put."""
    wanted = np.zeros(len(question), dtype=np.int64)
    for kept in question.sessions.ridden:
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


def lack(question: Question, row: int) -> str | None:
    """Why one cannot ride to a place that fails; None where no timetable says anything about it."""
    known = list(_by_timetable(question, row))
    told = [_missing(way, kept, row) for way, _, kept in known if kept.lacks_back[row] or kept.lacks_there[row]]
    return next(iter(told or [_nothing(way, rides, row) for way, rides, _ in known]), None)


def doubt(question: Question, row: int) -> str | None:
    """What to ask where one can perhaps ride to a place; None where no timetable says anything about it."""
    for way, rides, kept in _by_timetable(question, row):
        by = _by(way)
        if kept.verdict[row] == UNKNOWN:
            if kept.doubt[row] == WAITING:
                return f"帰りの{by}まで{kept.wait_after[row]}分ほど待てるか、ご本人に聞く"
            if kept.doubt[row] == COMING_AND_GOING:
                stay = f"{clock(int(kept.start[row]))}〜{clock(int(kept.end[row]))}"
                return f"{by}の時刻に合わせて、{stay}の参加でよいか確かめる"
            return f"ご本人に、{by}で{kept.there[row]}分かけて行けるか聞く"
        if not rides.known_days()[row] & way.days[row]:
            first, last = rides.timetable.validity(way.mode)
            until = f"{long_day(last)}まで" if last < rides.horizon.last else f"{long_day(first)}から"
            return f"{by}の時刻を確かめる（取り込んである時刻表は{until}）"
    return None


def _by_timetable(question: Question, row: int) -> Iterator[tuple[Way, Rides, Ridden]]:
    for way, kept in zip(question.ways, question.sessions.ridden, strict=True):
        if way.rides is not None and kept is not None and way.days[row] and not way.rides.silent[row]:
            yield way, way.rides, kept


def _missing(way: Way, kept: Ridden, row: int) -> str:
    by = _by(way)
    if kept.lacks_back[row] and kept.sooner[row] <= kept.later[row]:
        early, late = int(kept.early_ride[row]), int(kept.late_ride[row])
        if late != MISSING:
            last = f"（{clock(early)}の次）" if early != MISSING else ""
            return f"帰りの{by}は{clock(late)}まで待つことになります{last}"
        return f"帰りの{by}がありません" + (f"（最終 {clock(early)}）" if early != MISSING else "")
    start, early, late = (int(column[row]) for column in (kept.wished_start, kept.early_arrival, kept.late_arrival))
    if early != MISSING:
        return f"{clock(start)}の始まりに間に合う{by}は{clock(early)}に着いてしまい、長く待ちます"
    soonest = f"（いちばん早くて{clock(late)}着）" if late != MISSING else ""
    return f"{clock(start)}までに着く{by}がありません{soonest}"


def _nothing(way: Way, rides: Rides, row: int) -> str:
    if not rides.walks.count[row]:
        return f"歩いて行ける{STOPS[way.mode]}がありません"
    if way.reach[row] == FAIL:
        return f"{_by(way)}では{rides.limit}分のうちに行けません"
    return f"その曜日・時刻に走る{_by(way)}がありません"


def _by(way: Way) -> str:
    return VOCABULARIES["transport_modes"].easy_label(way.mode)
