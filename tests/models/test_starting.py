"""A start that is killed is mended by the next one; two at once wait for one another."""

from __future__ import annotations

import time
from multiprocessing.synchronize import Barrier, Event
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import inspect, text

from models.alone import alone
from models.database import make_engine
from models.migrate import NewerDatabaseError, alembic_config, is_known_revision, upgrade
from tests.processes import AT_ONCE, LONGEST, in_a_process, kill_at_statement, killed


def migrate_until_statement(url: str, number: int) -> None:
    engine = make_engine(url)
    kill_at_statement(engine, number)
    upgrade(engine)


def migrate_at_once(url: str, gate: Barrier) -> None:
    gate.wait(LONGEST)
    engine = make_engine(url)
    upgrade(engine)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM municipality")).scalar_one() == 0


def read_after_the_first(url: str, taken: Event) -> None:
    assert taken.wait(LONGEST)
    with alone(make_engine(url)) as connection:
        assert connection.execute(text("SELECT word FROM told")).scalars().all() == ["first"]


def test_migrating_that_is_killed_anywhere_leaves_nothing_and_is_mended_by_the_next_start(empty_url: str) -> None:
    deaths = 0
    for number in (1, 2, 7, 20, 45, 90):
        deaths += killed(in_a_process(migrate_until_statement, empty_url, number))
        engine = make_engine(empty_url)
        assert inspect(engine).get_table_names() == [], number
        engine.dispose()
    assert deaths == 6
    engine = make_engine(empty_url)
    upgrade(engine)
    command.check(alembic_config(engine))
    engine.dispose()


def test_several_starts_at_once_on_an_empty_database_all_come_up(empty_url: str) -> None:
    gate = AT_ONCE.Barrier(4)
    children = [in_a_process(migrate_at_once, empty_url, gate) for _ in range(4)]
    assert sum(killed(child) for child in children) == 0


def test_one_waits_for_the_other(empty_url: str) -> None:
    engine = make_engine(empty_url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE told (word VARCHAR(10))"))
    engine.dispose()

    taken = AT_ONCE.Event()
    child = in_a_process(read_after_the_first, empty_url, taken)
    with alone(engine) as connection:
        taken.set()
        time.sleep(0.3)
        connection.execute(text("INSERT INTO told VALUES ('first')"))
    assert not killed(child)
    engine.dispose()


def test_a_database_of_a_later_version_is_left_alone_and_that_is_said(empty_url: str) -> None:
    engine = make_engine(empty_url)
    upgrade(engine)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    assert not is_known_revision("9999")
    with pytest.raises(NewerDatabaseError, match="新しい版"):
        upgrade(engine)
    engine.dispose()


def test_a_database_that_is_up_to_date_is_not_waited_for(empty_url: str) -> None:
    engine, other = make_engine(empty_url), make_engine(empty_url)
    upgrade(engine)
    with alone(other):
        upgrade(engine)
    engine.dispose()
    other.dispose()


def test_rebuilding_a_table_takes_no_rows_along(tmp_path: Path) -> None:
    engine = make_engine(f"sqlite:///{tmp_path / 'rebuilt.db'}")
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE town (id INTEGER PRIMARY KEY)"))
        connection.execute(text("CREATE TABLE place (town INTEGER REFERENCES town (id) ON DELETE CASCADE)"))
        connection.execute(text("INSERT INTO town VALUES (1)"))
        connection.execute(text("INSERT INTO place VALUES (1)"))
    with alone(engine, rebuilding=True) as connection:
        connection.execute(text("CREATE TABLE new_town (id INTEGER PRIMARY KEY, name VARCHAR)"))
        connection.execute(text("INSERT INTO new_town SELECT id, 'x' FROM town"))
        connection.execute(text("DROP TABLE town"))
        connection.execute(text("ALTER TABLE new_town RENAME TO town"))
    with engine.connect() as connection:
        assert connection.execute(text("SELECT town FROM place")).scalars().all() == [1]
        assert connection.execute(text("PRAGMA foreign_keys")).scalar_one() == 1
    engine.dispose()
