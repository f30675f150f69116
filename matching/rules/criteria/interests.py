"""Interests and strengths × activities, and a little closeness of words (興味・得意). Domain S2."""

from __future__ import annotations

import numpy as np

from matching.columns.encodings import Floats, has
from matching.inputs.phrases import listed, quoted
from matching.question.question import Question
from matching.rules.kinds import Criterion, Reason
from matching.vocabulary import VOCABULARIES

INTEREST, STRENGTH = 0.75, 0.65
AKIN = 0.35
KINDRED = (
    ("planting", "weeding", "thinning_bagging", "harvesting", "flowers_pruning", "parent_child_farm"),
    ("sorting_produce", "food_prep", "box_assembly", "packing_shipping", "stuffing_labeling", "inspection",
     "printing_folding"),
    ("repair_woodwork", "handicraft", "craft_class"),
    ("cooking_help", "cooking_class", "food_prep", "meals_shopping_help"),
    ("computer_work", "digital_help", "photo_record", "online_gathering"),
    ("study_group", "literacy", "certification"),
    ("exercise", "walking", "light_sports"),
    ("book_shelving", "reading_games"),
    ("art_calligraphy", "handicraft", "craft_class"),
    ("teaching_skills", "playing_with_children", "study_group"),
    ("shop_opening", "shelf_stocking", "customer_service", "reception"),
    ("chatting", "just_being", "respite"),
    ("family_meeting", "respite"),
)  # fmt: skip
"""Activities in which hands or heart do much the same."""
WORDS_SHARE = 0.2
"""Closeness of free text is a tie-breaker: at most a fifth of this criterion."""
CLOSE = 0.25
"""Cosine at which the words count in full."""


class Interests(Criterion):
    """興味・得意。語の一致が先、文の近さは最後のひと押し。"""

    code = "interests"
    label = "好き・得意"

    def scores(self, question: Question) -> Floats:
        profile, pool = question.profile, question.pool
        texts = (*profile.interest_texts, *profile.strength_texts, *profile.can_teach)
        if not (profile.interest_types or profile.strength_types or texts):
            return np.full(len(pool), np.nan, dtype=np.float32)
        words = VOCABULARIES["activity_types"]
        likes = (pool.activity_types & np.uint64(words.mask(profile.interest_types))) != 0
        skilled = (pool.activity_types & np.uint64(words.mask(profile.strength_types))) != 0
        tags = np.maximum(np.where(likes, INTEREST, 0), np.where(skilled, STRENGTH, 0)) + np.where(
            likes & skilled, 0.05, 0
        )
        tags = np.maximum(tags, np.where(has(pool.activity_types, words.mask(self._kindred(question))), AKIN, 0))
        closeness = np.minimum(pool.text.closeness(texts) / np.float32(CLOSE), 1)
        score = np.minimum(tags + WORDS_SHARE * closeness, 1)
        untold = (pool.activity_types == 0) & (closeness < 0.5)
        return np.where(untold, np.nan, score).astype(np.float32)

    def _kindred(self, question: Question) -> set[str]:
        own = {*question.profile.interest_types, *question.profile.strength_types}
        return {code for group in KINDRED if own & set(group) for code in group}

    def reason(self, question: Question, row: int, score: float) -> Reason:
        profile, here = question.profile, question.facts(row).activity_types
        words = VOCABULARIES["activity_types"]
        liked = [code for code in profile.interest_types if code in here]
        skilled = [code for code in profile.strength_types if code in here]
        if not liked and not skilled:
            akin = [code for code in here if code in self._kindred(question)]
            if akin:
                return Reason(f"好き・得意に近い活動「{listed(words.label(code) for code in akin)}」があります")
            if score > 0.1:
                return Reason("好きなことの言葉と、場の言葉に近いところがあります", None)
            return Reason("好き・得意とは別の活動です", None, None)
        said = quoted(profile, *profile.interest_texts, *(words.easy_label(code) for code in liked))
        quote = f"。ご本人の言葉{said}" if said else ""
        if liked:
            staff = f"好きなこと「{listed(words.label(code) for code in liked)}」ができます{quote}"
            return Reason(staff, f"好きな「{words.easy_label(liked[0])}」ができます")
        staff = f"得意な「{listed(words.label(code) for code in skilled)}」をいかせます{quote}"
        return Reason(staff, f"得意な「{words.easy_label(skilled[0])}」をいかせます")

    def unknown(self, question: Question, row: int) -> str:
        return "好き・得意と比べる手がかりが、まだありません"


RULE = Interests()
