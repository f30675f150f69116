"""Nobody is hurried towards work (就労へ急がせない): training and work experience wait for the person's own wish.

Source: domain §4.5-9 and §3.6: readiness is no ladder to employment.
"""

from __future__ import annotations

import numpy as np

from matching.columns.encodings import FAIL, PASS, UNKNOWN, Verdicts, has, one_of
from matching.question.answers import Objection, ToAsk
from matching.question.question import Question
from matching.rules.kinds import Constraint
from matching.vocabulary import VOCABULARIES

TOWARDS_WORK = ("work_experience", "certified_training", "certified_training_employed", "employment")
WORK_WISHES = frozenset({"work_experience_wish", "earn_a_little"})
WORK_GOALS = frozenset({"try_work", "work"})
NOT_SURE = frozenset({"not_sure_yet"})
EARLY_STAGE = 3
"""Up to here (体験・役割期) work is not raised with somebody who has not raised it (§3.6)."""


class NoHurry(Constraint):
    """働くことを望んでいない人に、就労の体験や訓練を出さない。"""

    code = "hurry"
    label = "本人の望む方向"
    stage = "eligible"
    never_lifted = True

    def _at_work(self, question: Question) -> np.int8:
        """The verdict on a place of work for this person."""
        profile = question.profile
        if WORK_WISHES & set(profile.needs) or WORK_GOALS & set(profile.goal_path):
            return PASS
        told = set(profile.needs) - NOT_SURE and profile.goal_path and "undecided" not in profile.goal_path
        early = profile.stage is not None and profile.stage <= EARLY_STAGE
        return FAIL if told or early else UNKNOWN

    def verdicts(self, question: Question) -> Verdicts:
        bits = VOCABULARIES["engagement_types"].bit
        work = one_of(question.pool.engagement_type, [bits[code] for code in TOWARDS_WORK])
        first = VOCABULARIES["participation_needs"].mask(question.profile.needs[:1])
        # What they want most is no detour, whatever the place calls itself.
        return np.where(work & ~has(question.pool.meets_needs, first), self._at_work(question), PASS).astype(np.int8)

    def objection(self, question: Question, row: int) -> Objection:
        position = VOCABULARIES["engagement_types"].label(question.facts(row).engagement_type or "")
        return Objection(self.code, f"「{position}」の場です。ご本人は、働くことをまだ望んでいません", True, None)

    def to_ask(self, question: Question, row: int) -> ToAsk:
        return ToAsk(self.code, "ご本人に、働く体験に関心があるか聞く", False)


RULE = NoHurry()
