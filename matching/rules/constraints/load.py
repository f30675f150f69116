"""Load against capacity on five axes (負荷×余力). Domain H11, §3.6: load ≤ capacity fits; one step more is a stretch,
on one axis only and only where an accommodation carries it; two steps exclude."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np

from matching.columns.encodings import FAIL, FOUR, MISSING, PASS, UNKNOWN, Ints, Verdicts
from matching.inputs.phrases import AXIS_WORDS
from matching.question.answers import Change, Objection, ToAsk
from matching.question.question import UNKNOWN_GAP, Question
from matching.rules.kinds import Constraint
from matching.rules.shared.accommodations import supposing_offered
from matching.vocabulary import LOAD_AXES, LOAD_LEVELS, VOCABULARIES

CARRIERS = {
    "outing": ("supporter_welcome",),
    "people": ("fixed_helper", "few_words", "supporter_welcome"),
    "duration": ("short_start", "leave_early_ok", "breaks_anytime"),
    "body": ("seated_work", "breaks_anytime", "short_start"),
    "voice": ("fixed_helper", "health_check_in", "supporter_welcome"),
}
"""What carries a stretch on each axis."""

EASED = (
    ("最初だけ職員が同行できれば", ("outing", "voice"), ("supporter_welcome",)),
    ("短い時間から始められれば", ("duration", "body"), ("short_start",)),
    ("話さず、見ているだけの形で加われれば", ("people", "voice"), ("few_words", "fixed_helper")),
    ("人のいない時間に、職員と二人だけで始められれば", ("outing", "people"), ("supporter_welcome", "few_words")),
)
"""One change to talk about with the host, the axes on which it takes one step off, and what it amounts to."""


class Load(Constraint):
    """負荷と余力。"""

    code = "load"
    label = "負荷と余力"
    stage = "eligible"

    def verdicts(self, question: Question) -> Verdicts:
        gaps = question.load_gaps
        stretched = gaps == 1
        too_much = (gaps >= 2).any(axis=1) | (stretched.sum(axis=1) > 1)
        verdict = np.where(too_much, FAIL, PASS)
        for place, axis in enumerate(LOAD_AXES):
            rows = np.flatnonzero(stretched[:, place])
            verdict[rows] = np.minimum(verdict[rows], self._carried(question, axis)[rows])
        untold = (gaps == UNKNOWN_GAP).any(axis=1)
        return np.where(untold, np.minimum(verdict, UNKNOWN), verdict)

    def _carried(self, question: Question, axis: str) -> Verdicts:
        """Whether something carries one step more on this axis: PASS where one help is there or can be talked about, FAIL
        where all are refused."""
        pool, mask = question.pool, np.uint64(VOCABULARIES["accommodations"].mask(CARRIERS[axis]))
        able = ((pool.accommodations_yes | pool.accommodations_conditional) & mask) != 0
        refused = (pool.accommodations_no & mask) == mask
        if axis == "outing":
            able |= pool.pickup >= FOUR["conditional"]
            refused &= pool.pickup == FOUR["no"]
        return np.where(able, PASS, np.where(refused, FAIL, UNKNOWN))

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
        easiest = int(question.once("eased", lambda: self._easiest(question))[row])
        change = None
        if easiest != MISSING:
            sentence, eases, offers = EASED[easiest]
            change = Change(sentence, partial(_eased, axes=eases, offers=offers))
        if len(axes) > 1:
            both = "と".join(AXIS_WORDS[axis] for axis in axes[:3])
            return Objection(self.code, f"{both}が同時に背伸びになります（背伸びは1つまで）", True, change)
        return Objection(self.code, f"{needs}、少し背伸びになりますが、支える配慮がありません", True, change)

    def _easiest(self, question: Question) -> Ints:
        """Number of the change that eases most of what is too much at each place; MISSING where none is enough."""
        over = question.load_gaps >= 1
        eases = [over[:, [axis in axes for axis in LOAD_AXES]].sum(axis=1) for _, axes, _ in EASED]
        lifts = [self.verdicts(_eased(question, axes=axes, offers=offers)) != FAIL for _, axes, offers in EASED]
        worth = np.where(np.stack(lifts), np.stack(eases), MISSING)
        # Of those that ease as much, the first one.
        best: Ints = np.where(worth.max(axis=0) == MISSING, MISSING, worth.argmax(axis=0)).astype(np.int32)
        return best

    def to_ask(self, question: Question, row: int) -> ToAsk:
        stretched = self._heaviest(question, row)
        if not stretched:
            untold = [
                AXIS_WORDS[axis] for axis, gap in zip(LOAD_AXES, question.load_gaps[row], strict=True) if gap < -4
            ]
            return ToAsk(self.code, f"どのくらいの負担か、まだ分からないところがあります：{'・'.join(untold)}", False)
        axis = stretched[0]
        ask = "短い時間から始められるか" if axis in ("duration", "body") else "最初は職員が同行してよいか"
        return ToAsk(self.code, f"{AXIS_WORDS[axis]}が少し背伸びになります。{ask}確かめる", False)


def _eased(question: Question, *, axes: Sequence[str], offers: Sequence[str]) -> Question:
    step = np.array([axis in axes for axis in LOAD_AXES], dtype=np.int8)
    loads = np.where(question.pool.loads > 0, question.pool.loads - step, question.pool.loads).astype(np.int8)
    return supposing_offered(question.supposing(loads=loads), offers)


RULE = Load()
