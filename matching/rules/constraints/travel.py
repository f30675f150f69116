"""Getting there and home by the person's own ways (行き着ける), on the days and at the hours of the slots. Domain H9."""

from __future__ import annotations

import numpy as np

from matching.columns.encodings import FAIL, PASS, UNKNOWN, Verdicts
from matching.question.answers import Change, Objection, ToAsk
from matching.question.question import Question
from matching.rules.kinds import Constraint
from matching.rules.shared.chosen_mode import taken
from matching.rules.shared.driven import driven
from matching.rules.shared.missed_rides import ride_shifts
from matching.rules.shared.other_times import hour_change
from matching.rules.shared.ride_words import doubt, lack
from matching.travel.travel_minutes import DEFAULT_STOP_WALK_MINUTES, FASTEST_KM_PER_HOUR, ONLINE, ROUGHLY, limits_of
from matching.vocabulary import VOCABULARIES

ROUGHLY_KM = 0.5
PICKUP = "host_pickup"
DRIVING = 500
"""Somebody drives every time, so this is no small change (hundredths)."""


class Travel(Constraint):
    """使える手段で、片道の上限のうちに、枠の時刻に間に合い、帰れる。"""

    code = "travel"
    label = "行き帰り"
    stage = "reachable"

    def verdicts(self, question: Question) -> Verdicts:
        ways, sessions = question.ways, question.sessions
        if question.profile.transport is None:
            online = next((way.reach for way in ways if way.mode == ONLINE), None)
            asked = np.full(len(question), UNKNOWN, dtype=np.int8)
            return asked if online is None else np.maximum(asked, online)
        reach = np.full(len(question), FAIL, dtype=np.int8)
        for way in ways:
            reach = np.maximum(reach, np.where(way.days != 0, way.reach, FAIL))
        if question.pool.timetable is not None:
            # A slot may be reached that the hours of the day alone do not tell (last night's bus).
            slots = question.pool.slots
            told = np.zeros(len(question), dtype=bool)
            told[slots.row[slots.told]] = True
            reach = np.where(told, np.maximum(reach, sessions.on_the_way), reach)
        # Where the times do not meet at all, the rule on time says so; here only whether one gets there.
        timed = np.minimum(reach, np.where(sessions.in_time == FAIL, PASS, sessions.on_the_way))
        unsure = (sessions.in_time == UNKNOWN) & (reach > FAIL)
        return np.where(unsure, np.minimum(reach, np.maximum(timed, UNKNOWN)), timed).astype(np.int8)

    def _nearest(self, question: Question, row: int) -> tuple[str, int] | None:
        known = [
            (float(way.minutes[row]), way.mode)
            for way in question.ways
            if not np.isnan(way.minutes[row]) and way.mode != ONLINE
        ]
        return (min(known)[1], round(min(known)[0])) if known else None

    def objection(self, question: Question, row: int) -> Objection:
        nearest = self._nearest(question, row)
        by_car = question.once("driven", lambda: self.verdicts(driven(question)))
        change = None
        if by_car[row] != FAIL:
            change = Change("送り迎えか、乗せていく車の手配がつけば", driven, DRIVING)
        if not question.profile.transport:
            return Objection(self.code, "いまは出かける手段がありません", True, change)
        missing = lack(question, row)
        if missing is not None:
            shift = int(question.once("ride shifts", lambda: ride_shifts(question))[row])
            return Objection(self.code, missing, True, hour_change(shift) if shift else change)
        if nearest is None:
            return Objection(self.code, "使える手段では行けません", True, change)
        mode, minutes = nearest
        way = VOCABULARIES["transport_modes"].label(mode)
        reach = max(int(found.reach[row]) for found in question.ways)
        if reach > FAIL and question.facts(row).winter_access == "no":
            return Objection(self.code, "冬は道が通れない場所です（12〜3月）", True, None)
        if reach > FAIL:
            return Objection(
                self.code, f"その曜日・時刻に使える行き方がありません（{way}で約{minutes}分）", True, change
            )
        return Objection(self.code, f"使える手段では遠すぎます（{way}で約{minutes}分の見込み）", True, change)

    def to_ask(self, question: Question, row: int) -> ToAsk:
        if question.profile.transport is None:
            return ToAsk(self.code, "ご本人に、使える行き方と、どのくらいの時間なら行けるかを聞く", False)
        facts = question.facts(row)
        if facts.latitude is None:
            return ToAsk(self.code, "場所がどこか確かめる", False)
        if facts.place_error_km + question.profile.home_error_km > ROUGHLY_KM:
            return ToAsk(
                self.code, "場所のくわしい位置と、通えるかどうかを確かめる（地区までしか分かっていません）", False
            )
        asked = doubt(question, row) or _hardly_over(question, row)
        if asked is not None:
            return ToAsk(self.code, asked, False)
        modes = {way.mode for way, here in zip(question.ways, taken(question), strict=True) if here[row]}
        if PICKUP in modes and not modes & FASTEST_KM_PER_HOUR.keys():
            return ToAsk(self.code, "送り迎えをしてもらえるか確かめる", False)
        return ToAsk(
            self.code,
            f"バス停や駅からの行き方と時刻を確かめる（見込みは停留所から{DEFAULT_STOP_WALK_MINUTES}分）",
            False,
        )


def _hardly_over(question: Question, row: int) -> str | None:
    """What to ask where a reckoned journey is a minute or two longer than the person goes."""
    # Joining online stands behind the person's own ways.
    for travel, way, here in zip(question.profile.transport or (), question.ways, taken(question), strict=False):
        limit, minutes = min(limits_of(travel, question.profile), default=None), float(way.minutes[row])
        if here[row] and limit is not None and limit < minutes <= limit * ROUGHLY:
            mode = VOCABULARIES["transport_modes"].label(way.mode)
            return f"実際にかかる時間を確かめる（{mode}で約{round(minutes)}分の見込み、行けるのは{limit}分まで）"
    return None


RULE = Travel()
