"""What every test may use: an empty migrated database on both engines, one municipality, and the practice cases."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from sqlalchemy import URL, Connection, Engine, make_url, text
from sqlmodel import Session, SQLModel

from models import tables
from models.database import make_engine
from models.migrate import upgrade
from models.scope import EVERYWHERE, open_session
from seed.municipal_settings import add_municipality
from tests.cluster import NoPostgresError, private_cluster

# A busy machine is no fault of the code: nothing here is judged by the clock.
hypothesis_settings.register_profile("clockless", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("clockless")


_WATCHING = pytest.StashKey[tuple[Any, Any]]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Which lines are reached is counted once: not while a test is set up, not on the second database, not a hundred
    times by a property, not for each case of a test. To watch every line takes as long as to run it.

    What watches is taken away by hand: a worker of the tests is watched twice over, and who stops the one wakes the
    other.
    """
    watching = sys.gettrace(), threading.gettrace()
    if not type(watching[0]).__module__.startswith("coverage"):  # nobody watches, or somebody who looks for a fault
        return (yield)
    item.stash[_WATCHING] = watching
    _watch(None, None)
    try:
        return (yield)
    finally:
        _watch(*watching)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    if _WATCHING not in item.stash or _seen_already(item):
        return (yield)
    _watch(*item.stash[_WATCHING])
    try:
        return (yield)
    finally:
        _watch(None, None)


def _watch(here: Any, threads_too: Any) -> None:
    threading.settrace(threads_too)
    sys.settrace(here)


_SEEN: set[str] = set()


def _seen_already(item: pytest.Item) -> bool:
    if "postgresql" in item.name or getattr(getattr(item, "obj", None), "is_hypothesis_test", False):
        return True
    if item.get_closest_marker("unwatched"):
        return True
    test = item.nodeid.partition("[")[0]
    seen = test in _SEEN
    _SEEN.add(test)
    return seen


ON = date(2026, 11, 24)
AT = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
CASES = Path(__file__).parent / "cases"
SHARED = Path(__file__).parents[2] / "shared"


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    """A private cluster on loopback, for this run alone."""
    try:
        with private_cluster("full_page_writes=off", "synchronous_commit=off") as url:
            yield url
    except NoPostgresError as problem:
        pytest.fail(str(problem))


@pytest.fixture(scope="session")
def _migrated(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[str], Engine]]:
    """An engine for each kind of database, migrated once a run."""
    engines: dict[str, Engine] = {}

    def migrated(kind: str) -> Engine:
        if kind not in engines:
            folder = tmp_path_factory.mktemp("database")
            url = f"sqlite:///{folder / 'test.db'}" if kind == "sqlite" else request.getfixturevalue("postgresql_url")
            engines[kind] = make_engine(url)
            upgrade(engines[kind])
        return engines[kind]

    yield migrated
    for engine in engines.values():
        engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, _migrated: Callable[[str], Engine]) -> Iterator[Engine]:
    """An empty migrated database: the same tests run on both."""
    migrated = _migrated(request.param)
    yield migrated
    assert tables.__all__
    emptying = [f'DELETE FROM "{table.name}"' for table in reversed(SQLModel.metadata.sorted_tables)]
    with migrated.begin() as connection:
        # PostgreSQL takes them all in one message.
        for statement in [";".join(emptying)] if request.param == "postgresql" else emptying:
            connection.exec_driver_sql(statement)


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database in which nothing is yet, not even a schema: the same tests run on both."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'fresh' / 'fresh.db'}"
        return
    address = make_url(request.getfixturevalue("postgresql_url"))
    with _server_itself(address) as connection:
        connection.execute(text("DROP DATABASE IF EXISTS fresh WITH (FORCE)"))
        connection.execute(text("CREATE DATABASE fresh"))
    yield address.set(database="fresh").render_as_string(hide_password=False)
    with _server_itself(address) as connection:
        connection.execute(text("DROP DATABASE IF EXISTS fresh WITH (FORCE)"))


@contextmanager
def _server_itself(address: URL) -> Iterator[Connection]:
    engine = make_engine(address.render_as_string(hide_password=False))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        yield connection
    engine.dispose()


@pytest.fixture
def municipality(engine: Engine) -> tables.Municipality:
    """米子市, where the practice cases live."""
    return add_one(engine, "yonago", "31202", "米子市")


@pytest.fixture
def session(engine: Engine, municipality: tables.Municipality) -> Iterator[Session]:
    """A session of that municipality."""
    with open_session(engine, municipality_id=municipality.id) as opened:
        yield opened


def add_one(engine: Engine, key: str, code: str, name: str) -> tables.Municipality:
    with open_session(engine, municipality_id=EVERYWHERE) as opened:
        settings = {"key": key, "code": code, "name": name, "latitude": 35.4281, "longitude": 133.3311}
        added = add_municipality(opened, settings)
        opened.commit()
        return added
