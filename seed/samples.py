"""The sample: five municipalities of the field, with fictional people and places."""

from __future__ import annotations

import json
from datetime import date, datetime
from importlib.resources import files
from typing import Any

from sqlmodel import Session

from models.municipality import Municipality
from seed.applying import apply
from seed.gtfs import keep_feed, read_feed
from seed.locating import locator
from seed.municipal_settings import add_municipality
from seed.previewing import preview
from seed.reading import read

PARTS = ("catalogue", "participants")
TIMETABLE = "gtfs"
SAMPLE = "sample"


def sample_settings() -> list[dict[str, Any]]:
    """The settings of the five municipalities, the first being the one shown first."""
    text = (files("seed") / "sample" / "municipalities.json").read_text(encoding="utf-8")
    settings: list[dict[str, Any]] = json.loads(text)
    return settings


def add_sample_municipalities(session: Session) -> list[Municipality]:
    """Add all five, marked as what they are; the session must see everywhere."""
    return [add_municipality(session, settings | {SAMPLE: True}) for settings in sample_settings()]


def is_sample(municipality: Municipality) -> bool:
    """Whether this is one of ours to try things with, where everybody knows the passwords."""
    return (municipality.settings or {}).get(SAMPLE) is True


def fill_sample(session: Session, key: str, *, at: datetime, on: date) -> None:
    """Import the sample files of one municipality into its own session, the way any file is imported."""
    for part in PARTS:
        source = files("seed") / "sample" / key / f"{part}.json"
        if not source.is_file():
            # Settings alone: a municipality that begins with an empty catalogue.
            continue
        content = source.read_bytes()
        plan = preview(session, read(content, f"{key}-{part}.json"), on=on)
        if plan.problems:
            raise AssertionError([problem.sentence for problem in plan.problems])
        apply(session, plan, at=at, on=on, locate=locator(session))
    timetable = files("seed") / "sample" / key / TIMETABLE
    if timetable.is_dir():
        keep_feed(session, read_feed(timetable), source=timetable.name, at=at)
