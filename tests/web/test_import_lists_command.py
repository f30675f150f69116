"""`engawa import FILE` for facility lists and forms: what it took for what, and what it waits for."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlmodel import select

from models.database import make_engine
from models.migrate import upgrade
from models.scope import EVERYWHERE, open_session
from models.tables import Organization
from tests.conftest import add_one
from web.cli import main

HEAD = "NO,市区町村名,名称,住所"


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


def run(path: Path, text: str, *words: str) -> tuple[int, str]:
    path.write_text(text, encoding="utf-8")
    done = CliRunner().invoke(main, ["import", str(path), *words])
    return done.exit_code, done.output


def hosts(url: str) -> list[str]:
    engine = make_engine(url)
    with open_session(engine, municipality_id=EVERYWHERE) as session:
        names = sorted(session.exec(select(Organization.name)).all())
    engine.dispose()
    return names


def test_a_list_of_another_town_waits_for_a_word(database: str, tmp_path: Path) -> None:
    text = f"{HEAD}\n1,やま町,くるみ館,本町1\n"
    code, told = run(tmp_path / "list.csv", text)
    assert code == 1
    assert "「やま町」のファイルです。取り込んでよければ --other-town をつけてください。" in told
    assert hosts(database) == []
    assert run(tmp_path / "list.csv", text, "--other-town")[0] == 0
    assert hosts(database) == ["くるみ館"]


def test_the_next_version_is_known_by_its_rows_and_says_what_vanished(database: str, tmp_path: Path) -> None:
    rows = [f"{number},奥州市,{name}館,本町{number}" for number, name in enumerate(("くるみ", "かえで", "もみじ"), 1)]
    run(tmp_path / "公共施設一覧.csv", "\n".join([HEAD, *rows]))
    code, told = run(tmp_path / "data.csv", "\n".join([HEAD, *rows[:2]]))
    assert code == 0
    assert "一覧：奥州市 公共施設一覧。前に取り込んだ一覧の新しい版として読みました。" in told
    assert "一覧から消えたもの（台帳には残しています）：もみじ館" in told
    assert len(hosts(database)) == 3


def test_a_known_form_row_is_the_same_and_new_makes_another(database: str, tmp_path: Path) -> None:
    run(tmp_path / "a.csv", "団体ID,団体名,活動名\no-1,花の会,花の水やり\n")
    code, told = run(tmp_path / "b.csv", "団体名,活動名\n花の会,花の水やり\n")
    assert code == 0
    assert "「花の会」は、台帳にあるものと同じものとして読みました。別のものなら --new 花の会" in told
    assert hosts(database) == ["花の会"]
    run(tmp_path / "b.csv", "団体名,活動名\n花の会,花の水やり\n", "--new", "花の会")
    assert hosts(database) == ["花の会", "花の会"]
