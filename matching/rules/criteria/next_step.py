"""Where this place may lead, in the direction the person chose (次の一歩). Domain S9: nobody is hurried."""

from __future__ import annotations

import numpy as np

from matching.columns.encodings import Floats, one_of
from matching.question.question import Question
from matching.rules.kinds import Criterion, Reason
from matching.vocabulary import VOCABULARIES

WORKING = ("paid_volunteer", "work_experience", "certified_training", "certified_training_employed", "employment")
LEARNING = ("study_group", "literacy", "certification", "craft_class", "cooking_class", "computer_work")

LEADS_ON = 0.6
"""A place from which another one is known to follow (次の活動)."""


class NextStep(Criterion):
    """居場所でよい人には居場所が、働きたい人には仕事に近い場が次の一歩。「決めない」なら数えない。"""

    code = "next_step"
    label = "次の一歩"

    def scores(self, question: Question) -> Floats:
        goals, pool = question.profile.goal_path, question.pool
        if not goals or "undecided" in goals:
            return np.full(len(pool), np.nan, dtype=np.float32)
        positions = VOCABULARIES["engagement_types"].bit
        working = one_of(pool.engagement_type, [positions[code] for code in WORKING])
        learning = (pool.activity_types & np.uint64(VOCABULARIES["activity_types"].mask(LEARNING))) != 0
        score = np.zeros(len(pool), dtype=np.float32)
        for goal, holds in (
            ("ibasho_is_enough", ~working),
            ("have_a_role", (pool.has_role == 1) | working),
            ("learn", learning),
            ("try_work", working),
            ("work", working),
        ):
            if goal in goals:
                score = np.maximum(score, holds.astype(np.float32))
        leads_on = (pool.has_next == 1) & ("ibasho_is_enough" not in goals)
        score = np.maximum(score, np.where(leads_on, LEADS_ON, 0)).astype(np.float32)
        return np.where((pool.engagement_type < 0) & (score == 0), np.nan, score).astype(np.float32)

    def reason(self, question: Question, row: int, score: float) -> Reason:
        if score == np.float32(LEADS_ON):
            return Reason("ここから先へ進める道があります（急がなくて大丈夫です）", None)
        if score < 0.5:
            return Reason("望む方向とは少し別の場です", None)
        return Reason("ご本人が望む次の一歩につながります", None)

    def unknown(self, question: Question, row: int) -> str:
        return "次の一歩は、急いで決めません"


RULE = NextStep()
