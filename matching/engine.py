"""「この人に合う場はどこか」: the one entrance of the engine."""

from __future__ import annotations

from datetime import date

from matching.inputs.profile import ParticipantProfile
from matching.pool.opportunity_pool import OpportunityPool
from matching.question.answers import Shortlist, Step
from matching.question.question import Question
from matching.shortlist.candidates import candidates
from matching.shortlist.diversity import choose
from matching.shortlist.eligibility import sift
from matching.shortlist.near_misses import near_misses
from matching.shortlist.shown_to_others import NOBODY, Elsewhere
from matching.shortlist.why_not import NotShown

ENGINE_VERSION = "4"


def propose(
    profile: ParticipantProfile, pool: OpportunityPool, *, on: date, elsewhere: Elsewhere = NOBODY
) -> Shortlist:
    """Candidates and near misses for one person on one date; why the other places are not shown, when it is asked.

    `elsewhere` is what others are being proposed: it decides which of the good places are shown, never how good they are.
    """
    sifted = sift(Question(profile, pool, on))
    chosen = choose(sifted.scores, elsewhere)
    ranks = range(1, len(chosen) + 1)
    return Shortlist(
        candidates=tuple(candidates(sifted.scores, chosen, ranks, sifted.rows[chosen].tolist())),
        near_misses=near_misses(sifted.scores),
        waterfall=(*sifted.steps, Step("chosen", "提案", len(chosen))),
        not_shown=NotShown(sifted, tuple(chosen)),
    )
