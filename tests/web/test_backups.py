"""Everything in one file and back, row by row the same, on both databases; what is refused loses nothing."""

from __future__ import annotations

import shutil
import sqlite3
import stat
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import Engine, text

from models.account import Role
from models.database import make_engine
from models.migrate import upgrade
from models.scope import EVERYWHERE, open_session
from seed.municipal_settings import add_municipality
from seed.samples import fill_sample
from tests.conftest import AT, ON
from tests.processes import rows_of
from web.cli import main
from web.services.accounts import add_account


@pytest.fixture(autouse=True)
def client_of_postgresql(monkeypatch: pytest.MonkeyPatch) -> None:
    """Debian keeps pg_dump and its like beside the server as well; the newest is the server's of these tests."""
    binaries = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    if binaries:
        monkeypatch.setenv("PATH", f"{binaries[-1]}:/usr/bin:/bin")


@pytest.fixture
def filled(empty_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """One town with its sample places and people, and somebody who may sign in."""
    monkeypatch.setenv("ENGAWA_DATABASE_URL", empty_url)
    monkeypatch.setenv("ENGAWA_SECRET_KEY", "a secret for the tests: 0123456789")
    engine = make_engine(empty_url)
    upgrade(engine)
    with open_session(engine, municipality_id=EVERYWHERE) as session:
        town = add_municipality(session, {"key": "atsuma", "code": "01581", "name": "厚真町"})
        add_account(
            session,
            municipality_id=town.id,
            login="somebody",
            display_name="だれか",
            roles=[Role.CO],
            password="えんがわで 茶をのむ 午後",
            at=datetime(2026, 11, 24, tzinfo=UTC),
        )
        session.commit()
    with open_session(engine, municipality_id=town.id) as session:
        fill_sample(session, "atsuma", at=AT, on=ON)
        session.commit()
    yield engine
    engine.dispose()


def engawa(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def test_a_backup_put_back_has_every_row_as_it_was(filled: Engine, tmp_path: Path) -> None:
    kept = tmp_path / "copies" / "first.backup"
    before = rows_of(filled)
    assert len(before["opportunity"]) > 5
    assert len(before["participant"]) > 1
    assert engawa("backup", kept).exit_code == 0
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    with filled.begin() as connection:
        connection.execute(text("UPDATE participant SET ref = ref || 'x'"))
        connection.execute(text("DELETE FROM account_role"))
        connection.execute(text("CREATE TABLE of_a_later_version (id INTEGER)"))
    assert rows_of(filled) != before
    filled.dispose()

    refused = engawa("restore", kept)
    assert refused.exit_code == 1
    assert "--replace" in refused.output
    done = engawa("restore", kept, "--replace")
    assert done.exit_code == 0, done.output
    assert rows_of(filled) == before


def test_into_an_empty_database_a_backup_goes_without_asking(filled: Engine, tmp_path: Path) -> None:
    kept = tmp_path / "first.backup"
    before = rows_of(filled)
    assert engawa("backup", kept).exit_code == 0
    with filled.begin() as connection:
        for table in before:
            if filled.dialect.name == "postgresql":
                connection.execute(text(f'DROP TABLE "{table}" CASCADE'))
    filled.dispose()
    if filled.dialect.name == "sqlite":
        Path(str(filled.url.database)).unlink()
    done = engawa("restore", kept)
    assert done.exit_code == 0, done.output
    assert rows_of(filled) == before


def test_what_is_not_yet_in_the_file_but_in_the_wal_comes_along(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"sqlite:///{tmp_path / 'e.db'}"
    monkeypatch.setenv("ENGAWA_DATABASE_URL", url)
    engine = make_engine(url)
    upgrade(engine)
    with engine.connect() as reader, open_session(engine, municipality_id=EVERYWHERE) as session:
        # Whoever reads keeps the WAL from being taken into the file.
        reader.execute(text("SELECT count(*) FROM municipality"))
        add_municipality(session, {"key": "late", "code": "01581", "name": "厚真町"})
        session.commit()
        assert (tmp_path / "e.db-wal").stat().st_size > 0
        assert engawa("backup", tmp_path / "kept").exit_code == 0
    with sqlite3.connect(tmp_path / "kept") as kept:
        assert kept.execute("SELECT key FROM municipality").fetchall() == [("late",)]
    engine.dispose()


def test_nothing_is_put_back_under_a_running_service(filled: Engine, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    assert engawa("backup", kept).exit_code == 0
    before = rows_of(filled)
    with filled.connect() as somebody:
        somebody.execute(text("SELECT count(*) FROM municipality"))
        refused = engawa("restore", kept, "--replace")
    assert refused.exit_code == 1
    assert "止めてから" in refused.output
    assert rows_of(filled) == before


def test_what_is_no_backup_of_ours_changes_nothing(filled: Engine, tmp_path: Path) -> None:
    words, another, half, later = (tmp_path / name for name in ("words", "another", "half", "later"))
    words.write_text("これは控えではありません")
    with sqlite3.connect(another) as other:
        other.execute("CREATE TABLE alembic_version (version_num TEXT)")
    assert engawa("backup", half).exit_code == 0
    half.write_bytes(half.read_bytes()[: half.stat().st_size * 2 // 3])
    with filled.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    assert engawa("backup", later).exit_code == 0
    before = rows_of(filled)
    for wrong, said in (
        (words, "控えではありません"),
        (another, "控えではありません"),
        (half, ""),
        (later, "新しい版"),
    ):
        filled.dispose()
        refused = engawa("restore", wrong, "--replace")
        assert refused.exit_code == 1
        assert refused.output.count("\n") == 1
        assert said in refused.output
        assert rows_of(filled) == before


def test_a_backup_is_not_written_over_another_unasked(filled: Engine, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    kept.write_text("昨日の控え")
    assert "もうあります" in engawa("backup", kept).output
    assert kept.read_text() == "昨日の控え"
    assert engawa("backup", kept, "--replace").exit_code == 0
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".kept")]


def test_without_the_client_of_postgresql_one_sentence_says_what_to_install(
    postgresql_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("ENGAWA_DATABASE_URL", postgresql_url)
    monkeypatch.setattr(shutil, "which", lambda _: None)
    refused = engawa("backup", tmp_path / "kept")
    assert refused.exit_code == 1
    assert "postgresql-client" in refused.output
    assert not list(tmp_path.glob("*kept*"))
