"""What eases the person's worries (不安への手当): amount of talk, group size, being allowed to watch … Domain S4."""

from __future__ import annotations

import numpy as np

from matching.accommodations import offered
from matching.columns import FOUR, Bytes, Floats, Ints
from matching.question import Question
from matching.rules import Criterion, Reason
from matching.vocabulary import FEAR_RELIEFS, VOCABULARIES
from matching.words import listed

SIZES = VOCABULARIES["group_sizes"].codes
DROP_RULES = VOCABULARIES["drop_rules"].codes


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
    amount: Ints = {"talk_level_max": pool.talk_level, "cost_yen_max": pool.cost_yen}[field]
    held: Floats = np.where(amount < 0, np.nan, amount <= int(value)).astype(np.float32)
    return held


def _share(column: Bytes) -> Floats:
    share: Floats = np.where(column == FOUR["unknown"], np.nan, column / 2).astype(np.float32)
    return share


class Reliefs(Criterion):
    """不安への手当。ひとつの不安は、いちばん効く手当で数える。"""

    code = "reliefs"
    label = "不安への手当"

    def by_fear(self, question: Question) -> dict[str, Floats]:
        """Each fear's best relief; NaN where no relief is known."""
        best: dict[str, Floats] = {}
        for fear, field, value in FEAR_RELIEFS:
            if fear in question.profile.fears:
                held = relief(question, field, value)
                best[fear] = np.fmax(best[fear], held) if fear in best else held
        return best

    def scores(self, question: Question) -> Floats:
        best = list(self.by_fear(question).values())
        if not best:
            return np.full(len(question), np.nan, dtype=np.float32)
        table = np.stack(best)
        known = ~np.isnan(table)
        with np.errstate(invalid="ignore"):
            mean = np.where(known, table, 0).sum(axis=0) / known.sum(axis=0)
        score: Floats = mean.astype(np.float32)
        return score

    def reason(self, question: Question, row: int, score: float) -> Reason:
        alone = question.about(row)
        best = {fear: float(held[0]) for fear, held in self.by_fear(alone).items()}
        words = VOCABULARIES["fears"]
        eased = [words.label(fear) for fear, held in best.items() if held >= 0.5]
        left = [words.label(fear) for fear, held in best.items() if held < 0.5]
        worry = f"不安「{listed(left)}」への手当がありません" if left else None
        if not eased:
            return Reason("不安への手当は少ない場です", None, worry)
        return Reason(f"不安「{listed(eased)}」に手当があります", "心配なことに気をくばってもらえます", worry)

    def unknown(self, question: Question, row: int) -> str:
        if not question.profile.fears:
            return "参加の不安は、まだ聞けていません"
        return "不安への手当があるか、まだ聞けていません"


RULE = Reliefs()
