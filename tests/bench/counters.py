"""How much work a fixed set of questions makes, counted and not timed (performance §5, rule 5): the same on every machine."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from matching.engine import propose
from matching.inputs.profile import ParticipantProfile
from matching.pool.opportunity_pool import OpportunityPool
from matching.question.question import Question
from matching.shortlist.neighbourhood import around, reach
from tests.bench.houses import House, statements
from tests.conftest import ON


def work(pool: OpportunityPool, people: Sequence[ParticipantProfile]) -> Counter[str]:
    """Places looked at, left after each step of the waterfall, proposed and nearly, over all questions."""
    counted: Counter[str] = Counter()
    for profile in people:
        found = propose(profile, pool, on=ON)
        question = Question(profile, pool, ON)
        rows = around(question, reach(question))
        counted["looked at"] += len(pool) if rows is None else len(rows)
        counted.update({step.stage: step.count for step in found.waterfall})
        counted["near misses"] += len(found.near_misses)
        counted["findings"] += sum(len(one.findings) for one in found.candidates)
    return counted


def page_queries(place: House) -> tuple[int, int]:
    """Database queries (to ask, to show) for one proposal page, once the catalogue is in memory."""
    place.page(place.people[0])
    with statements(place.engine) as sent:
        address = place.propose(place.people[0])
        asking = len(sent)
        place.show(address)
    return asking, len(sent) - asking
