"""`engawa import gtfs FILE`, as whoever runs the service types it."""

from __future__ import annotations

import subprocess
import sys
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


@pytest.mark.parametrize("what", ["gtfs", "gazetteer"])
def test_a_reading_that_takes_too_long_ends_in_one_sentence(database: str, tmp_path: Path, what: str) -> None:
    if what == "gtfs":
        times = "".join(
            f"m1,{n // 60:02d}:{n % 60:02d}:00,{n // 60:02d}:{n % 60:02d}:00,home,{n},,\n" for n in range(2_800)
        )
        path = feed_at(tmp_path, stop_times=FILES["stop_times.txt"].split("\n", 1)[0] + "\n" + times * 20)
    else:
        path = tmp_path / "奥州市.json"
        row = '{"town": "字上野", "koaza": "", "lat": 39.1, "lng": 141.1}'
        path.write_text(f"[{','.join([row] * 50_000)}]", encoding="utf-8")
    hurried = "import seed.reading.within as here; here.CPU_SECONDS = 0.02; from web.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", hurried, "import", what, str(path)], stderr=subprocess.PIPE, timeout=120, check=False
    )
    assert done.returncode == 1
    said = done.stderr.decode()
    assert "時間がかかりすぎるので止めました" in said
    assert said.count("\n") == 1
    assert feeds(database) == []


def test_a_list_of_places_that_is_too_large_is_not_even_opened(database: str, tmp_path: Path) -> None:
    path = tmp_path / "奥州市.json"
    with path.open("wb") as hollow:
        hollow.truncate(60_000_000_000)
    done = CliRunner().invoke(main, ["import", "gazetteer", str(path)])
    assert (done.exit_code, "大きすぎます（100MBまで）" in done.output) == (1, True)
    done = CliRunner().invoke(main, ["import", str(path)])
    assert (done.exit_code, "大きすぎます（20MBまで）" in done.output) == (1, True)
