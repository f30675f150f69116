"""What the way there and back costs (交通費), by the cheapest of the person's own ways."""

from __future__ import annotations

import numpy as np

from matching.columns.encodings import PASS, Degrees
from matching.question.question import Question
from matching.rules.shared.chosen_mode import taken


def fares(question: Question) -> Degrees:
    """Cheapest round trip in yen by a way that reaches the place (N,); NaN where no way is known to."""
    cheapest = np.full(len(question), np.nan)
    costs = {travel.mode: travel.cost_yen for travel in question.profile.transport or ()}
    for way, here in zip(question.ways, taken(question), strict=True):
        cheapest = np.where((way.reach == PASS) & here, np.fmin(cheapest, costs.get(way.mode) or 0), cheapest)
    return cheapest
