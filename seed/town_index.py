"""Looking up towns by the beginning of an address, in memory."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from statistics import fmean, median
from typing import NamedTuple

from seed.gazetteer import Town
from seed.place_names import fold


class Point(NamedTuple):
    """WGS84 degrees."""

    latitude: float
    longitude: float


def middle(points: Collection[Point]) -> Point | None:
    """The mean of points of one small area."""
    if not points:
        return None
    return Point(fmean(point.latitude for point in points), fmean(point.longitude for point in points))


def centre(points: Collection[Point]) -> Point | None:
    """The median of points of a whole municipality: not drawn away by a few far hamlets."""
    if not points:
        return None
    return Point(median(point.latitude for point in points), median(point.longitude for point in points))


@dataclass(slots=True)
class Place:
    """A town as it is looked up. `area` is the number of its municipality."""

    area: int
    name: str
    marked: bool
    """Whether the list writes it with a leading 字."""
    point: Point | None = None
    parts: dict[str, Part] = field(default_factory=dict)
    """Its 小字 by folded name."""
    numbered: dict[int, Place] = field(default_factory=dict)
    """Its 丁目, where the list knows the name only with a number (青山一丁目, 青山二丁目 …)."""


class Part(NamedTuple):
    """A 小字 of a town; `point` None where the list gives no position."""

    name: str
    point: Point | None


class Match(NamedTuple):
    """`end` is how far into the folded text the names reach."""

    end: int
    place: Place
    part: Part | None


_CHOME = re.compile(r"(.+?)(\d+)丁目")
_NUMBERED_END = re.compile(r"(?:[二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九]|\d{1,2})丁目$")
# 国分町3-7-1 is 国分町三丁目 where the list knows 国分町 by its 丁目 only.
_SHORT_CHOME = re.compile(r"(\d{1,2})-\d")
# What may follow the full name of a 小字: a lot number, an end, a break. Anything else may be a longer, unlisted name.
_AFTER_PART = re.compile(r"[\d〇一二三四五六七八九十百第番地の甲乙丙丁ノ\-(（、,・/]|$")


def bare(folded: str) -> str:
    """Without the 字 that some lists and some people write before a name."""
    return folded[1:] if folded.startswith("字") and len(folded) > 1 else folded


class TownIndex:
    """Towns by folded name. A lookup costs one dictionary access per character of the longest name."""

    def __init__(self, towns: Iterable[tuple[int, Town]]) -> None:
        """`towns` are pairs of the municipality's number and the town."""
        self._places: dict[str, list[Place]] = {}
        for area, town in towns:
            self._add(area, town)
        self._settle()
        self._longest = max(map(len, self._places), default=0)

    def _add(self, area: int, town: Town) -> None:
        folded = fold(town.town).replace(" ", "")
        place = self._place(area, town.town, bare(folded), marked=bare(folded) != folded)
        point = None
        if town.latitude is not None and town.longitude is not None:
            point = Point(town.latitude, town.longitude)
        if town.koaza:
            place.parts[bare(fold(town.koaza).replace(" ", ""))] = Part(town.koaza, point)
        else:
            place.point = point

    def _place(self, area: int, name: str, key: str, *, marked: bool) -> Place:
        places = self._places.setdefault(key, [])
        for place in places:
            if (place.area, place.name) == (area, name):
                return place
        place = Place(area, name, marked)
        places.append(place)
        return place

    def _settle(self) -> None:
        """Give a town without a position that of its parts, and gather the 丁目 of a name that is not itself listed."""
        numbered: dict[tuple[int, str], dict[int, Place]] = {}
        for key, places in self._places.items():
            found = _CHOME.fullmatch(key)
            for place in places:
                place.point = place.point or middle([part.point for part in place.parts.values() if part.point])
                if found:
                    numbered.setdefault((place.area, found.group(1)), {})[int(found.group(2))] = place
        for (area, base), chomes in numbered.items():
            listed = next((place for place in self._places.get(base, ()) if place.area == area), None)
            if listed is None:
                name = _NUMBERED_END.sub("", next(iter(chomes.values())).name)
                listed = Place(area, name, marked=False, numbered=chomes)
                listed.point = middle([place.point for place in chomes.values() if place.point])
                self._places.setdefault(base, []).append(listed)
            for place in chomes.values():
                place.point = place.point or listed.point

    def points(self, area: int) -> list[Point]:
        """One point for each town of a municipality."""
        return [
            place.point for places in self._places.values() for place in places if place.area == area and place.point
        ]

    def longest(self, text: str, start: int, breaks: frozenset[int], areas: frozenset[int]) -> list[Match]:
        """The places whose names reach furthest into the folded `text` from `start`; several if they reach equally far.

        `breaks` are the positions at which the person left a space, `areas` the municipalities that come into question.
        """
        marked = text.startswith("字", start)
        best: list[Match] = []
        for begin in {start, start + marked}:
            for end in range(min(len(text), begin + self._longest), begin, -1):
                for place in self._places.get(text[begin:end], ()):
                    if place.area not in areas:
                        continue
                    match = self._deepest(text, end, breaks, place)
                    if not best or match.end > best[0].end:
                        best = [match]
                    elif match.end == best[0].end:
                        self._weigh(match, best, marked=marked)
        return best

    @classmethod
    def _weigh(cls, match: Match, best: list[Match], *, marked: bool) -> None:
        """Keep one match for each municipality."""
        for position, other in enumerate(best):
            if other.place.area == match.place.area:
                if cls._better(match, other, marked=marked):
                    best[position] = match
                return
        best.append(match)

    @staticmethod
    def _better(match: Match, other: Match, *, marked: bool) -> bool:
        """Which of two that reach equally far in one municipality is meant.

        A listed name before one that is only gathered from its 丁目 (荒井 + 東 before 荒井東[一丁目]); of 字上野 and 上野, the
        one that is written as the address is.
        """
        if bool(match.place.numbered) != bool(other.place.numbered):
            return not match.place.numbered
        return bare(match.place.name) == bare(other.place.name) and match.place.marked == marked != other.place.marked

    @staticmethod
    def _deepest(text: str, end: int, breaks: frozenset[int], place: Place) -> Match:
        if place.numbered:
            short = _SHORT_CHOME.match(text, end)
            if short and int(short.group(1)) in place.numbered:
                return Match(short.end(1), place.numbered[int(short.group(1))], None)
        begin = end + text.startswith("字", end)
        for reach in range(len(text), begin, -1):
            part = place.parts.get(text[begin:reach])
            if part and (reach in breaks or _AFTER_PART.match(text, reach)):
                return Match(reach, place, part)
        return Match(end, place, None)
