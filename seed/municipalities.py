"""The municipalities a list of towns covers: their names in an address, and their centres."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from seed.gazetteer import Town
from seed.place_names import fold, split_ward, without_county
from seed.town_index import Point, TownIndex, centre, middle

_COUNTY = re.compile(r"[^\d郡]{1,5}郡(?=[^\d]{1,6}?[町村])")


@dataclass(frozen=True, slots=True)
class Municipality:
    """市町村: a municipality the list covers. Without a position, its centre is found from its towns.

    `name` has the county (勇払郡厚真町) or the city (仙台市青葉区) before it where there is one.
    """

    prefecture: str
    name: str
    code: str = ""
    latitude: float | None = None
    longitude: float | None = None


class Area(NamedTuple):
    """A municipality as it is looked up."""

    prefecture: str
    name: str
    code: str
    given: Point | None = None
    wards: frozenset[int] = frozenset()
    """Numbers of its wards, where it is a designated city."""

    @property
    def divided(self) -> bool:
        """Whether 区 belongs to its official addresses."""
        return bool(self.wards) or split_ward(self.name)[0] != ""


class Naming(NamedTuple):
    """A municipality named at the beginning of an address: where its name ends, and which of ours it may be."""

    end: int
    areas: frozenset[int]


class Areas:
    """The municipalities by number."""

    def __init__(self, municipalities: Iterable[Municipality], towns: Iterable[Town]) -> None:
        self._areas: list[Area] = []
        self._numbers: dict[tuple[str, str], int] = {}
        for municipality in municipalities:
            point = None
            if municipality.latitude is not None and municipality.longitude is not None:
                point = Point(municipality.latitude, municipality.longitude)
            self._number(municipality.prefecture, municipality.name, municipality.code, point)
        given = len(self._areas)
        self.index = TownIndex([(self._number(town.prefecture, town.municipality, town.code), town) for town in towns])
        self._gather_wards()
        self.centres = self._find_centres()
        self.home = self._find_home(given)
        """The one municipality people mean when they name none; empty where there are several."""
        self._names: dict[str, set[int]] = {}
        for number, area in enumerate(self._areas):
            for name in (area.name, without_county(area.name), split_ward(area.name)[1]):
                self._names.setdefault(fold(name), set()).add(number)
        self._longest = max(map(len, self._names), default=0)

    def __getitem__(self, number: int) -> Area:
        return self._areas[number]

    def within(self, prefecture: str) -> frozenset[int]:
        """The municipalities that may lie in a prefecture ("" = any)."""
        return frozenset(
            number for number, area in enumerate(self._areas) if not prefecture or area.prefecture in ("", prefecture)
        )

    def with_wards(self, areas: frozenset[int]) -> frozenset[int]:
        return areas.union(*(self._areas[number].wards for number in areas))

    def named(self, text: str, allowed: frozenset[int]) -> list[Naming]:
        """The municipalities a folded address begins with, longest name first; the county may be there or not."""
        county = _COUNTY.match(text)
        found = []
        for begin in sorted({0, county.end() if county else 0}):
            for end in range(min(len(text), begin + self._longest), begin, -1):
                areas = self._names.get(text[begin:end], set()) & allowed
                if areas:
                    found.append(Naming(end, frozenset(areas)))
        return sorted(found, key=lambda naming: -naming.end)

    def city_of(self, names: set[str]) -> int | None:
        """The designated city all these municipalities are wards of; None where there is no such city."""
        cities = {split_ward(name)[0] for name in names}
        return next((number for number, area in enumerate(self._areas) if cities == {area.name}), None)

    def _number(self, prefecture: str, name: str, code: str = "", point: Point | None = None) -> int:
        """The number of a municipality; a list that leaves out its prefecture or its county means the one we know."""
        number = self._numbers.get((prefecture, name))
        if number is None:
            same = [known for known, area in enumerate(self._areas) if _may_be_same(area, prefecture, name)]
            number = same[0] if len(same) == 1 else len(self._areas)
        if number == len(self._areas):
            self._areas.append(Area(prefecture, name, code, point))
        else:
            area = self._areas[number]
            self._areas[number] = area._replace(
                prefecture=area.prefecture or prefecture, name=max(area.name, name, key=len), code=area.code or code
            )
        self._numbers[prefecture, name] = number
        return number

    def _gather_wards(self) -> None:
        """A designated city is an area of its own beside its wards, so that 仙台市… without a ward can be looked up."""
        wards: dict[tuple[str, str], set[int]] = {}
        for number, area in enumerate(self._areas):
            city, _ = split_ward(area.name)
            if city:
                wards.setdefault((area.prefecture, city), set()).add(number)
        for (prefecture, city), numbers in wards.items():
            number = self._number(prefecture, city)
            self._areas[number] = self._areas[number]._replace(wards=frozenset(numbers))

    def _find_centres(self) -> dict[int, Point]:
        centres: dict[int, Point] = {}
        # Wards first: a city without a centre of its own takes the middle of theirs.
        for number in sorted(range(len(self._areas)), key=lambda number: bool(self._areas[number].wards)):
            area = self._areas[number]
            wards = [centres[ward] for ward in area.wards if ward in centres]
            point = area.given or centre(self.index.points(number)) or middle(wards)
            if point:
                centres[number] = point
        return centres

    def _find_home(self, given: int) -> frozenset[int]:
        """The only municipality among the first `given` (of all, where none was given); empty if there are more.

        The wards of one designated city are one home.
        """
        numbers = range(given or len(self._areas))
        city_of = {ward: number for number, area in enumerate(self._areas) for ward in area.wards}
        homes = frozenset(city_of.get(number, number) for number in numbers)
        return homes if len(homes) == 1 else frozenset()


def _may_be_same(area: Area, prefecture: str, name: str) -> bool:
    """Whether only one of the two names its prefecture or its county; where both do, they must agree."""
    if prefecture and area.prefecture and prefecture != area.prefecture:
        return False
    bare = without_county(name)
    return area.name == name or (without_county(area.name) == bare and bare in (area.name, name))
