"""「近所は絶対避けたい」 is a hard condition (近所の希望). Domain §3.1 near_home_pref, H2."""

from __future__ import annotations

import numpy as np

from matching.columns.encodings import FAIL, FOUR, PASS, UNKNOWN, Verdicts
from matching.question.answers import Objection, ToAsk
from matching.question.question import Question
from matching.rules.kinds import Constraint

NEXT_DOOR_KM = 1.0
ACQUAINTANCES_KM = 3.0
"""Somebody who is afraid of meeting acquaintances meets them further away than next door."""


class NotNearHome(Constraint):
    """近所は絶対避けたい人に、同じ地区や家のすぐそばの場を出さない。"""

    code = "near_home_never"
    label = "近所を避ける"
    stage = "eligible"
    never_lifted = True

    def verdicts(self, question: Question) -> Verdicts:
        profile, pool = question.profile, question.pool
        if profile.near_home != "never":
            return np.full(len(pool), PASS, dtype=np.int8)
        distance = question.kilometres
        near = ACQUAINTANCES_KM if "meeting_acquaintances" in profile.fears else NEXT_DOOR_KM
        same = pool.rows_in([profile.district] if profile.district else [])
        error = pool.place_error_km + np.float32(profile.home_error_km)
        told_apart = (pool.district >= 0) & (profile.district is not None)
        unsure = np.where(np.isnan(distance), ~told_apart, distance - error < near)
        unknown = unsure & (pool.online != FOUR["yes"])
        return np.where(same | (distance + error < near), FAIL, np.where(unknown, UNKNOWN, PASS)).astype(np.int8)

    def objection(self, question: Question, row: int) -> Objection:
        return Objection(self.code, "家の近くです（ご本人は近所を絶対に避けたいと言っています）", False, None)

    def to_ask(self, question: Question, row: int) -> ToAsk:
        return ToAsk(self.code, "場所がご本人の家の近くでないか確かめる", False)


RULE = NotNearHome()
