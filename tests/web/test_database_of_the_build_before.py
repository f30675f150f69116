"""A database in which people worked with the build of 2026-11-25 goes on with this one: nothing is lost, all can be read.

`build_before/` holds it as that build left it, one file for each kind of database (written by `iterdump` and `pg_dump
--inserts`): two towns, six accounts, imports done, left and waiting, a confirmed host from a list, a timetable, towns
with coordinates, rounds of proposals; consents of one person stand doubled, as two imports at once left them.
"""

from __future__ import annotations

import gzip
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from alembic import command
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, make_url, text
from sqlmodel import Session, select

from models.database import make_engine
from models.migrate import alembic_config, upgrade
from models.scope import EVERYWHERE, open_session
from models.tables import Consent, Municipality, Opportunity, Organization, ProposalRound, Site
from seed.applying import apply
from seed.previewing import Preview, preview
from seed.reading import read
from tests.web.conftest import NOW, TODAY, FrozenClock, sign_in, token_of
from web.app import create_app
from web.settings import Settings

KEPT = Path(__file__).parent / "build_before"
LISTS = Path(__file__).parents[1] / "seed" / "lists" / "inputs"
ROWS = {
    "account": 6,
    "account_role": 6,
    "assessment": 4,
    "catalogue_change": 46,
    "consent": 7,
    "district": 7,
    "household": 3,
    "household_member": 4,
    "import_batch": 8,
    "kept_catalogue": 2,
    "kept_timetable": 1,
    "municipality": 2,
    "opportunity": 19,
    "organization": 9,
    "participant": 4,
    "placement": 1,
    "proposal": 2,
    "proposal_round": 7,
    "sign_in_attempt": 5,
    "site": 13,
    "slot": 16,
    "town": 7,
    "transit_feed": 1,
    "transit_service": 1,
    "transit_stop": 3,
    "transit_trip": 3,
}
DOUBLED = 2
NOTED_TWICE = 2
"""A right password left two notes, the first as a failure; one remains."""


@pytest.fixture
def before(empty_url: str) -> Iterator[Engine]:
    """The database as the build before left it, not migrated yet."""
    address = make_url(empty_url)
    content = gzip.decompress((KEPT / f"{address.get_backend_name()}.sql.gz").read_bytes()).decode()
    if address.get_backend_name() == "sqlite":
        path = Path(address.database or "")
        path.parent.mkdir()
        with sqlite3.connect(path) as connection:
            connection.executescript(content)
    else:
        with psycopg.connect(empty_url.replace("+psycopg", "")) as connection:
            connection.execute(content.encode())
    engine = make_engine(empty_url)
    yield engine
    engine.dispose()


@pytest.fixture
def after(before: Engine) -> Engine:
    upgrade(before)
    return before


@pytest.fixture
def grown(settings: Settings, after: Engine, clock: FrozenClock) -> Flask:
    return create_app(settings, engine=after, clock=clock)


def counted(engine: Engine) -> dict[str, int]:
    with engine.connect() as connection:
        return {table: connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one() for table in ROWS}


def test_every_row_is_there_and_of_doubled_consents_one_a_withdrawal_of_any_copy_counting(before: Engine) -> None:
    assert counted(before) == ROWS
    upgrade(before)
    command.check(alembic_config(before))
    assert counted(before) == {
        **ROWS,
        "consent": ROWS["consent"] - DOUBLED,
        "sign_in_attempt": ROWS["sign_in_attempt"] - NOTED_TWICE,
    }
    with open_session(before, municipality_id=EVERYWHERE) as session:
        kept = session.exec(select(Consent)).all()
    assert len({(one.participant_id, one.kind, one.organization_ref, one.given_on) for one in kept}) == len(kept)
    assert len({(one.participant_id, one.position) for one in kept}) == len(kept)
    assert [str(one.withdrawn_on) for one in kept if one.withdrawn_on] == ["2026-11-23"]


def entered(app: Flask, login: str) -> FlaskClient:
    client = app.test_client()
    assert sign_in(client, login).status_code == 303
    return client


