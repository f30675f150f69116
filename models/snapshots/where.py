"""Where a site or a home lies, and how far off that may be."""

from __future__ import annotations

from typing import NamedTuple

from models.site import Site

Point = tuple[float, float]
"""Latitude and longitude in degrees."""
ERROR_KM = {"about_100m": 0.1, "koaza": 0.5, "town": 1.0, "district": 2.5, "municipality": 15.0}
"""How far off a position of each exactness may be (interchange location_precision, levels of geocoding)."""


class Located(NamedTuple):
    """Where somebody or something is, and how far off that may be; without coordinates nobody knows."""

    latitude: float | None
    longitude: float | None
    error_km: float


NOWHERE = Located(None, None, 0.0)


def place_of(site: Site | None, centre: Point | None) -> Located:
    """Coordinates given by hand, else those found from the address, else the middle of the district."""
    if site is None:
        return NOWHERE
    given = located(site.latitude, site.longitude, site.location_precision)
    if given is not None:
        return given
    found = located(site.located_latitude, site.located_longitude, site.located_level)
    if found is not None and (site.located_level != "municipality" or centre is None):
        return found
    return middle(centre)


def located(latitude: float | None, longitude: float | None, exactness: str | None) -> Located | None:
    if latitude is None or longitude is None:
        return None
    return Located(latitude, longitude, ERROR_KM.get(exactness or "", 0.0))


def middle(centre: Point | None) -> Located:
    return NOWHERE if centre is None else Located(*centre, ERROR_KM["district"])
