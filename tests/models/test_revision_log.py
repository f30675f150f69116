"""What an edit touches is noted with it: a pool brought up to date is the pool built anew, whatever was edited."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

import pytest
from sqlalchemy import Engine, event
from sqlmodel import Session, select

from matching.pool.building import build_pool
from matching.pool.opportunity_pool import OpportunityPool
from models import catalogue
from models.catalogue import calendar_of, municipality_of, opportunity_pool
from models.catalogue_facts import facts_of
from models.database import make_engine
from models.revision_log import MOST_READ, changed_between
from models.scope import open_session, scope_of
from models.tables import (
    CatalogueChange,
    District,
    Opportunity,
    Organization,
    Participant,
    Placement,
    Site,
    Slot,
)
from tests.conftest import CASES, ON
from tests.once import town_with
from tests.pools import columns_by_ref
from tests.seed.test_applying import bring_in

Edit = Callable[[Session, Random], object]


@pytest.fixture
def practice(engine: Engine) -> Iterator[Session]:
    told = json.loads((CASES / "catalogue.json").read_text(encoding="utf-8"))
    with town_with(engine, "practice places", lambda session: bring_in(session, told)) as session:
        yield session


@pytest.fixture
def elsewhere(engine: Engine, practice: Session) -> Iterator[Callable[[], Session]]:
    """Sessions of another process: nothing of what it keeps is known here."""
    other = make_engine(engine.url.render_as_string(hide_password=False))
    yield lambda: open_session(other, municipality_id=scope_of(practice))
    other.dispose()


def told(pool: OpportunityPool) -> tuple[Any, ...]:
    facts = sorted(pool.facts, key=lambda fact: fact.ref)
    districts = {str(pool.refs[row]): (*pool.districts, None)[number] for row, number in enumerate(pool.district)}
    return facts, repr(columns_by_ref(pool)), districts, pool.calendar


def anew(session: Session) -> OpportunityPool:
    return build_pool(facts_of(session), calendar_of(municipality_of(session), on=ON))


def one(session: Session, table: type[Any], draw: Random) -> Any:
    return draw.choice(session.exec(select(table).order_by(table.id)).all())


def close_a_place(session: Session, draw: Random) -> None:
    place = one(session, Opportunity, draw)
    place.open_places, place.title = draw.randrange(3), f"{draw.randrange(99)}番の活動"


def tire_a_host(session: Session, draw: Random) -> None:
    host = one(session, Organization, draw)
    host.burden, host.name = {"level": draw.randint(1, 5)}, f"{draw.randrange(99)}番の団体"


def change_the_time(session: Session, draw: Random) -> None:
    slot = one(session, Slot, draw)
    slot.start, slot.end = f"0{draw.randint(6, 9)}:00", "12:00"


def end_a_time(session: Session, draw: Random) -> None:
    session.delete(one(session, Slot, draw))


def add_a_time(session: Session, draw: Random) -> None:
    session.add(
        Slot(opportunity_id=one(session, Opportunity, draw).id, position=draw.randint(100, 10**6), days=["sun"])
    )


def find_a_site(session: Session, draw: Random) -> None:
    site = one(session, Site, draw)
    site.latitude, site.longitude = 35.4 + draw.random() / 10, 133.3 + draw.random() / 10


def lose_a_site(session: Session, draw: Random) -> None:
    site = one(session, Site, draw)
    site.latitude = site.longitude = site.located_latitude = site.located_longitude = site.located_level = None


def move_a_site(session: Session, draw: Random) -> None:
    one(session, Site, draw).district_id = one(session, District, draw).id


def warm_a_site(session: Session, draw: Random) -> None:
    one(session, Site, draw).heating = draw.choice(("yes", "no", None))


def open_a_place(session: Session, draw: Random) -> None:
    site = one(session, Site, draw)
    number = draw.randrange(10**6)
    row = Opportunity(ref=f"new-{number}", organization_id=site.organization_id, site_id=site.id, title="新しい活動")
    session.add(row)
    session.flush()
    session.add(Slot(opportunity_id=row.id, position=0, days=["mon"], start="10:00", end="11:00"))


def open_a_host(session: Session, draw: Random) -> None:
    number = draw.randrange(10**6)
    host = Organization(ref=f"host-{number}", name="新しい団体")
    session.add(host)
    session.flush()
    district = one(session, District, draw).id
    site = Site(ref=f"site-{number}", organization_id=host.id, name="会館", district_id=district)
    if draw.random() < 0.5:
        site.latitude, site.longitude = 35.4, 133.3
    session.add(site)
    session.flush()
    session.add(Opportunity(ref=f"own-{number}", organization_id=host.id, site_id=site.id, title="はじめての活動"))


def end_a_place(session: Session, draw: Random) -> None:
    place = one(session, Opportunity, draw)
    for slot in session.exec(select(Slot).where(Slot.opportunity_id == place.id)).all():
        session.delete(slot)
    session.flush()
    session.delete(place)


def rename_a_district(session: Session, draw: Random) -> None:
    district = one(session, District, draw)
    district.name, district.latitude, district.longitude = f"{draw.randrange(10**6)}区", 35.4, 133.4


def add_a_district(session: Session, draw: Random) -> None:
    session.add(District(name=f"新{draw.randrange(10**6)}"))


def move_the_holidays(session: Session, draw: Random) -> None:
    municipality_of(session).calendar = {"holidays": [f"2026-12-{draw.randint(10, 28)}"]}


EDITS: tuple[Edit, ...] = (
    close_a_place, tire_a_host, change_the_time, end_a_time, add_a_time, find_a_site, lose_a_site, move_a_site, warm_a_site,
    open_a_place, open_a_host, end_a_place, rename_a_district, add_a_district, move_the_holidays,
)  # fmt: skip


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.__name__)
def test_after_an_edit_the_pool_is_what_it_would_be_built_anew(
    practice: Session, elsewhere: Callable[[], Session], edit: Edit
) -> None:
    draw = Random(edit.__name__)
    for _ in range(3):
        with elsewhere() as other:
            opportunity_pool(other, on=ON)
        edit(practice, draw)
        practice.commit()
        with elsewhere() as other:
            pool, revision = opportunity_pool(other, on=ON)
            assert told(pool) == told(anew(other))
            assert revision == municipality_of(other).catalogue_revision


@pytest.mark.parametrize("seed", range(3))
def test_after_many_edits_seen_now_and_then_it_is_too(
    practice: Session, elsewhere: Callable[[], Session], seed: int
) -> None:
    draw = Random(seed)
    for number in range(24):
        draw.choice(EDITS)(practice, draw)
        if draw.random() < 0.3:
            practice.rollback()
        practice.commit()
        if number % 4 == 0:
            with elsewhere() as other:
                assert told(opportunity_pool(other, on=ON)[0]) == told(anew(other))
    assert told(opportunity_pool(practice, on=ON)[0]) == told(anew(practice))


def test_one_edited_place_is_told_without_reading_the_others(
    practice: Session, elsewhere: Callable[[], Session], monkeypatch: pytest.MonkeyPatch
) -> None:
    with elsewhere() as other:
        opportunity_pool(other, on=ON)
    close_a_place(practice, Random(1))
    practice.commit()
    monkeypatch.setattr(catalogue, "build_pool", None)
    with elsewhere() as other:
        read: list[Any] = []
        event.listen(other, "loaded_as_persistent", lambda _, row: read.append(row))
        opportunity_pool(other, on=ON)
    assert len([row for row in read if isinstance(row, Opportunity)]) == 1


def test_what_is_edited_and_not_yet_committed_is_seen_by_its_own_session_alone(
    practice: Session, elsewhere: Callable[[], Session]
) -> None:
    _, revision = opportunity_pool(practice, on=ON)
    place = practice.exec(select(Opportunity)).first()
    assert place
    place.title = "やめることにした名前"
    own, _ = opportunity_pool(practice, on=ON)
    assert "やめることにした名前" in {fact.title for fact in own.facts}
    practice.rollback()
    place = practice.exec(select(Opportunity)).first()
    assert place
    place.title = "ほんとうの名前"
    practice.commit()
    after, later = opportunity_pool(practice, on=ON)
    assert later == revision + 1
    titles = {fact.title for fact in after.facts}
    assert "ほんとうの名前" in titles
    assert "やめることにした名前" not in titles


def test_a_gap_among_the_changes_means_that_anything_may_have_changed(practice: Session) -> None:
    now = municipality_of(practice).catalogue_revision
    assert changed_between(practice, now, now) == frozenset()
    tire_a_host(practice, Random(2))
    practice.commit()
    assert changed_between(practice, now, now + 1)
    municipality_of(practice).catalogue_revision += 1
    practice.commit()
    assert changed_between(practice, now, now + 2) is None
    assert changed_between(practice, now + 1, now) is None
    assert changed_between(practice, now - MOST_READ - 1, now) is None


def test_a_site_written_over_unread_counts_as_anywhere(practice: Session) -> None:
    site = practice.exec(select(Site).where(Site.latitude != None)).first()  # noqa: E711
    assert site
    practice.expire(site)
    site.latitude = 35.0
    practice.commit()
    newest = select(CatalogueChange).order_by(CatalogueChange.revision.desc())  # type: ignore[attr-defined]
    change = practice.exec(newest).first()
    assert change is not None
    assert change.refs is None


def test_a_persons_placement_is_no_edit_of_the_catalogue(practice: Session) -> None:
    before = municipality_of(practice).catalogue_revision
    person = Participant(ref="p-1", display_name="ためしさん")
    practice.add(person)
    practice.flush()
    practice.add(Placement(participant_id=person.id, position=0, opportunity_ref="x", state="joined"))
    practice.commit()
    assert municipality_of(practice).catalogue_revision == before
