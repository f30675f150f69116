"""Section: the proposal page (the POST that asks and the GET that shows) beside the same page with the ranking stubbed."""

from __future__ import annotations

import time
from datetime import date
from unittest.mock import patch
from uuid import UUID

from matching.inputs.profile import ParticipantProfile
from matching.pool.opportunity_pool import OpportunityPool
from matching.question.answers import Shortlist
from matching.shortlist.shown_to_others import Elsewhere
from tests.bench.bars import PAGE, PAGE_QUERIES
from tests.bench.counters import page_queries
from tests.bench.houses import House
from tests.bench.report import Line
from tests.bench.timing import in_turn, ratio
from web.services import asking

REQUESTS = 2
FEWEST = 2


def pages(size: str, place: House, *, rounds: int, budget: float) -> list[Line]:
    remembered = Remembered()
    begun = time.perf_counter()
    remembered.page(place, place.people[0])
    people = place.people[: max(FEWEST, int(budget / (time.perf_counter() - begun)))]
    for participant in people:
        remembered.page(place, participant)
    times = in_turn(
        {"page": place.page, "stub": lambda participant: remembered.page(place, participant)},
        people,
        rounds=rounds,
        budget=budget,
    )
    share = ratio(times["stub"], times["page"])
    asking, showing = page_queries(place)
    kilobytes = len(place.page(place.people[0]).encode()) / 1024
    per_second = [REQUESTS / times[name].mean for name in ("page", "stub")]
    note = f"{per_second[0]:.3g} of {per_second[1]:.3g} requests/s; rounds {share.low:.2f}-{share.high:.2f}"
    return [
        Line("requests/s / the same with the ranking stubbed", share.median, "x", PAGE[size], note),
        Line("database queries to ask (POST)", asking, "", PAGE_QUERIES),
        Line("database queries to show (GET)", showing, "", PAGE_QUERIES),
        Line("size of the page", kilobytes, " kB"),
    ]


class Remembered:
    """The ranking stubbed: each question is answered once, afterwards the same answer is handed out again."""

    def __init__(self) -> None:
        self._answers: dict[str, Shortlist] = {}
        self._rank = asking.propose

    def page(self, place: House, participant: UUID) -> str:
        with patch.object(asking, "propose", self._propose):
            return place.page(participant)

    def _propose(
        self, profile: ParticipantProfile, pool: OpportunityPool, *, on: date, elsewhere: Elsewhere
    ) -> Shortlist:
        if profile.participant_ref not in self._answers:
            self._answers[profile.participant_ref] = self._rank(profile, pool, on=on, elsewhere=elsewhere)
        return self._answers[profile.participant_ref]
