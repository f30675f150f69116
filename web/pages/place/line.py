"""One line of the list of places, in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from models.places import PlaceLine
from web.pages.facts import labels
from web.pages.place.standing import Standing, State
from web.pages.place.surroundings import where
from web.pages.search import holds


@dataclass(frozen=True)
class PlaceRow:
    """What the list says of a place. `open_places` None is 未確認."""

    address: str
    title: str
    host: str
    state: State
    open_places: str | None
    confirmed: str | None
    stale: str
    calls: list[str]
    activities: list[str]
    district: str | None


@dataclass(frozen=True)
class Line:
    """A place with how it stands, read once: found, sorted and then perhaps shown."""

    row: PlaceLine
    stands: Standing

    @property
    def title(self) -> str:
        return self.row.opportunity.title

    @property
    def activities(self) -> list[str]:
        return labels("activity_types", self.row.opportunity.activity_types)

    @property
    def where(self) -> str | None:
        return where(self.row.opportunity, self.row.district)

    def holds(self, wanted: str) -> bool:
        """Whether title, host, whereabouts or activities hold the words."""
        return holds(f"{self.title} {self.row.host.name} {self.where or ''} {' '.join(self.activities)}", wanted)

    def shown(self, address: Callable[[UUID], str]) -> PlaceRow:
        opportunity, stands = self.row.opportunity, self.stands
        free = opportunity.open_places
        return PlaceRow(
            address=address(opportunity.id),
            title=self.title,
            host=self.row.host.name,
            state=stands.state,
            open_places=None if free is None else f"{free}人" if free else "なし",
            confirmed=stands.confirmed,
            stale=stands.stale,
            calls=[call for call in stands.calls if call != stands.stale],
            activities=self.activities,
            district=self.where,
        )
