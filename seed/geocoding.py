"""Finding the position of an address without a network, in the municipality's own list of towns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate
from typing import Any, NamedTuple

from geopy.adapters import BaseSyncAdapter
from geopy.exc import GeocoderUnavailable
from geopy.geocoders.base import Geocoder
from geopy.location import Location

from seed.gazetteer import Town
from seed.municipalities import Areas, Municipality, Naming
from seed.place_names import fold, split_prefecture, without_postal_code
from seed.town_index import Match

# 盛岡市…, 紫波郡紫波町…: the beginning of an address that names a municipality.
_MUNICIPALITY = re.compile(r"[^\d市]{1,6}?市|[^\d郡]{1,5}郡[^\d]{1,6}?[町村]")
# 江刺区岩谷堂: districts that were called 区 for some years after a merger.
_FORMER_WARD = re.compile(r"(.{1,4}?)区")


class _NoNetwork(BaseSyncAdapter):  # type: ignore[misc]  # geopy has no types
    """Nothing here asks the world, and nothing can."""

    def get_text(self, url: str, *, timeout: float, headers: Mapping[str, str]) -> str:
        raise GeocoderUnavailable("the gazetteer asks no network")

    def get_json(self, url: str, *, timeout: float, headers: Mapping[str, str]) -> Any:
        raise GeocoderUnavailable("the gazetteer asks no network")


class _Address(NamedTuple):
    """A folded address without spaces, and the positions at which they were."""

    text: str
    breaks: frozenset[int]

    @classmethod
    def of(cls, query: str) -> tuple[str, _Address]:
        """The prefecture ("" where it is not named) and what follows it."""
        parts = without_postal_code(fold(query)).split()
        prefecture, rest = split_prefecture("".join(parts))
        breaks = (end - len(prefecture) for end in accumulate(map(len, parts)))
        return prefecture, cls(rest, frozenset(end for end in breaks if end > 0))

    def without(self, position: int) -> _Address:
        """The same address with one sign left out."""
        breaks = frozenset(end - (end > position) for end in self.breaks)
        return _Address(self.text[:position] + self.text[position + 1 :], breaks)


class GazetteerGeocoder(Geocoder):  # type: ignore[misc]  # geopy has no types
    """A geopy geocoder over a list of towns kept in memory.

    `raw` of a Location: `level` ("koaza", "town" or "municipality": how exact the position is), `matched` (the name that
    was found), `prefecture`, `municipality`, `code`, `town`, `koaza`. Safe to share between threads once made.
    """

    def __init__(self, towns: Iterable[Town], *, municipalities: Iterable[Municipality] = ()) -> None:
        """`municipalities` give centres and prefectures that the list of towns does not say.

        Where exactly one is given (or all towns lie in one), it is the home: what people mean who name no municipality.
        """
        super().__init__(adapter_factory=_NoNetwork)
        self._areas = Areas(municipalities, towns)

    def geocode(
        self, query: str, *, exactly_one: bool = True, timeout: object = None
    ) -> Location | list[Location] | None:
        """The Location of an address, or None where it cannot be said; with `exactly_one=False` all that fit equally.

        What lies in a town that the list does not know is put at the centre of the municipality it names, or of the home,
        unless it names another one. `timeout` is there for geopy; nothing here waits.
        """
        found = list(self._locations(*_Address.of(query)))
        if not exactly_one:
            return found or None
        if len(found) == 1:
            return found[0]
        # A name that several wards of one city have: the city. Places further apart: nobody knows.
        city = self._areas.city_of({location.raw["municipality"] for location in found})
        return None if city is None else next(self._municipality(city), None)

    def _locations(self, prefecture: str, address: _Address) -> Iterator[Location]:
        allowed = self._areas.within(prefecture)
        named = self._areas.named(address.text, allowed)
        home = self._areas.home & allowed
        matches = self._matches(address, [*named, Naming(0, home or allowed)])
        if matches:
            for match in matches:
                yield from self._place(match)
        elif named:
            for number in sorted(named[0].areas):
                yield from self._municipality(number)
        elif address.text and not _MUNICIPALITY.match(address.text):
            for number in home:
                yield from self._municipality(number)

    def _matches(self, address: _Address, namings: list[Naming]) -> list[Match]:
        """The places that reach furthest, read after the municipality's name, or from the start as people at home write."""
        best: list[Match] = []
        for naming in namings:
            matches = self._longest(address, naming)
            other = _MUNICIPALITY.match(address.text) if naming.end == 0 else None
            # 大津市… is not 大津 in this municipality.
            if matches and (not other or matches[0].end >= other.end()) and (not best or matches[0].end > best[0].end):
                best = matches
        return best

    def _longest(self, address: _Address, naming: Naming) -> list[Match]:
        areas = self._areas.with_wards(naming.areas)
        matches = self._areas.index.longest(address.text, naming.end, address.breaks, areas)
        former = _FORMER_WARD.match(address.text, naming.end)
        if former and not any(self._areas[number].divided for number in areas):
            shorter = address.without(former.end() - 1)
            found = self._areas.index.longest(shorter.text, naming.end, shorter.breaks, areas)
            if found and found[0].end >= former.end() and (not matches or found[0].end >= matches[0].end):
                return [match._replace(end=match.end + 1) for match in found]
        return matches

    def _place(self, match: Match) -> Iterator[Location]:
        place, part = match.place, match.part
        area = self._areas[place.area]
        known = part and part.point
        point = known or place.point
        if point is None:
            yield from self._municipality(place.area)
            return
        koaza = part.name if part and known else ""
        raw = {
            "level": "koaza" if koaza else "town",
            "matched": place.name + koaza,
            "prefecture": area.prefecture,
            "municipality": area.name,
            "code": area.code,
            "town": place.name,
            "koaza": koaza,
        }
        yield Location(area.prefecture + area.name + place.name + koaza, point, raw)

    def _municipality(self, number: int) -> Iterator[Location]:
        """Its centre; nothing for a municipality that has neither a centre nor a town with a position."""
        if number not in self._areas.centres:
            return
        area = self._areas[number]
        raw = {
            "level": "municipality",
            "matched": area.name,
            "prefecture": area.prefecture,
            "municipality": area.name,
            "code": area.code,
            "town": "",
            "koaza": "",
        }
        yield Location(area.prefecture + area.name, self._areas.centres[number], raw)
