"""Which places deserve to be proposed at all (出してよい提案か): a short list is better than a filled one.

Source: domain §4.3 (at most five), §4.5 (what a coordinator would call foolish).
"""

from __future__ import annotations

from itertools import chain

import numpy as np

from matching.columns.encodings import FOUR, Bools, has
from matching.columns.jagged import Rows
from matching.rules.shared.accommodations import GIVEN, effort_of, unasked
from matching.rules.shared.wants_online import wants_home
from matching.shortlist.scoring import Scores
from matching.vocabulary import VOCABULARIES

WEAKEST = 4_000
"""Hundredths: below this a place is not a proposal but filler."""
TRAILING = 3_200
"""Hundredths behind the first place at which a place is filler, too."""
LEAST_NEED, LEAST_INTEREST = 0.2, 0.6
"""Scores from which a place answers something the person wants."""
LEAST_NEED_AT_HOME = 0.5
EARLY = 2
"""Readiness stages in which one gets used to going out (お出かけ準備・居場所)."""
COMFORTABLE = 0.6
"""Scores of load, ease and accommodations from which a place is gentle enough for somebody who seeks no more than that."""
LEAST_KNOWN = 35
"""Hundredths of the weight that must be known: somebody of whom less is known has not been listened to yet."""
TIRED = 4
"""「少し大変」: such a host is asked how it is, not asked for more (domain §2.5, intake budget)."""
LIGHT, FREE = 1, VOCABULARIES["drop_rules"].bit["free"]
"""What a quiet door has at most on any axis, and how one stays away from it."""
NOT_SURE = "not_sure_yet"
ACQUAINTANCES = "meeting_acquaintances"
MOST_DOORS = 2
"""A list would be a guess; one or two can be mentioned in passing."""
MOST_UNASKED = 2
"""So many required surroundings may be unasked; beyond, where they are more than half, one asks before one proposes."""


def worth_showing(scores: Scores) -> Rows:
    """Rows that are eligible, known well enough, and begin from something the person wants.

    Of somebody whose wishes nobody has heard yet there are none; then a quiet door or two stands there to talk of.
    """
    if _unheard(scores):
        return _quiet_doors(scores)
    worth = scores.eligible & _known_enough(scores) & worth_a_call(scores) & _home_is_wished(scores)
    wanted = np.flatnonzero(worth)
    totals = scores.totals[wanted]
    return wanted[totals >= max(WEAKEST, int(totals.max(initial=0)) - TRAILING)]


def _unheard(scores: Scores) -> bool:
    """Whether hardly anything is known of the person, or nothing of what they would like."""
    profile = scores.question.profile
    told = (profile.interest_types, profile.interest_texts, profile.strength_types, profile.strength_texts)
    wishes = {*profile.needs, *chain(*told)} - {NOT_SURE}
    listened = scores.eligible & (scores.known_share >= LEAST_KNOWN)
    return not wishes or not listened.any()


def _quiet_doors(scores: Scores) -> Rows:
    """Places that ask nothing of whoever comes: nobody waits for them, one may just look, and where it is not known how
    much they can bear, no load is above the first step."""
    question, pool = scores.question, scores.question.pool
    if not question.profile.stage:
        return np.zeros(0, dtype=np.intp)
    bearable = np.array([level is not None for level in question.profile.capacities])
    light = ((pool.loads >= 0) & ((pool.loads <= LIGHT) | bearable)).all(axis=1)
    free = (pool.drop_rule == FREE) & (pool.observe_only_ok == FOUR["yes"]) & (pool.host_burden < TIRED)
    doors = np.flatnonzero(scores.eligible & light & free & ~_disliked(scores) & ~_too_near(scores))
    return np.array(scores.order(doors)[:MOST_DOORS], dtype=np.intp)


def worth_a_call(scores: Scores) -> Bools:
    """Rows that a talk with the host is worth: they answer a wish of somebody who has been listened to, have nothing that
    person would rather not do, and their host is not tired."""
    spared = scores.question.pool.host_burden >= TIRED
    worth: Bools = answers_a_wish(scores) & (scores.known_share >= LEAST_KNOWN) & ~spared & ~_disliked(scores)
    return worth & ~_too_near(scores)


def answers_a_wish(scores: Scores) -> Bools:
    """A need the place meets, an activity the person likes, or a gentle place for whoever seeks just that or is still
    finding out."""
    needs, interests = scores.of("needs"), scores.of("interests")
    rough = [scores.of(code) < COMFORTABLE for code in ("load_fit", "reliefs", "nice_accommodations")]
    gentle = ~np.logical_or.reduce(rough)
    seeks_no_more = "ibasho_is_enough" in scores.question.profile.goal_path
    wish: Bools = (needs >= LEAST_NEED) | (interests >= LEAST_INTEREST) | (gentle & (seeks_no_more | np.isnan(needs)))
    return wish


def _known_enough(scores: Scores) -> Bools:
    question = scores.question
    given = [code for code in question.profile.required_accommodations if effort_of(code) == GIVEN]
    open_ = unasked(question, given)
    known: Bools = ((open_ <= MOST_UNASKED) | (2 * open_ <= len(given))) & (scores.known_share >= LEAST_KNOWN)
    return known


def _disliked(scores: Scores) -> Bools:
    """Rows with an activity the person would rather not do: no proposal, even where they would bear it."""
    question, words = scores.question, VOCABULARIES["activity_types"]
    softly = (one.code for one in question.profile.dislikes if one.code in words and not one.absolute)
    return has(question.pool.activity_types, words.mask(code for code in softly if code is not None))


def _too_near(scores: Scores) -> Bools:
    """Next door, for somebody who would rather keep away from there and is afraid to be met."""
    near: Bools = scores.of("near_home") == 0
    profile = scores.question.profile
    return near & (profile.near_home == "avoid" and ACQUAINTANCES in profile.fears)


def _home_is_wished(scores: Scores) -> Bools:
    """Staying at home answers somebody who seeks to go out only where both their wish and their liking say so; who is at
    the beginning may begin there with what answers a wish."""
    question = scores.question
    if wants_home(question):
        return np.ones(len(question), dtype=bool)
    stage = question.profile.stage
    liked = (scores.of("interests") >= LEAST_INTEREST) | (stage is not None and stage <= EARLY)
    both = (scores.of("needs") >= LEAST_NEED_AT_HOME) & liked
    wished: Bools = both | (question.pool.online != FOUR["yes"])
    return wished
