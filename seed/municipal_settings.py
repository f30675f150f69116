"""A municipality with its own words, from a settings record (自治体設定)."""

from __future__ import annotations

from typing import Any

from sqlmodel import Session, select

from models.municipality import District, Municipality
from seed.errors import ImportProblem

OWN_COLUMNS = ("key", "code", "name", "prefecture", "latitude", "longitude")


def add_municipality(session: Session, settings: dict[str, Any]) -> Municipality:
    """Add one municipality with its districts; names of roles, meetings and indicators go into its settings.

    ImportProblem says when its key is taken; the session must see everywhere.
    """
    taken = session.exec(select(Municipality).where(Municipality.key == settings["key"])).first()
    if taken is not None:
        message = f"key が「{taken.key}」の市町村（{taken.name}）は、もう登録されています。何も変えていません。"
        raise ImportProblem(message)
    municipality = Municipality(
        key=settings["key"],
        code=settings["code"],
        name=settings["name"],
        prefecture=settings.get("prefecture"),
        latitude=settings.get("latitude"),
        longitude=settings.get("longitude"),
        settings={name: value for name, value in settings.items() if name not in (*OWN_COLUMNS, "districts")},
    )
    session.add(municipality)
    session.flush()
    for district in settings.get("districts", ()):
        session.add(
            District(
                municipality_id=municipality.id,
                name=district["name"],
                group=district.get("group"),
                latitude=district.get("latitude"),
                longitude=district.get("longitude"),
            )
        )
    session.flush()
    return municipality
