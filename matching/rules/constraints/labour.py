"""Labour law (労働法): who works is employed and paid; the young are kept from work, late hours and danger. Domain H14.

Sources: 労働基準法 56・61・62条 (age, late hours, danger), 認定就労訓練のガイドライン (work without employment is checked and
the day of the check is kept). A position nobody has checked stays in the list but stops a request to the host.
"""

from __future__ import annotations

import numpy as np

from matching.columns.encodings import FAIL, PASS, UNKNOWN, Bools, Verdicts, has, one_of
from matching.inputs.phrases import long_day
from matching.inputs.recurrence import DAY_MINUTES
from matching.pool.participation_roles import EMPLOYED
from matching.question.answers import Objection, ToAsk
from matching.question.question import Question
from matching.rules.kinds import Constraint
from matching.vocabulary import VOCABULARIES

LIKE_WORK = ("work_experience", "certified_training", "paid_volunteer")
"""Positions without employment in which somebody has to make sure that it is none (engagement_types.csv)."""
DANGEROUS = ("machines_blades", "heights", "driving", "chemicals", "night_work")
ADULT = 18
SCHOOL_AGE = 15
LATE, EARLY = 22 * 60, 5 * 60


class Labour(Constraint):
    """働く人としての決まり。"""

    code = "labour"
    label = "働くときの決まり"
    stage = "eligible"
    never_lifted = True

    def _positions(self, question: Question, codes: tuple[str, ...]) -> Bools:
        bits = VOCABULARIES["engagement_types"].bit
        return one_of(question.pool.engagement_type, [bits[code] for code in codes])

    def verdicts(self, question: Question) -> Verdicts:
        pool, age = question.pool, question.profile.age
        employed, like_work = self._positions(question, EMPLOYED), self._positions(question, LIKE_WORK)
        verdict = np.where(employed & (pool.reward_yen == 0), FAIL, PASS)
        verdict = np.where(like_work & (pool.worker_status_checked_on < 0), UNKNOWN, verdict)
        if age is None:
            return np.where(employed, np.minimum(verdict, UNKNOWN), verdict).astype(np.int8)
        if age >= ADULT:
            return verdict.astype(np.int8)
        works = employed | like_work
        verdict = np.minimum(verdict, np.where(employed, self._old_enough(question), PASS))
        verdict = np.minimum(verdict, np.where(works, self._late(question), PASS))
        danger = has(pool.hazards_yes, VOCABULARIES["hazards"].mask(DANGEROUS))
        return np.minimum(verdict, np.where(works & danger, FAIL, PASS)).astype(np.int8)

    def _old_enough(self, question: Question) -> np.int8:
        """Nobody is employed before the 31st of March after their fifteenth birthday."""
        first, age = question.profile.may_work_from, question.profile.age or 0
        if first is not None:
            return PASS if first <= question.on else FAIL
        return PASS if age > SCHOOL_AGE else UNKNOWN if age == SCHOOL_AGE else FAIL

    def _late(self, question: Question) -> Verdicts:
        """FAIL where every time given runs into the night, UNKNOWN where some do."""
        slots = question.pool.slots
        timed = slots.start >= 0
        late = timed & ((slots.end > LATE) | (slots.start < EARLY) | (slots.end > DAY_MINUTES))
        worst, best = np.full(len(question), PASS, np.int8), np.full(len(question), FAIL, np.int8)
        np.minimum.at(worst, slots.row, np.where(late, UNKNOWN, PASS).astype(np.int8))
        np.maximum.at(best, slots.row, np.where(late, FAIL, PASS).astype(np.int8))
        told = np.zeros(len(question), dtype=bool)
        told[slots.row] = True
        return np.where(told & (best == FAIL), FAIL, worst).astype(np.int8)

    def objection(self, question: Question, row: int) -> Objection:
        facts, profile = question.facts(row), question.profile
        if facts.engagement_type in EMPLOYED and facts.reward_yen == 0:
            return Objection(self.code, "雇用なのに賃金がありません。条件を聞き直してください", False, None)
        alone = question.about(row)
        if facts.engagement_type in EMPLOYED and self._old_enough(alone) == FAIL:
            when = f"（{long_day(profile.may_work_from)}から働けます）" if profile.may_work_from else ""
            return Objection(self.code, f"まだ働ける年齢ではありません{when}", False, None)
        if self._late(alone)[0] == FAIL:
            return Objection(self.code, "18歳未満の人は、22時から5時までは働けません", False, None)
        codes = [code for code in DANGEROUS if facts.hazards.get(code) == "yes"]
        words = "・".join(VOCABULARIES["hazards"].label(code) for code in codes)
        return Objection(self.code, f"18歳未満の人にはさせられない「{words}」があります", False, None)

    def to_ask(self, question: Question, row: int) -> ToAsk:
        facts = question.facts(row)
        if facts.engagement_type in LIKE_WORK and facts.worker_status_checked_on is None:
            return ToAsk(
                self.code, "働く人として雇うべき実態でないか（指示のしかた、休む自由、時間のしばり）を確かめる", True
            )
        if question.profile.age is None or facts.engagement_type in EMPLOYED:
            return ToAsk(self.code, "ご本人が働ける年齢か確かめる", True)
        return ToAsk(self.code, "22時より前に終わる時間だけにできるか確かめる", True)


RULE = Labour()
