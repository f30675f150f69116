"""Where an address lies, by the list of towns that the installation has loaded (住所から場所を求める)."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from sqlmodel import Session, col, delete, select

from models import gazetteer
from models.municipality import Municipality
from seed.applying import Locate, Located
from seed.gazetteer import Town
from seed.geocoding import GazetteerGeocoder
from seed.municipalities import Municipality as Covered

FLUSH_EVERY = 500


def keep_towns(
    session: Session,
    towns: Iterable[Town],
    *,
    source: str,
    walk: Callable[[list[Town]], Iterable[Town]] = iter,
) -> int:
    """Replace the stored towns of the municipalities that the list covers; returns how many are kept."""
    listed = {(town.prefecture, town.municipality, town.town, town.koaza): town for town in towns}
    covered = {town.municipality for town in listed.values()}
    session.execute(delete(gazetteer.Town).where(col(gazetteer.Town.municipality).in_(covered)))
    for number, town in enumerate(walk(list(listed.values())), start=1):
        session.add(
            gazetteer.Town(
                prefecture=town.prefecture,
                municipality=town.municipality,
                municipality_code=town.code,
                town=town.town,
                koaza=town.koaza,
                latitude=town.latitude,
                longitude=town.longitude,
                source=source,
            )
        )
        if number % FLUSH_EVERY == 0:
            session.flush()
    session.flush()
    return len(listed)


def locator(session: Session) -> Locate:
    """A function from an address to its place: the finest level the loaded towns know, else the municipality's centre."""
    towns = [
        Town(row.prefecture, row.municipality, row.municipality_code, row.town, row.koaza, row.latitude, row.longitude)
        for row in session.exec(select(gazetteer.Town)).all()
    ]
    ours = session.exec(select(Municipality)).first()
    home = [Covered(ours.prefecture or "", ours.name, ours.code, ours.latitude, ours.longitude)] if ours else []
    geocoder = GazetteerGeocoder(towns, municipalities=home)

    def locate(address: str) -> Located | None:
        found = geocoder.geocode(address)
        if found is None or isinstance(found, list):
            return None
        return Located(found.latitude, found.longitude, found.raw["level"])

    return locate
