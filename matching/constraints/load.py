"""Load against capacity on five axes (負荷×余力). Domain H11, §3.6: load ≤ capacity fits; one step more is a stretch,
on one axis only and only where an accommodation carries it; two steps exclude."""

from __future__ import annotations

import numpy as np

from matching.accommodations import offered, supposing_offered
from matching.answers import Change, Objection, ToAsk
from matching.columns import FAIL, FOUR, PASS, UNKNOWN, Verdicts
from matching.question import Question
from matching.rules import Constraint
from matching.vocabulary import LOAD_AXES, LOAD_LEVELS
from matching.words import AXIS_WORDS

CARRIERS = {
    "outing": ("supporter_welcome",),
    "people": ("fixed_helper", "few_words", "supporter_welcome"),
    "duration": ("short_start", "leave_early_ok", "breaks_anytime"),
    "body": ("seated_work", "breaks_anytime", "short_start"),
    "voice": ("fixed_helper", "health_check_in", "supporter_welcome"),
}
"""What carries a stretch on each axis."""


class Load(Constraint):
    """負荷と余力。"""

    code = "load"
    label = "負荷と余力"
    stage = "eligible"

    def verdicts(self, question: Question) -> Verdicts:
        gaps = question.load_gaps
        too_much = (gaps >= 2).any(axis=1) | ((gaps == 1).sum(axis=1) > 1)
        verdict = np.where(too_much, FAIL, PASS)
        for place, axis in enumerate(LOAD_AXES):
            carried = np.maximum.reduce([offered(question, code) for code in CARRIERS[axis]])
            if axis == "outing":
                carried = np.maximum(carried, question.pool.pickup)
            possible = np.where(carried >= FOUR["conditional"], PASS, np.where(carried == FOUR["no"], FAIL, UNKNOWN))
            verdict = np.where(gaps[:, place] == 1, np.minimum(verdict, possible), verdict)
        return verdict.astype(np.int8)

    def _heaviest(self, question: Question, row: int) -> list[str]:
        gaps = question.load_gaps[row]
        stretched = [place for place in np.argsort(-gaps, kind="stable") if gaps[place] >= 1]
        return [LOAD_AXES[place] for place in stretched]

    def objection(self, question: Question, row: int) -> Objection:
        axes = self._heaviest(question, row)
        facts = question.facts(row)
        level = facts.loads[LOAD_AXES.index(axes[0])] or 0
        needs = f"{AXIS_WORDS[axes[0]]}の負荷が「{LOAD_LEVELS[axes[0], level].label}」で"
        if question.load_gaps[row].max() >= 2:
            return Objection(self.code, f"{needs}、いまの余力より2段以上大きいです", True, None)
        if len(axes) > 1:
            both = "と".join(AXIS_WORDS[axis] for axis in axes[:3])
            return Objection(self.code, f"{both}が同時に背伸びになります（背伸びは1つまで）", True, None)
        change = Change("最初だけ職員が同行できれば", lambda asked: supposing_offered(asked, ["supporter_welcome"]))
        if axes[0] in ("duration", "body"):
            change = Change("短い時間から始められれば", lambda asked: supposing_offered(asked, ["short_start"]))
        return Objection(self.code, f"{needs}、少し背伸びになりますが、支える配慮がありません", True, change)

    def to_ask(self, question: Question, row: int) -> ToAsk:
        axis = self._heaviest(question, row)[0]
        ask = "短い時間から始められるか" if axis in ("duration", "body") else "最初は職員が同行してよいか"
        return ToAsk(self.code, f"{AXIS_WORDS[axis]}が少し背伸びになります。{ask}確かめる", False)


RULE = Load()
