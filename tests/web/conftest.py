"""The house as its users meet it: a real database, a clock that stands still, people who sign in."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from jinja2.bccache import Bucket, BytecodeCache
from sqlalchemy import Engine, event
from sqlmodel import Session, select
from werkzeug.test import TestResponse

from models.account import Role
from models.municipality import District, Municipality
from models.participant import Participant
from models.scope import EVERYWHERE, open_session
from models.tables import ProposalRound
from seed.applying import apply
from seed.previewing import preview
from seed.reading import read
from tests.once import made_once
from web.app import create_app
from web.clock import TOKYO
from web.services import passwords
from web.services.accounts import add_account
from web.settings import Settings

HERE = Path(__file__).parent
PASSWORD = "えんがわで 茶をのむ 午後"
NOW = datetime(2026, 11, 24, 4, 30, tzinfo=UTC)
TODAY = date(2026, 11, 24)
SECRET = "this secret serves the tests and nothing else"


@dataclass
class FrozenClock:
    """A clock that moves only when told to."""

    at: datetime = NOW

    def now(self) -> datetime:
        return self.at

    def today(self) -> date:
        return self.at.astimezone(TOKYO).date()

    def forward(self, **span: float) -> None:
        self.at += timedelta(**span)


@dataclass
class Town:
    """A municipality filled with the practice people and places, and who works there."""

    id: UUID
    accounts: dict[Role, str]
    people: dict[str, UUID] = field(default_factory=dict)


PracticeFile = Callable[[str], bytes]


@pytest.fixture(scope="session")
def practice_file() -> PracticeFile:
    return lambda name: (HERE.parent / "cases" / name).read_bytes()


@pytest.fixture
def clock() -> FrozenClock:
    return FrozenClock()


@pytest.fixture
def settings() -> Settings:
    return Settings(secret_key=SECRET, database_url="unused", upload_limit=2 * 1024 * 1024)


class Compiled(BytecodeCache):
    """Templates as they were compiled for the app of another test: a third of the time of all pages went there."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._kept:
            bucket.bytecode_from_string(self._kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept[bucket.key] = bucket.bytecode_to_string()


_COMPILED = Compiled()


@pytest.fixture
def app(settings: Settings, engine: Engine, clock: FrozenClock) -> Flask:
    made = create_app(settings, engine=engine, clock=clock)
    made.jinja_env.bytecode_cache = _COMPILED
    return made


def add_town(engine: Engine, key: str, name: str) -> Town:
    """A municipality with one account a role; the sign-in name is `<key>-<role>`."""
    with open_session(engine, municipality_id=EVERYWHERE) as session:
        municipality = Municipality(key=key, code="31202", name=name, latitude=35.4281, longitude=133.3311)
        session.add(municipality)
        session.flush()
        accounts = {}
        for role in Role:
            accounts[role] = f"{key}-{role.value}".lower()
            add_account(
                session,
                municipality_id=municipality.id,
                login=accounts[role],
                display_name=f"職員{role.value}",
                roles=[role],
                password=PASSWORD,
                any_password=True,
                at=NOW,
            )
        session.commit()
        return Town(municipality.id, accounts)


def fill(engine: Engine, town: Town, *contents: tuple[str, bytes]) -> None:
    """Import files the way any file is imported."""
    with open_session(engine, municipality_id=town.id) as session:
        for name, content in contents:
            plan = preview(session, read(content, name), on=TODAY)
            apply(session, plan, at=NOW, on=TODAY)
        town.people = {row.ref: row.id for row in session.exec(select(Participant)).all()}
        for district in session.exec(select(District)).all():
            district.latitude, district.longitude = 35.454, 133.355
        session.commit()


@pytest.fixture(autouse=True)
def quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same argon2id with the smallest cost: ten accounts a test would take seconds otherwise."""
    hash_quickly(monkeypatch)


def hash_quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(passwords, "_hasher", quick)
    monkeypatch.setattr(passwords, "_nobody", quick.hash("nobody"))


@pytest.fixture
def town(engine: Engine, practice_file: PracticeFile) -> Town:
    def make() -> Town:
        made = add_town(engine, "minato", "みなと市")
        files = ("catalogue.json", "participants.json")
        fill(engine, made, *((name, practice_file(name)) for name in files))
        return made

    return made_once(engine, "filled", make)


@pytest.fixture
def empty_town(engine: Engine) -> Town:
    return made_once(engine, "empty", lambda: add_town(engine, "minato", "みなと市"))


@pytest.fixture
def other_town(engine: Engine) -> Town:
    return add_town(engine, "yama", "やま町")


def token_of(page: str) -> str:
    """The CSRF token of the first form of a page."""
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert found, "the page has no form"
    return found[1]


def sign_in(client: FlaskClient, login: str, password: str = PASSWORD, **query: str) -> TestResponse:
    """Fill in the sign-in form and send it."""
    page = client.get("/signin", query_string=query)
    return client.post(
        "/signin",
        query_string=query,
        data={"csrf_token": token_of(page.text), "sign_in_name": login, "password": password},
    )


@pytest.fixture
def signed_in(app: Flask) -> Callable[[Town, Role], FlaskClient]:
    """A browser of somebody who is signed in."""

    def enter(town: Town, role: Role = Role.CO) -> FlaskClient:
        client = app.test_client()
        assert sign_in(client, town.accounts[role]).status_code == 303
        return client

    return enter


def kept_round(session: Session, participant_id: UUID, **changed: Any) -> UUID:
    """Keep the round of the fixture file for this person, as the service would."""
    kept = json.loads((HERE / "kept_round.json").read_text(encoding="utf-8"))
    kept["result"].update(changed)
    round_ = ProposalRound(
        participant_id=participant_id,
        asked_at=NOW,
        on=TODAY,
        engine_version="1",
        weights_version="1",
        pool_revision=1,
        weights={},
        rules=[],
        profile={},
        result=kept["result"],
        facts=kept["facts"],
    )
    session.add(round_)
    session.flush()
    return round_.id


@pytest.fixture
def queries(engine: Engine) -> Iterator[list[str]]:
    """Every statement sent to the database while the test runs; clear it before the part that counts."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        sent.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield sent
    event.remove(engine, "before_cursor_execute", note)
