"""How easy the way is (移動の楽さ) by the person's own means, against their own limit. Domain S5."""

from __future__ import annotations

import numpy as np

from matching.columns.encodings import FOUR, PASS, Floats
from matching.question.question import Question
from matching.rules.kinds import Criterion, Reason
from matching.rules.shared.chosen_mode import taken
from matching.rules.shared.wants_online import wants_home
from matching.travel.best_visit import Ridden
from matching.travel.rides import Rides
from matching.travel.travel_minutes import ONLINE
from matching.vocabulary import VOCABULARIES

EASY_MINUTES = 10
HARD = 0.65
"""Below this score the way is a worry."""
LONG_WAIT_MINUTES = 40
WORTH_SAYING_MINUTES = 10
"""Waiting longer than this is told, longer than the other is a worry."""


class TravelEase(Criterion):
    """10分以内なら満点、上限ぎりぎりで半分。"""

    code = "travel_ease"
    label = "通いやすさ"

    def _quickest(self, question: Question) -> Floats:
        quickest = np.full(len(question), np.nan, dtype=np.float32)
        for minutes in _minutes(question):
            quickest = np.fmin(quickest, minutes)
        return quickest

    def scores(self, question: Question) -> Floats:
        quickest = self._quickest(question)
        if not wants_home(question):
            # Joining from home spares the way; to somebody who wants to go out it is no short way.
            quickest = np.where(question.pool.online == FOUR["yes"], np.nan, quickest)
        limits = [travel.max_minutes for travel in question.profile.transport or () if travel.max_minutes]
        most = max(question.profile.max_travel_minutes or max(limits, default=60), EASY_MINUTES + 1)
        share = (quickest - EASY_MINUTES) / np.float32(most - EASY_MINUTES)
        score: Floats = (1 - np.clip(share, 0, 1) / 2).astype(np.float32)
        return score

    def reason(self, question: Question, row: int, score: float) -> Reason:
        ways = zip(question.ways, question.sessions.ridden, _minutes(question), strict=True)
        known = [(float(column[row]), way, kept) for way, kept, column in ways if not np.isnan(column[row])]
        minutes, way, kept = min(known, key=lambda one: (one[0], one[1].mode))
        if way.mode == ONLINE:
            return Reason("家から参加できます", "家から参加できます")
        if way.rides is not None and kept is not None:
            return _ride(way.rides, kept, row, hard=score < HARD)
        by = VOCABULARIES["transport_modes"].label(way.mode)
        easy = VOCABULARIES["transport_modes"].easy_label(way.mode)
        worry = f"{by}で約{round(minutes)}分かかります" if score < HARD else None
        return Reason(f"{by}で約{round(minutes)}分です（見込み）", f"{easy}で{round(minutes)}分くらいです", worry)

    def unknown(self, question: Question, row: int) -> str:
        if question.pool.online[row] == FOUR["yes"]:
            return "家から参加する場です"
        return "行き方と時間は、まだ確かめていません"


def _minutes(question: Question) -> list[Floats]:
    """Minutes one way by each of the ways, NaN where it does not go there; by timetable those of the longer way."""
    found = []
    for way, kept, here in zip(question.ways, question.sessions.ridden, taken(question), strict=True):
        usable = (way.reach == PASS) & here
        minutes = way.minutes
        if kept is not None:
            usable, minutes = kept.verdict == PASS, np.maximum(kept.there, kept.back).astype(np.float32)
        found.append(np.where(usable, minutes, np.float32(np.nan)))
    return found


def _ride(rides: Rides, kept: Ridden, row: int, *, hard: bool) -> Reason:
    """The best ride of the coming weeks; the day's own stands under the way there."""
    there, back, wait = (int(column[row]) for column in (kept.there, kept.back, kept.wait_after))
    if rides.on_foot[row] == there == back:
        return Reason(f"歩いて約{there}分です", f"歩いて{there}分くらいです")
    by = VOCABULARIES["transport_modes"].easy_label(rides.mode)
    worry = f"{by}で行き{there}分、帰り{back}分かかります" if hard else None
    if kept.wait_before[row] > LONG_WAIT_MINUTES:
        worry = f"着いてから始まるまで約{kept.wait_before[row]}分待ちます"
    if wait > LONG_WAIT_MINUTES:
        worry = f"帰りの{by}まで約{wait}分待ちます"
    waited = f"（帰りは{wait}分待って{back}分）" if wait > WORTH_SAYING_MINUTES else ""
    return Reason(f"{by}で{there}分です{waited}", f"{by}で{there}分くらいです", worry)


RULE = TravelEase()
