"""Every command ends in one sentence that says what to do, and tells nothing about anybody."""

from __future__ import annotations

import errno
import json
import os
import re
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import click
import pytest
from click.testing import CliRunner, Result
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError

from models.database import make_engine
from models.migrate import upgrade
from tests.web.conftest import Town
from web.cli import main
from web.cli.ending import AWAY, FULL, LOCKED, NO_DATABASE_FILE, NO_ENTRANCE, UNREADABLE, WRONG_ADDRESS, OneSentence
from web.private_files import close_to_others, database_files, write_private


@pytest.fixture(autouse=True)
def _surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ENGAWA_SECRET_KEY", "a secret for the tests: 0123456789")
    monkeypatch.setenv("ENGAWA_DATABASE_URL", f"sqlite:///{tmp_path / 'e.db'}")


def engawa(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def one_sentence(result: Result) -> str:
    assert result.exit_code == 1
    assert isinstance(result.exception, SystemExit)
    assert result.output.startswith("Error: ")
    assert result.output.count("\n") == 1
    assert "Traceback" not in result.output
    return result.output


def ended_by(problem: BaseException, **how: str) -> Result:
    """A command in which this happens."""

    @click.command()
    def broken() -> NoReturn:
        raise problem

    group = OneSentence(commands={"broken": broken})
    return CliRunner().invoke(group, ["broken"], env=how)


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("nonsense", WRONG_ADDRESS),
        ("mysql://a:geheim@b/c", WRONG_ADDRESS),
        ("nosuch://a:geheim@b/c", WRONG_ADDRESS),
        ("postgresql://somebody:geheim@127.0.0.1:1/none", AWAY),
        ("postgresql://somebody:geheim@127.0.0.1:notaport/none", WRONG_ADDRESS),
        ("sqlite:////proc/engawa/e.db", "/proc/engawa"),
    ],
)
def test_an_address_that_leads_nowhere(url: str, said: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ENGAWA_DATABASE_URL", url)
    for command in (["export", "catalogue", tmp_path / "out.json"], ["backup", tmp_path / "kept"]):
        ended = engawa(*command)
        assert "geheim" not in ended.output
        one_sentence(ended)
        if command[0] == "export":
            assert said in ended.output
    assert not (tmp_path / "kept").exists()


def test_a_user_whom_the_database_does_not_know(postgresql_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ENGAWA_DATABASE_URL", postgresql_url.replace("engawa@", "nobody:geheim@"))
    assert NO_ENTRANCE in one_sentence(engawa("export", "catalogue", "x.json"))


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "e.db").write_text("これはデータベースではありません" * 100)
    assert NO_DATABASE_FILE in one_sentence(engawa("export", "catalogue", tmp_path / "x.json"))


@pytest.mark.parametrize(
    ("problem", "said"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), FULL),
        (PermissionError(errno.EACCES, "Permission denied", "/etc/x"), "/etc/x"),
        (sqlite3.OperationalError("database is locked"), LOCKED),
        (sqlite3.OperationalError("database or disk is full"), FULL),
        (sqlite3.OperationalError("attempt to write a readonly database"), UNREADABLE),
        (MemoryError(), "メモリー"),
        (ValueError("奥州 はやと 1990-01-01"), "ValueError、test_command_endings.py:"),
        (IntegrityError("INSERT", {"name": "はやと"}, Exception("Key (name)=(はやと)")), "IntegrityError"),
    ],
)
def test_what_goes_wrong_is_one_sentence_without_names(problem: Exception, said: str) -> None:
    ended = one_sentence(ended_by(problem))
    assert said in ended
    assert "はやと" not in ended
    shown = ended_by(problem, ENGAWA_DEBUG="1")
    assert "broken" in shown.output
    assert "はやと" not in shown.output


def test_stopping_by_hand_is_no_failure_of_ours() -> None:
    ended = ended_by(KeyboardInterrupt())
    assert ended.exit_code == 130
    assert "やめました" in ended.output


def test_a_reader_that_has_gone_is_no_failure_worth_words(tmp_path: Path) -> None:
    closed, writing = os.pipe()
    os.close(closed)
    done = subprocess.run(
        [sys.executable, "-m", "web.cli", "--help"], stdout=writing, stderr=subprocess.PIPE, check=False
    )
    os.close(writing)
    assert b"Traceback" not in done.stderr
    assert b"Exception" not in done.stderr


def test_an_error_of_the_database_does_not_carry_what_was_written(engine: Engine) -> None:
    with pytest.raises(Exception) as raised, engine.begin() as connection:
        connection.execute(text("INSERT INTO nowhere VALUES (:name)"), {"name": "奥州はやと"})
    assert "はやと" not in str(raised.value)


