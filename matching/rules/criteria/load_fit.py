"""How well the load sits under the capacity (負荷の合い具合): just right, lightly below, or a stretch the person wants. Domain S3."""

from __future__ import annotations

import numpy as np

from matching.columns.encodings import Bools, Floats
from matching.inputs.phrases import AXIS_WORDS
from matching.question.question import UNKNOWN_GAP, Question
from matching.rules.kinds import Criterion, Reason
from matching.vocabulary import LOAD_AXES

BY_GAP = {-4: 0.6, -3: 0.7, -2: 0.8, -1: 0.95, 0: 1.0, 1: 0.3}
WANTED_STRETCH = 0.9
UNWANTED = 0.75


class LoadFit(Criterion):
    """余力ぴったりが一番。望んだ背伸びはよく、望まない背伸びは低く。"""

    code = "load_fit"
    label = "無理のなさ"

    def scores(self, question: Question) -> Floats:
        gaps = question.load_gaps
        # A byte that is negative points to the end of the table, where its points are written.
        points = np.zeros((len(LOAD_AXES), 256), dtype=np.float32)
        for gap, score in BY_GAP.items():
            points[:, gap] = score
        points[[axis in (question.profile.stretch_axes or ()) for axis in LOAD_AXES], 1] = WANTED_STRETCH
        total, known = (np.zeros(len(question), dtype=np.float32) for _ in range(2))
        for place, by_gap in enumerate(points):
            total += by_gap[gaps[:, place]]
            known += gaps[:, place] != UNKNOWN_GAP
        with np.errstate(invalid="ignore"):
            mean = total / known
        stretched = (gaps == 1).any(axis=1)
        unwanted = stretched & ~self._wanted(question)
        # A stretch nobody asked for weighs more than one axis in five.
        return np.where(known == 0, np.nan, np.where(unwanted, mean * UNWANTED, mean)).astype(np.float32)

    def _wanted(self, question: Question) -> Bools:
        axes = [axis in (question.profile.stretch_axes or ()) for axis in LOAD_AXES]
        wanted: Bools = ((question.load_gaps == 1) & np.array(axes)).any(axis=1)
        return wanted

    def reason(self, question: Question, row: int, score: float) -> Reason:
        gaps = question.load_gaps[row]
        over = [AXIS_WORDS[axis] for place, axis in enumerate(LOAD_AXES) if gaps[place] >= 1]
        if over and self._wanted(question)[row]:
            return Reason(
                f"{over[0]}を一段だけ背伸びします（ご本人が望んでいます）", "少しだけ新しいことに挑戦できます"
            )
        if over:
            sentence = f"{over[0]}が一段の背伸びになります"
            return Reason(sentence, None, worry=f"{sentence}。最初は同行や短い時間で支えます")
        if score >= 0.9:
            return Reason("いまの力で、ちょうど無理なくできそうです", "いまのペースで無理なくできそうです")
        return Reason("いまの力より軽く、楽にできそうです", "無理のない、軽いところから始められます")


RULE = LoadFit()
