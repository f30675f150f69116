"""The way one would write it first: read every row on every request, loop over them, measure each distance, fit the words.

Rules and points are said again in plain Python, so this peer is also the oracle the others are held against. It is
timed with geopy's geodesic and compared on the sphere, where the engine's distances are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any
from uuid import UUID

import numpy as np
from geopy.distance import geodesic, great_circle
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer
from sqlalchemy import Engine
from sqlmodel import select

from matching.inputs.profile import ParticipantProfile
from matching.pool.opportunity_pool import OpportunityPool
from matching.travel.travel_minutes import EARTH_RADIUS_KM
from models.opportunity import Opportunity, Slot
from models.organization import Organization
from models.scope import open_session
from models.site import Site
from tests.bench.agreement import Lists, ranked
from tests.bench.common import NEAR_MISS_REACH, WEIGHTS, WORDS, ease
from tests.bench.peers.naive_points import points
from tests.bench.peers.naive_rules import failures
from tests.bench.people import reach_km

Point = tuple[float, float]


def on_the_globe(home: Point, there: Point) -> float:
    return float(geodesic(home, there).km)


def on_the_sphere(home: Point, there: Point) -> float:
    return float(great_circle(home, there, radius=EARTH_RADIUS_KM).km)


class Naive:
    """Rows are named by their place in the pool, as everywhere in the comparison."""

    def __init__(self, engine: Engine, municipality: UUID, pool: OpportunityPool) -> None:
        self._engine, self._municipality = engine, municipality
        self._row = {facts.ref: row for row, facts in enumerate(pool.facts)}

    def ask(self, profile: ParticipantProfile) -> Lists:
        return self._lists(profile, on_the_globe, with_words=True)

    def lists(self, profile: ParticipantProfile) -> Lists:
        return self._lists(profile, on_the_sphere, with_words=False)

    def _lists(
        self, profile: ParticipantProfile, distance: Callable[[Point, Point], float], *, with_words: bool
    ) -> Lists:
        with open_session(self._engine, municipality_id=self._municipality) as session:
            hosts = {row.id: row for row in session.exec(select(Organization)).all()}
            sites = {row.id: row for row in session.exec(select(Site)).all()}
            slots: dict[UUID, list[Slot]] = defaultdict(list)
            for slot in session.exec(select(Slot)).all():
                slots[slot.opportunity_id].append(slot)
            opportunities = session.exec(select(Opportunity)).all()
        assert profile.latitude is not None
        assert profile.longitude is not None
        home, reach = (profile.latitude, profile.longitude), reach_km(profile)
        rows, failed, scores, texts = list[int](), list[int](), list[float](), list[str]()
        for one in opportunities:
            site = sites.get(one.site_id) if one.site_id else None
            if site is None or site.latitude is None or site.longitude is None:
                continue
            km = distance(home, (site.latitude, site.longitude))
            if km > NEAR_MISS_REACH * reach:
                continue
            host = hosts[one.organization_id]
            failed.append((km > reach) + sum(1 for _ in failures(profile, one, host, slots[one.id])))
            easy = WEIGHTS["ease"] * float(ease(np.float64(km), reach))
            scores.append(easy + points(profile, one, host))
            rows.append(self._row[one.ref])
            texts.append(" ".join((one.title, one.plain_description or "", one.role_offered or "")))
        total = np.array(scores) + (_closeness(profile, texts) if with_words else 0)
        return ranked(np.array(rows, dtype=np.intp), np.array(failed, dtype=int), total)


def _closeness(profile: ParticipantProfile, texts: list[str]) -> NDArray[np.float64] | float:
    wanted = [*profile.interest_texts, *profile.strength_texts, *profile.can_teach]
    if not wanted or not texts:
        return 0.0
    vectorizer: Any = TfidfVectorizer(analyzer="char", ngram_range=(1, 3), sublinear_tf=True)
    matrix = vectorizer.fit_transform(texts)
    best = (matrix @ vectorizer.transform(wanted).T).max(axis=1).toarray().ravel()
    closeness: NDArray[np.float64] = WORDS * np.minimum(best / 0.35, 1)
    return closeness
