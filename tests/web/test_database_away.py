"""The database is away, busy or full: one clear sentence with our headers, nothing of anybody in the log, and back by itself."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, event, text
from sqlmodel import select
from werkzeug.test import TestResponse

from models.database import make_engine
from models.migrate import upgrade
from models.scope import open_session
from models.tables import ImportBatch, Participant
from tests.cluster import NoPostgresError, stoppable_cluster
from tests.web.conftest import SECRET, FrozenClock, Town, add_town, fill, sign_in, token_of
from web.app import create_app
from web.security import HEADERS
from web.settings import Settings

Enter = Callable[..., FlaskClient]
PERSON = b'{"format":"participation-participants","version":"1.0","participants":[{"id":"p-1","display_name":"\xe3\x81\x9f\xe3\x81\x91\xe3\x81\x95\xe3\x82\x93"}]}'


def explained(answer: TestResponse, status: int, title: str) -> None:
    """Our own page, complete: title, what to do, when to come again, and every header of ours."""
    assert answer.status_code == status
    assert f"<h1>{title}</h1>" in answer.text
    assert int(answer.headers["Retry-After"]) > 0
    for name, value in HEADERS.items():
        assert answer.headers[name] == value
    assert answer.headers["Cache-Control"] == "no-store"


@contextmanager
def sqlite_file_that_goes(folder: Path) -> Iterator[tuple[str, Callable[[], None], Callable[[], None]]]:
    """The folder stays, where a new and empty file could be made."""
    here, away = folder / "e.db", folder / "away.db"
    yield f"sqlite:///{here}", lambda: here.rename(away) and None, lambda: away.rename(here) and None
    assert not away.exists()


@contextmanager
def sqlite_that_goes(folder: Path) -> Iterator[tuple[str, Callable[[], None], Callable[[], None]]]:
    here, away = folder / "here", folder / "away"
    yield f"sqlite:///{here / 'e.db'}", lambda: here.rename(away) and None, lambda: away.rename(here) and None


@contextmanager
def postgresql_that_goes(_: Path) -> Iterator[tuple[str, Callable[[], None], Callable[[], None]]]:
    try:
        with stoppable_cluster() as cluster:
            yield cluster.url, cluster.stop, cluster.start
    except NoPostgresError as problem:
        pytest.fail(str(problem))


@pytest.mark.parametrize("database", [sqlite_that_goes, sqlite_file_that_goes, postgresql_that_goes])
def test_a_database_that_goes_away_is_explained_and_comes_back_by_itself(
    database: Any, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with database(tmp_path) as (url, stop, start):
        engine = make_engine(url)
        upgrade(engine)
        town = add_town(engine, "minato", "みなと市")
        fill(engine, town, ("p.json", PERSON))
        app = create_app(Settings(secret_key=SECRET, database_url=url), engine=engine, clock=FrozenClock())
        client = app.test_client()
        sign_in(client, "minato-co")
        person = f"/people/{town.people['p-1']}"
        token = token_of(client.get(person).text)
        assert (client.get("/health").status_code, client.get("/health").text) == (200, "ok\n")

        stop()
        with caplog.at_level(logging.WARNING):
            for address in ("/people", person, "/imports"):
                explained(client.get(address), 503, "いま、記録を開けません")
            explained(client.post(f"{person}/proposals", data={"csrf_token": token}), 503, "いま、記録を開けません")
            part = client.get("/people", headers={"HX-Request": "true"})
            assert (part.status_code, part.text.lstrip()[:4]) == (503, "<div")
            stranger = app.test_client()
            assert stranger.get("/signin").status_code == 200
            health = stranger.get("/health")
            assert (health.status_code, health.mimetype) == (503, "text/plain")
        assert "database away in people.person_view" in caplog.messages
        assert str(town.people["p-1"]) not in caplog.text
        assert "Traceback" not in caplog.text
        assert "sqlalche" not in caplog.text

        start()
        page = client.get(person)
        assert page.status_code == 200
        assert "たけさん" in page.text
        assert client.get("/health").status_code == 200
        engine.dispose()


@pytest.fixture
def hurried(engine: Engine) -> Iterator[Engine]:
    """The same database, where nobody waits long for a lock."""
    hurry = "PRAGMA busy_timeout=50" if engine.dialect.name == "sqlite" else "SET lock_timeout='100ms'"
    with _told(engine, hurry):
        yield engine


@contextmanager
def _told(engine: Engine, statement: str) -> Iterator[None]:
    """Every new connection is told something first."""

    def tell(connection: Any, _: object) -> None:
        connection.cursor().execute(statement)
        if engine.dialect.name == "postgresql":
            connection.commit()

    event.listen(engine, "connect", tell)
    engine.dispose()
    try:
        yield
    finally:
        event.remove(engine, "connect", tell)
        engine.dispose()


def choose_a_day(client: FlaskClient, person: str) -> TestResponse:
    token = token_of(client.get(person).text)
    return client.post(
        f"{person}/next-visit", data={"csrf_token": token, "next_visit_on": "2026-12-01", "next_visit_how": "phone"}
    )


def _one_person(engine: Engine, town: Town) -> str:
    fill(engine, town, ("p.json", PERSON))
    return f"/people/{town.people['p-1']}"


def test_who_waited_in_vain_reads_that_somebody_else_is_writing(
    hurried: Engine, signed_in: Enter, empty_town: Town
) -> None:
    person = _one_person(hurried, empty_town)
    client = signed_in(empty_town)
    with hurried.connect() as other:
        if other.dialect.name == "sqlite":
            other.exec_driver_sql("COMMIT")
            other.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            other.execute(text("SELECT id FROM participant FOR UPDATE"))
        explained(choose_a_day(client, person), 503, "いま、ほかの人が書き込んでいます")
        other.rollback()
    assert choose_a_day(client, person).status_code == 303


def test_a_full_disk_says_so_and_loses_nothing(engine: Engine, signed_in: Enter, empty_town: Town) -> None:
    person = _one_person(engine, empty_town)
    client = signed_in(empty_town)
    file = b"\xef\xbb\xbf" + "団体名,活動名,備考\n".encode() + f"花の会,花の水やり,{'花' * 20}\n".encode() * 9_000
    with _full(engine):
        token = token_of(client.get("/imports").text)
        sent = client.post("/imports", data={"csrf_token": token, "file": (BytesIO(file), "a.csv")})
        explained(sent, 507, "保存する場所がいっぱいです")
        assert client.get(person).status_code == 200
    with open_session(engine, municipality_id=empty_town.id) as session:
        assert session.get(Participant, empty_town.people["p-1"])
        assert session.exec(select(ImportBatch.id)).all() == []
    assert choose_a_day(client, person).status_code == 303


@contextmanager
def _full(engine: Engine) -> Iterator[None]:
    """SQLite may not grow; PostgreSQL raises what a full disk makes it raise."""
    if engine.dialect.name == "sqlite":
        # Pages that other tests have left empty would still be filled.
        with engine.connect() as connection:
            connection.connection.driver_connection.execute("VACUUM")
        with _told(engine, "PRAGMA max_page_count=1"):
            yield
        return
    with _raising(engine, "import_batch", "RAISE 'could not extend file' USING ERRCODE = '53100';"):
        yield


@contextmanager
def _raising(engine: Engine, table: str, body: str) -> Iterator[None]:
    with engine.begin() as connection:
        connection.execute(text("CREATE SEQUENCE tried"))
        connection.execute(
            text(f"CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} RETURN NEW; END $$")
        )
        connection.execute(
            text(f"CREATE TRIGGER fails BEFORE INSERT OR UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION fail()")
        )
    try:
        yield
    finally:
        with engine.begin() as connection:
            connection.execute(text(f"DROP TRIGGER fails ON {table}"))
            connection.execute(text("DROP FUNCTION fail"))
            connection.execute(text("DROP SEQUENCE tried"))


@pytest.mark.parametrize(("code", "losses", "status"), [("40001", 1, 303), ("40P01", 2, 503)])
def test_who_loses_against_another_transaction_is_done_once_more(
    engine: Engine, signed_in: Enter, empty_town: Town, code: str, losses: int, status: int
) -> None:
    if engine.dialect.name == "sqlite":
        pytest.skip("SQLite has one writer: nobody loses")
    person = _one_person(engine, empty_town)
    client = signed_in(empty_town)
    with _raising(
        engine, "participant", f"IF nextval('tried') <= {losses} THEN RAISE 'x' USING ERRCODE = '{code}'; END IF;"
    ):
        assert choose_a_day(client, person).status_code == status
    with open_session(engine, municipality_id=empty_town.id) as session:
        kept = session.get(Participant, empty_town.people["p-1"])
        assert kept is not None
        assert (kept.next_visit_on is not None) == (status == 303)
