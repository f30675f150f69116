"""The 90 activities that the synthetic places offer, as they stand in `activities.csv`."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from matching.inputs.facts import Codes

Season = tuple[tuple[int, int], tuple[int, int]]


@dataclass(frozen=True)
class Activity:
    """What is typical of one activity; every place varies it."""

    title: str
    types: Codes
    needs: Codes
    loads: tuple[int, ...]
    hazards: Codes
    allergens: Codes
    hosts: Codes
    engagement: str
    size: str
    talk: int
    season: Season | None
    words: str
    role: str

    @property
    def online(self) -> bool:
        return self.loads[0] == 0

    @property
    def emergency(self) -> bool:
        return "urgent_shelter" in self.needs


@cache
def activities() -> tuple[Activity, ...]:
    with (Path(__file__).parent / "activities.csv").open(encoding="utf-8", newline="") as file:
        return tuple(_activity(row) for row in csv.DictReader(file))


def _activity(row: dict[str, str]) -> Activity:
    return Activity(
        title=row["title"],
        types=tuple(row["types"].split()),
        needs=tuple(row["needs"].split()),
        loads=tuple(int(level) for level in row["loads"]),
        hazards=tuple(row["hazards"].split()),
        allergens=tuple(row["allergens"].split()),
        hosts=tuple(row["hosts"].split()),
        engagement=row["engagement"],
        size=row["size"],
        talk=int(row["talk"]),
        season=_season(row["season"]),
        words=row["words"],
        role=row["role"],
    )


def _season(text: str) -> Season | None:
    if not text:
        return None
    first, last = (tuple(int(part) for part in day.split("-")) for day in text.split("/"))
    return (first[0], first[1]), (last[0], last[1])
