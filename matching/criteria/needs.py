"""Participation needs in the person's own order × needs the place can meet (参加ニーズ). Domain S1."""

from __future__ import annotations

import numpy as np

from matching.columns import Floats
from matching.question import Question
from matching.rules import Criterion, Reason
from matching.vocabulary import VOCABULARIES
from matching.words import listed

SHARE_BY_RANK = (1.0, 0.6, 0.4)
NOT_SURE = "not_sure_yet"


class Needs(Criterion):
    """参加ニーズ。「まだわからない」の人には、ほかの手がかりで並べる。"""

    code = "needs"
    label = "求めていること"

    def _wanted(self, question: Question) -> list[str]:
        return [need for need in question.profile.needs if need != NOT_SURE]

    def scores(self, question: Question) -> Floats:
        wanted, pool = self._wanted(question), question.pool
        score = np.zeros(len(pool), dtype=np.float32)
        if not wanted:
            return np.full(len(pool), np.nan, dtype=np.float32)
        for share, need in zip(SHARE_BY_RANK, wanted, strict=False):
            met = (pool.meets_needs & np.uint64(VOCABULARIES["participation_needs"].mask([need]))) != 0
            score += np.where(met, share, 0).astype(np.float32)
        score /= np.float32(sum(SHARE_BY_RANK[: len(wanted)]))
        return np.where(pool.meets_needs == 0, np.nan, score).astype(np.float32)

    def reason(self, question: Question, row: int, score: float) -> Reason:
        here = question.facts(row).meets_needs
        met = [need for need in self._wanted(question) if need in here]
        words = VOCABULARIES["participation_needs"]
        if not met:
            return Reason("求めていることに、じかには応えない場です", worry="求めていることに、じかには応えません")
        staff = f"求めていること「{listed(words.label(need) for need in met)}」に応える場です"
        return Reason(staff, f"「{words.easy_label(met[0])}」という気持ちに合いそうです")

    def unknown(self, question: Question, row: int) -> str:
        if not self._wanted(question):
            return "求めていることは、話しながら決めているところです"
        return "どんな求めに応えられる場か、まだ聞けていません"


RULE = Needs()
