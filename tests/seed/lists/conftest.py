"""A town into which lists are imported one after the other."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from models.scope import open_session
from models.tables import Opportunity, Organization, Site, Slot
from seed.applying import apply
from seed.previewing import Preview, preview
from seed.reading import read
from tests.conftest import AT, ON, add_one

INPUTS = Path(__file__).parent / "inputs"
HEAD = "NO,市区町村名,名称,住所,電話番号"
BringIn = Callable[..., Preview]


@pytest.fixture
def oshu(engine: Engine) -> Session:
    """奥州市, empty."""
    municipality = add_one(engine, "oshu", "03215", "奥州市")
    with open_session(engine, municipality_id=municipality.id) as opened:
        yield opened


@pytest.fixture
def bring_in(oshu: Session) -> BringIn:
    """Import rows under the name of a list, or a file of the inputs."""

    def bring(*rows: str, name: str = "公共施設一覧", day: date | None = None, head: str = HEAD) -> Preview:
        content = "\n".join([head, *rows]).encode()
        return import_content(oshu, content, f"{name}.csv", list_name=name, list_date=day)

    return bring


def import_content(session: Session, content: bytes, name: str, **told: object) -> Preview:
    plan = preview(session, read(content, name, **told), on=ON)  # type: ignore[arg-type]
    apply(session, plan, at=AT, on=ON)
    session.commit()
    session.expire_all()
    return plan


def import_file(session: Session, name: str) -> Preview:
    return import_content(session, (INPUTS / name).read_bytes(), name)


def site(session: Session, name: str) -> Site:
    return session.exec(select(Site).where(Site.name == name)).one()


def opportunity_at(session: Session, name: str) -> Opportunity:
    return session.exec(select(Opportunity).where(Opportunity.site_id == site(session, name).id)).one()


def host_of(session: Session, name: str) -> Organization:
    found = session.get(Organization, site(session, name).organization_id)
    assert found is not None
    return found


def slots_at(session: Session, name: str) -> list[Slot]:
    wanted = opportunity_at(session, name).id
    return list(session.exec(select(Slot).where(Slot.opportunity_id == wanted).order_by(Slot.position)).all())


def names(session: Session) -> list[str]:
    """Every site by its name, doubled ones twice."""
    return sorted(session.exec(select(Site.name)).all())
