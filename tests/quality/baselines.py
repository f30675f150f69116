"""Three simple ways to make a list, to see what the engine adds: the nearest, the most alike in words, the filters."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from geopy.distance import geodesic
from sklearn.feature_extraction.text import TfidfVectorizer

from tests.quality.scoring import TOP, Shown

Record = dict[str, Any]


def baselines(catalogue: Record, people: Sequence[Record]) -> dict[str, dict[str, Shown]]:
    """By the name of the way, what it would show to each person. None of them knows near misses."""
    sites = {site["id"]: site for site in catalogue["sites"]}
    places = catalogue["opportunities"]
    ways: dict[str, Callable[[Record], Mapping[str, float]]] = {
        "nearest first": lambda person: {
            place["id"]: -_kilometres(person, sites.get(place.get("site_id"))) for place in places
        },
        "text closeness": _closeness(places),
        "matched filters": lambda person: {place["id"]: float(_filters(person, place, sites)) for place in places},
    }
    return {name: {person["id"]: Shown(_first(way(person))) for person in people} for name, way in ways.items()}


def _first(worth: Mapping[str, float]) -> list[str]:
    return sorted(worth, key=lambda place: (-worth[place], place))[:TOP]


def _kilometres(person: Record, site: Record | None) -> float:
    if site is None or "latitude" not in site:
        return float("inf")
    return float(geodesic((person["latitude"], person["longitude"]), (site["latitude"], site["longitude"])).km)


def _closeness(places: Sequence[Record]) -> Callable[[Record], Mapping[str, float]]:
    words = TfidfVectorizer(analyzer="char", ngram_range=(2, 3))
    told = words.fit_transform(f"{place['title']} {place.get('plain_description', '')}" for place in places)

    def close(person: Record) -> Mapping[str, float]:
        own = " ".join(one["text"] for one in person["own_words"])
        asked = words.transform(
            [" ".join([own, *person["interests"].get("texts", ()), *person["strengths"].get("texts", ())])]
        )
        return {
            place["id"]: float(value) for place, value in zip(places, (told @ asked.T).toarray().ravel(), strict=True)
        }

    return close


def _filters(person: Record, place: Record, sites: Mapping[str, Record]) -> int:
    """How many of: a wished activity, a need it meets, a free weekday, the own district, no crossed work limit."""
    wished = {*person["interests"].get("activity_types", ()), *person["strengths"].get("activity_types", ())}
    free = {day for one in person["available"] for day in one.get("days", ())}
    held = {day for slot in place.get("slots", ()) for day in slot.get("days", ())}
    hazards = place.get("hazards", {})
    return sum(
        [
            bool(wished & set(place.get("activity_types", ()))),
            bool(set(person["needs"]) & set(place.get("meets_needs", ()))),
            bool(free & held),
            person["district"] == sites.get(place.get("site_id"), {}).get("district"),
            all(hazards.get(limit) != "yes" for limit in person["work_limits"]),
        ]
    )
