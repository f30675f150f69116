"""Why one cannot ride to a place, or what to ask where one perhaps can, as staff would say it."""

from __future__ import annotations

from collections.abc import Iterator

from matching.columns.encodings import FAIL, MISSING, UNKNOWN
from matching.inputs.phrases import clock, long_day
from matching.question.question import Question
from matching.rules.shared.missed_rides import Missed, missed_rides
from matching.timetable.visits import COMING_AND_GOING, WAITING
from matching.travel.rides import Rides
from matching.travel.travel_minutes import Way
from matching.vocabulary import VOCABULARIES

STOPS = {"bus": "バス停", "train": "駅"}


def lack(question: Question, row: int) -> str | None:
    """Why one cannot ride to a place that fails; None where no timetable says anything about it."""
    missed = question.once("missed rides", lambda: missed_rides(question))
    known = [(way, rides, missed[number]) for number, way, rides in _by_timetable(question, row)]
    told = [
        _missing(way, kept, row) for way, _, kept in known if kept and (kept.lacks_back[row] or kept.lacks_there[row])
    ]
    return next(iter(told or [_nothing(way, rides, row) for way, rides, _ in known]), None)


def doubt(question: Question, row: int) -> str | None:
    """What to ask where one can perhaps ride to a place; None where no timetable says anything about it."""
    for number, way, rides in _by_timetable(question, row):
        by, kept = _by(way), question.sessions.ridden[number]
        if kept is not None and kept.verdict[row] == UNKNOWN:
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


def _by_timetable(question: Question, row: int) -> Iterator[tuple[int, Way, Rides]]:
    """(number of the way, the way, its rides) where a timetable speaks of the place."""
    for number, way in enumerate(question.ways):
        if way.rides is not None and way.days[row] and not way.rides.silent[row]:
            yield number, way, way.rides


def _missing(way: Way, kept: Missed, row: int) -> str:
    by = _by(way)
    if kept.lacks_back[row] and kept.sooner[row] <= kept.later[row]:
        early, late = int(kept.early_ride[row]), int(kept.late_ride[row])
        if late != MISSING:
            after = f"{clock(early)}の次は" if early != MISSING else ""
            return f"帰りの{by}まで長く待ちます（{after}{clock(late)}発）"
        return f"帰りの{by}がありません" + (f"（最終 {clock(early)}）" if early != MISSING else "")
    start, early, late = (int(column[row]) for column in (kept.start, kept.early_arrival, kept.late_arrival))
    if early != MISSING:
        return f"{clock(start)}に間に合う{by}は{clock(early)}着で、始まるまで長く待ちます"
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
