"""`engawa import gtfs FILE`, as whoever runs the service types it."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlmodel import select

from models.database import make_engine
from models.migrate import upgrade
from models.scope import EVERYWHERE, open_session
from models.tables import TransitFeed
from tests.conftest import add_one
from tests.seed.gtfs.making import FILES, feed_at
from web.cli import main


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A database of one municipality, named by the environment as in real life."""
    url = f"sqlite:///{tmp_path / 'engawa.db'}"
    engine = make_engine(url)
    upgrade(engine)
    add_one(engine, "oshu", "03215", "奥州市")
    engine.dispose()
    monkeypatch.setenv("ENGAWA_DATABASE_URL", url)
    monkeypatch.setenv("ENGAWA_SECRET_KEY", "this secret serves the tests and nothing else")
    return url


def run(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(main, ["import", "gtfs", *words])
    return done.exit_code, done.output


def feeds(url: str) -> list[str]:
    engine = make_engine(url)
    with open_session(engine, municipality_id=EVERYWHERE) as session:
        names = list(session.exec(select(TransitFeed.name).order_by(TransitFeed.name)).all())
    engine.dispose()
    return names


def test_a_zip_is_imported_and_told_about_and_again_replaced(database: str, tmp_path: Path) -> None:
    path = str(feed_at(tmp_path))
    code, told = run(path)
    assert code == 0
    assert "「そよかぜバス（架空）」の時刻表を取り込みました。" in told
    assert "停留所 4、路線 3、便 7。" in told
    code, told = run(path)
    assert code == 0
    assert "入れ替えました" in told
    assert feeds(database) == ["そよかぜバス（架空）"]


def test_two_feeds_of_one_operator_are_told_apart_by_name(database: str, tmp_path: Path) -> None:
    path = str(feed_at(tmp_path))
    assert run(path, "--name", "市内線")[0] == run(path, "--name", "高速線")[0] == 0
    assert feeds(database) == ["そよかぜバス（架空）（市内線）", "そよかぜバス（架空）（高速線）"]


def test_a_folder_is_as_good_as_a_zip(database: str, tmp_path: Path) -> None:
    folder = tmp_path / "gtfs"
    folder.mkdir()
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8-sig")
    assert run(str(folder))[0] == 0
    assert len(feeds(database)) == 1


def test_a_broken_feed_is_one_sentence_and_nothing_is_written(database: str, tmp_path: Path) -> None:
    code, told = run(str(feed_at(tmp_path, stop_times=FILES["stop_times.txt"].replace("9:40:00", "九時四十分"))))
    assert code == 1
    assert "stop_times.txtの3行目" in told
    assert feeds(database) == []
