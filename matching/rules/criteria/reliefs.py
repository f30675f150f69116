"""What lets the person come with an easy mind (不安への手当): relief of fears, nothing they dislike, the company they wish. Domain S4."""

from __future__ import annotations

import numpy as np

from matching.columns.encodings import FOUR, PASS, UNKNOWN, Bytes, Floats, Ints, Shorts
from matching.inputs.phrases import listed
from matching.question.question import Question
from matching.rules.kinds import Criterion, Reason
from matching.rules.shared.accommodations import offered
from matching.rules.shared.company import company
from matching.rules.shared.dislikes import hits, label_of
from matching.vocabulary import FEAR_RELIEFS, VOCABULARIES

SIZES = VOCABULARIES["group_sizes"].codes
DROP_RULES = VOCABULARIES["drop_rules"].codes
HOLDS = 0.5
"""Share from which a relief or a wish counts as met."""


def relief(question: Question, field: str, value: str) -> Floats:
    """How far one relief holds, 0..1, NaN = unknown. Fields and values are those of fear_reliefs.csv."""
    pool = question.pool
    if field == "accommodations":
        return _share(offered(question, value))
    if field in ("visit_ok", "observe_only_ok", "pickup"):
        return _share(getattr(pool, field))
    if field == "visible_from_street":
        seen = pool.visible_from_street
        return np.where(seen == FOUR["unknown"], np.nan, np.where(seen == FOUR["no"], 1, 0)).astype(np.float32)
    if field == "drop_rule":
        wanted = DROP_RULES.index(value)
        return np.where(pool.drop_rule < 0, np.nan, pool.drop_rule == wanted).astype(np.float32)
    if field == "group_size_max":
        most = SIZES.index(value)
        small: Floats = np.where(pool.group_size < 0, np.nan, pool.group_size <= most).astype(np.float32)
        return small
    amount: Shorts | Ints = pool.talk_level if field == "talk_level_max" else pool.cost_yen
    held: Floats = np.where(amount < 0, np.nan, amount <= int(value)).astype(np.float32)
    return held


def _share(column: Bytes) -> Floats:
    share: Floats = np.where(column == FOUR["unknown"], np.nan, column / 2).astype(np.float32)
    return share


DISLIKED_COUNTS = 0.5
"""What is left of the score where the place has something the person would rather not (いやなこと, not absolute)."""


class Reliefs(Criterion):
    """安心しやすさ：不安への手当、いやなことの有無、人数と顔ぶれの希望。ひとつの不安は、いちばん効く手当で数える。"""

    code = "reliefs"
    label = "安心しやすさ"

    def by_fear(self, question: Question) -> dict[str, Floats]:
        """Each fear's best relief; NaN where no relief is known."""
        best: dict[str, Floats] = {}
        words = VOCABULARIES["fears"]
        for fear, field, value in FEAR_RELIEFS:
            if fear in question.profile.fears:
                held, label = relief(question, field, value), words.label(fear)
                best[label] = np.fmax(best[label], held) if label in best else held
        return best

    def by_dislike(self, question: Question) -> dict[str, Floats]:
        """Each thing the person would rather not: 1 where it surely is not, 0 where it is."""
        found = {}
        for dislike in question.profile.dislikes:
            if dislike.code is not None and not dislike.absolute:
                verdict = hits(question, dislike.code)
                free = np.where(verdict == UNKNOWN, np.nan, verdict == PASS).astype(np.float32)
                found[label_of(dislike.code)] = free
        return found

    def _parts(self, question: Question) -> tuple[dict[str, Floats], ...]:
        return self.by_fear(question), self.by_dislike(question), company(question)

    def scores(self, question: Question) -> Floats:
        fears, free, wished = self._parts(question)
        disliked = list(free.values())
        parts = [*fears.values(), *disliked, *wished.values()]
        if not parts:
            return np.full(len(question), np.nan, dtype=np.float32)
        table = np.stack(parts)
        known = ~np.isnan(table)
        with np.errstate(invalid="ignore"):
            mean = np.where(known, table, 0).sum(axis=0) / known.sum(axis=0)
        met = np.any([share == 0 for share in disliked], axis=0) if disliked else False
        score: Floats = np.where(met, mean * DISLIKED_COUNTS, mean).astype(np.float32)
        return score

    def reason(self, question: Question, row: int, score: float) -> Reason:
        fears, free, wished = (
            {label: float(held[row]) for label, held in parts.items()}
            for parts in question.once("reliefs", lambda: self._parts(question))
        )
        disliked = [label for label, share in free.items() if share == 0]
        spared = [label for label, share in free.items() if share == 1]
        worries = [
            *([f"苦手な「{listed(disliked)}」があります"] if disliked else []),
            *_told(fears, holds=False, sentence="心配なこと「{}」への配慮がありません"),
            *_told(wished, holds=False, sentence="人数や顔ぶれの希望「{}」には合いません"),
        ]
        good = [
            *_told(fears, holds=True, sentence="心配なこと「{}」に配慮があります"),
            *_told(wished, holds=True, sentence="人数や顔ぶれの希望「{}」に合います"),
            *([f"苦手な「{listed(spared)}」はありません"] if spared else []),
        ]
        worry = "。".join(worries) or None
        if not good:
            return Reason("心配なことへの配慮は少ない場です", None, worry)
        comforted = any(held >= HOLDS for held in fears.values())
        return Reason("。".join(good), "心配なことに気をくばってもらえます" if comforted else None, worry)

    def unknown(self, question: Question, row: int) -> str:
        if not question.profile.fears:
            return "心配なことは、まだ聞けていません"
        return "心配なことに配慮があるか、まだ聞けていません"


def _told(held: dict[str, float], *, holds: bool, sentence: str) -> list[str]:
    """One sentence about those that hold, or about those that surely do not; nothing where there are none."""
    labels = [label for label, share in held.items() if (share >= HOLDS if holds else share < HOLDS)]
    return [sentence.format(listed(labels))] if labels else []


RULE = Reliefs()