def test_an_office_that_is_there_already_is_said_in_one_sentence(tmp_path: Path) -> None:
    settings = tmp_path / "town.json"
    settings.write_text(json.dumps({"key": "minato", "code": "31202", "name": "みなと市"}))
    assert engawa("municipality", "add", settings).exit_code == 0
    assert "もう登録されています" in one_sentence(engawa("municipality", "add", settings))
    for wrong in ("[]", "{", "null", '{"key": "x"}'):
        settings.write_text(wrong)
        one_sentence(engawa("municipality", "add", settings))


def test_an_export_is_for_us_alone_and_says_how_many_it_wrote(
    town: Town, engine: Engine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("ENGAWA_DATABASE_URL", engine.url.render_as_string(hide_password=False))
    told: set[tuple[str, ...]] = set()
    for end in ("json", "csv", "xlsx"):
        out = tmp_path / f"out.{end}"
        out.write_text("an older one, open to everybody")
        out.chmod(0o644)
        done = engawa("export", "catalogue", out, "--audience", "public")
        assert done.exit_code == 0, done.output
        assert stat.S_IMODE(out.stat().st_mode) == 0o600
        told.add(tuple(re.findall(r"(\d+)件", done.output.splitlines()[-1])))
    written = json.loads((tmp_path / "out.json").read_text())["opportunities"]
    ((there, seen),) = told
    assert int(seen) == len(written) < int(there)


def test_whoever_writes_to_a_pipe_still_can(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE)
    write_private(pipe, b"through")
    assert reader.communicate()[0] == b"through"
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_what_the_database_leaves_on_the_disk_is_for_us_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = os.umask(0o022)
    try:
        settings = tmp_path / "town.json"
        settings.write_text(json.dumps({"key": "minato", "code": "31202", "name": "みなと市"}))
        monkeypatch.setenv("ENGAWA_DATABASE_URL", f"sqlite:///{tmp_path / 'new' / 'e.db'}")
        assert engawa("municipality", "add", settings).exit_code == 0
    finally:
        os.umask(before)
    for path in [tmp_path / "new", *(tmp_path / "new").iterdir()]:
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path


def test_what_was_left_open_is_closed_and_that_is_said(tmp_path: Path) -> None:
    database = tmp_path / "e.db"
    engine = make_engine(f"sqlite:///{database}")
    upgrade(engine)
    with engine.connect() as connection:
        assert connection.execute(text("PRAGMA secure_delete")).scalar_one() == 1
        said: list[str] = []
        for path in database_files(database):
            if path.exists():
                path.chmod(0o644)
        say: Callable[[str], None] = said.append
        close_to_others(database_files(database), say)
    assert len(said) >= 1
    assert all("閉じました" in sentence for sentence in said)
    assert stat.S_IMODE(database.stat().st_mode) == 0o600
    engine.dispose()


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        (["imprt"], "「imprt」というコマンドはありません。import のことですか。"),
        (["--nope"], "「--nope」という指定はありません。"),
        (["import", "gtfs"], "FILE がありません。"),
        (["import", "--listname", "x.csv"], "「--listname」という指定はありません。--list-date・--list-name のことですか。"),
        (["import", "no file.csv"], "「no file.csv」というファイルがありません。"),
        (["import", "."], "「.」はフォルダです。"),
        (["import", __file__, "--list-date", "2026/1/1"], "--list-date の「2026/1/1」は日付として読めません。"),
        (["export", "people", "x.json"], "「people」は使えません。catalogue・participants のどれか"),
        (["export", "catalogue", "x.json", "--audience", "it's"], "--audience の「it's」は使えません。staff・partners・public"),
        (["serve", "--port", "abc"], "--port の「abc」は数ではないか"),
        (["backup", "a", "b"], "「b」が余分です。"),
        (["import", __file__, "--list-name"], "--list-name のあとに値がありません。"),
        (["import", __file__, "--preview=x"], "--preview には値をつけません。"),
        (["account", "rolls"], "「rolls」というコマンドはありません。"),
    ],
)  # fmt: skip
def test_what_is_typed_wrongly_is_told_in_one_japanese_sentence(typed: list[str], says: str) -> None:
    result = engawa(*typed)
    assert result.exit_code == 2
    assert says in result.output
    assert result.output.count("\n") == 1
    assert result.output.rstrip().endswith("--help で出ます。")
    assert not re.search(r"Usage|Invalid|Missing|No such|Try ", result.output)


def test_a_command_that_stands_alone_still_explains_itself() -> None:
    assert "Commands:" in engawa("import").output
    assert "Commands:" in engawa().output
