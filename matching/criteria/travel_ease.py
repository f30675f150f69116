"""How easy the way is (移動の楽さ) by the person's own means, against their own limit. Domain S5."""

from __future__ import annotations

import numpy as np

from matching.columns import FOUR, PASS, Floats
from matching.home import wants_home
from matching.question import Question
from matching.rules import Criterion, Reason
from matching.travel import ONLINE
from matching.vocabulary import VOCABULARIES

EASY_MINUTES = 10


class TravelEase(Criterion):
    """10分以内なら満点、上限ぎりぎりで半分。"""

    code = "travel_ease"
    label = "通いやすさ"

    def _quickest(self, question: Question) -> Floats:
        quickest = np.full(len(question), np.nan, dtype=np.float32)
        for way in question.ways:
            usable = (way.reach == PASS) & (way.days != 0)
            quickest = np.where(usable, np.fmin(quickest, way.minutes), quickest)
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
        minutes, mode = min(
            (float(way.minutes[row]), way.mode)
            for way in question.ways
            if way.reach[row] == PASS and way.days[row] != 0
        )
        if mode == ONLINE:
            return Reason("家から参加できます", "家から参加できます")
        way = VOCABULARIES["transport_modes"].label(mode)
        easy = VOCABULARIES["transport_modes"].easy_label(mode)
        worry = f"{way}で約{round(minutes)}分かかります" if score < 0.65 else None
        return Reason(f"{way}で約{round(minutes)}分です（見込み）", f"{easy}で{round(minutes)}分くらいです", worry)

    def unknown(self, question: Question, row: int) -> str:
        if question.pool.online[row] == FOUR["yes"]:
            return "家から参加する場です"
        return "行き方と時間は、まだ確かめていません"


RULE = TravelEase()