def links(client: FlaskClient, page: str, pattern: str) -> list[str]:
    answer = client.get(page)
    assert answer.status_code == 200, page
    return sorted(set(re.findall(rf'href="({pattern})"', answer.text)))


ONE = "[0-9a-f-]{36}"


def test_people_sign_in_as_before_and_open_all_they_had(grown: Flask, after: Engine) -> None:
    with open_session(after, municipality_id=EVERYWHERE) as everywhere:
        all_rounds = everywhere.exec(select(ProposalRound.id, ProposalRound.participant_id)).all()
    seen = {}
    for login, people, rounds, places, imports in (("minato-co", 3, 6, 14, 2), ("oshu-co", 1, 1, 5, 6)):
        client = entered(grown, login)
        seen[login] = links(client, "/people?who=all", f"/people/{ONE}")
        kept = [
            f"{person}/proposals/{one}"
            for person in seen[login]
            for one, whose in all_rounds
            if person.endswith(str(whose))
        ]
        stand = links(client, "/places", f"/places/{ONE}")
        done = links(client, "/imports", f"/imports/{ONE}")
        assert [len(seen[login]), len(kept), len(stand), len(done)] == [people, rounds, places, imports]
        for address in (*kept, *stand, *done, "/account"):
            assert client.get(address).status_code == 200, address
        for person in seen[login]:
            sent = client.post(f"{person}/proposals", data={"csrf_token": token_of(client.get(person).text)})
            assert sent.status_code == 303
            assert client.get(urlsplit(sent.location).path).status_code == 200
    assert {client.get(person).status_code for person in seen["minato-co"]} == {404}
    assert counted(after)["proposal_round"] == ROWS["proposal_round"] + 4


def test_what_waited_is_imported_and_what_has_no_journal_is_not_offered_to_be_taken_back(
    grown: Flask, after: Engine
) -> None:
    client = entered(grown, "oshu-co")
    pages = {one: client.get(one).text for one in links(client, "/imports", f"/imports/{ONE}")}
    assert not [one for one, page in pages.items() if f"{one}/take-back" in page]
    (waiting,) = (one for one, page in pages.items() if f'action="{one}/apply"' in page)
    sent = dict(re.findall(r'<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"', pages[waiting]))
    assert client.post(f"{waiting}/apply", data=sent).status_code == 303
    assert counted(after)["site"] == ROWS["site"] + 4


@pytest.fixture
def oshu(after: Engine) -> Iterator[Session]:
    with open_session(after, municipality_id=EVERYWHERE) as everywhere:
        key = everywhere.exec(select(Municipality.id).where(Municipality.key == "oshu")).one()
    with open_session(after, municipality_id=key) as session:
        yield session


def bring_in(session: Session, name: str) -> Preview:
    plan = preview(session, read((LISTS / name).read_bytes(), name), on=TODAY)
    apply(session, plan, at=NOW, on=TODAY)
    session.commit()
    session.expire_all()
    return plan


def test_a_list_finds_its_own_rows_again_and_another_one_with_the_same_numbers_leaves_the_confirmed_host(
    oshu: Session,
) -> None:
    sites = sorted(oshu.exec(select(Site.name)).all())
    assert bring_in(oshu, "ids-list-a-toilets.csv").count("new") == 0
    assert bring_in(oshu, "phones-one-owner.csv").count("new") == 0
    assert sorted(oshu.exec(select(Site.name)).all()) == sites
    assert bring_in(oshu, "ids-list-a-toilets.csv").count("changed") == 0
    bring_in(oshu, "ids-list-b-halls.csv")
    host = oshu.exec(select(Organization).where(Organization.ref == "od-032158-1-org")).one()
    activity = oshu.exec(select(Opportunity).where(Opportunity.ref == "od-032158-1-opp")).one()
    assert (host.name, host.status) == ("ひばり広場トイレ", "open")
    assert (activity.title, activity.status) == ("朝のそうじの手伝い", "open")
    assert sorted(oshu.exec(select(Site.name)).all()) == sorted([*sites, "こぶし集会所", "ひばり集会所"])
