"""Participation needs in the person's own order × needs the place can meet (参加ニーズ). Domain S1."""

from __future__ import annotations

import numpy as np

from matching.columns.encodings import Floats, has
from matching.inputs.phrases import listed, quoted
from matching.question.question import Question
from matching.rules.kinds import Criterion, Reason
from matching.vocabulary import VOCABULARIES

SHARE_BY_RANK = (1.0, 0.6, 0.4)
NOT_SURE = "not_sure_yet"
KIN_SHARE = 0.4
HINT = 0.5
KIN = {
    "safe_place": ("quiet_place",),
    "quiet_place": ("safe_place",),
    "connect_with_people": ("meet_peers",),
    "meet_peers": ("connect_with_people",),
    "be_useful": ("teach_others",),
    "teach_others": ("be_useful",),
    "work_experience_wish": ("earn_a_little",),
    "nature_and_animals": ("make_repair_grow",),
    "make_repair_grow": ("nature_and_animals",),
    "family_support": ("safe_place",),
    "daily_rhythm": ("move_body",),
    "practice_going_out": ("safe_place", "move_body"),
}
"""Needs that a place for a kindred one answers in part."""
SAID = {
    "safe_place": ("ほっと", "居場所", "安心", "いられる"),
    "connect_with_people": ("話し", "さみし", "寂し", "友だち", "つなが"),
    "quiet_place": ("静か", "しずか", "話さな", "だまっ", "一人で"),
    "be_useful": ("役に立", "役割", "頼まれ", "あてに", "手伝"),
    "daily_rhythm": ("朝", "リズム", "生活"),
    "move_body": ("体を動か", "運動", "体操", "歩き", "歩く"),
    "hobbies": ("好き", "趣味", "楽しみ"),
    "relearn": ("勉強", "学び", "習い", "覚え"),
    "work_experience_wish": ("働", "仕事"),
    "earn_a_little": ("お金", "収入", "稼", "かせ", "謝礼"),
    "meet_peers": ("同じ", "仲間"),
    "nature_and_animals": ("花", "土", "畑", "動物", "海", "山", "牛", "鳥", "犬", "猫"),
    "make_repair_grow": ("作", "直", "育て"),
    "practice_going_out": ("外", "バス", "電車", "出かけ"),
    "family_support": ("家族", "夫", "妻", "息子", "娘", "母", "父"),
    "fit_with_caring": ("世話", "介護", "子ども", "母", "父"),
    "stable_housing": ("住", "家賃", "部屋"),
    "join_online": ("オンライン", "ネット", "パソコン", "スマホ", "家から"),
    "teach_others": ("教え", "伝え"),
}
"""Words by which a person's own sentence is found that says this need; it is quoted, never scored."""


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
        words = VOCABULARIES["participation_needs"]
        for share, need in zip(SHARE_BY_RANK, wanted, strict=False):
            met = has(pool.meets_needs, words.mask([need]))
            akin = has(pool.meets_needs, words.mask(KIN.get(need, ())))
            score += np.where(met, share, np.where(akin, share * KIN_SHARE, 0)).astype(np.float32)
        score /= np.float32(sum(SHARE_BY_RANK[: len(wanted)]))
        if NOT_SURE in question.profile.needs:
            # Somebody still finding out: a hint that is met counts, one that is not is no refusal.
            score = np.where(score == 0, np.nan, HINT + (1 - HINT) * score)
        untold = pool.meets_needs == 0
        return np.where(untold, np.nan, score).astype(np.float32)

    def reason(self, question: Question, row: int, score: float) -> Reason:
        here = question.facts(row).meets_needs
        met = [need for need in self._wanted(question) if need in here]
        words = VOCABULARIES["participation_needs"]
        akin = [need for need in self._wanted(question) if any(kin in here for kin in KIN.get(need, ()))]
        if not met and akin:
            return Reason(f"求めている「{words.label(akin[0])}」に近い場です")
        if not met:
            return Reason("求めていることに、じかには応えない場です", worry="求めていることに、じかには応えません")
        said = next((found for need in met if (found := quoted(question.profile, *SAID.get(need, ())))), "")
        staff = f"求めていること「{listed(words.label(need) for need in met)}」に応える場です"
        staff += f"。ご本人の言葉{said}" if said else ""
        return Reason(staff, f"「{words.easy_label(met[0])}」という気持ちに合いそうです")

    def unknown(self, question: Question, row: int) -> str:
        if NOT_SURE in question.profile.needs or not self._wanted(question):
            return "求めていることは、話しながら決めているところです"
        return "どんな求めに応えられる場か、まだ聞けていません"


RULE = Needs()
