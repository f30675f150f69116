"""`engawa account …`, as whoever runs the service types it: each says in one sentence what it did."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine

from models.account import Role
from models.scope import EVERYWHERE, open_session
from tests.web.conftest import PASSWORD, SECRET, FrozenClock, Town, add_town, sign_in
from web.cli import main
from web.cli.aligned import aligned
from web.clock import SystemClock
from web.services.accounts import find_account

Enter = Callable[..., FlaskClient]
LOGIN = "minato-co"
NEW = "縁側の 猫と 麦茶と 夕立"


@pytest.fixture(autouse=True)
def _the_database_of_the_surroundings(
    engine: Engine, empty_town: Town, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ENGAWA_DATABASE_URL", engine.url.render_as_string(hide_password=False))
    monkeypatch.setenv("ENGAWA_SECRET_KEY", SECRET)
    monkeypatch.setattr(SystemClock, "now", lambda _: clock.now())


def run(*words: str, typed: str | None = None) -> tuple[int, str]:
    done = CliRunner().invoke(main, ["account", *words], input=typed)
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    assert "argon2" not in done.output
    return done.exit_code, done.output


def test_the_list_stands_in_columns_and_shows_no_hash(app: Flask, engine: Engine) -> None:
    add_town(engine, "yama", "やま町")
    sign_in(app.test_client(), LOGIN)
    run("close", "minato-sc")
    code, told = run("list", "--municipality", "minato")
    assert code == 0
    lines = told.splitlines()
    assert lines[0].split() == ["サインイン名", "名前", "市町村", "役割", "状態", "最後のサインイン"]
    assert f"{LOGIN}     職員CO  minato  CO    使える      2026-11-24 13:30" in lines
    assert "minato-sc     職員SC  minato  SC    閉じてある  まだない" in lines
    assert len(lines) == 1 + len(Role)
    assert len(run("list")[1].splitlines()) == 1 + 2 * len(Role)


def test_columns_stay_under_one_another_whatever_the_width() -> None:
    assert aligned([("あい", "x"), ("abcde", "ｙ")]) == ["あい   x", "abcde  ｙ"]


def test_an_account_is_added_with_a_password_that_is_typed_twice_and_never_shown(app: Flask) -> None:
    words = ("add", "hanako", "--name", "花子さん", "--role", "co", "--role", "LD", "--municipality", "minato")
    code, told = run(*words, typed=f"{NEW}\n{NEW}\n")
    assert code == 0
    assert "「hanako」（花子さん）を、役割 CO・LD で加えました。" in told
    assert "麦茶" not in told
    assert sign_in(app.test_client(), "hanako", NEW).status_code == 303


def test_a_script_gives_the_password_by_standard_input(app: Flask) -> None:
    words = ("add", "hanako", "--name", "花子", "--role", "CO", "--municipality", "minato", "--password-stdin")
    assert run(*words, typed=f"{NEW}\n")[0] == 0
    assert sign_in(app.test_client(), "hanako", NEW).status_code == 303


def test_a_password_that_is_made_is_shown_once_and_opens_the_house(app: Flask) -> None:
    code, told = run("password", LOGIN, "--make-password")
    assert code == 0
    made = re.search(r"パスワード：(\S+)", told)
    assert made
    assert len(made[1]) >= 16
    assert sign_in(app.test_client(), LOGIN, made[1]).status_code == 303
    assert sign_in(app.test_client(), LOGIN, PASSWORD).status_code == 401


def test_no_password_stands_on_a_command_line(app: Flask) -> None:
    adding = ("add", "x", "--name", "x", "--role", "CO", "--municipality", "minato")
    for way in (("--password", NEW), (f"--password={NEW}",), ("--password",)):
        for command in (("password", LOGIN), adding):
            code, told = run(*command, *way)
            assert code == 2
            assert "パスワードはコマンドの行に書けません" in told
            assert "麦茶" not in told
    assert sign_in(app.test_client(), LOGIN).status_code == 303


def test_the_ways_to_give_a_password_are_told_by_help() -> None:
    told = run("add", "--help")[1]
    assert "--password-stdin" in told
    assert "--make-password" in told
    assert not re.search(r"--password\s", told)


def test_what_cannot_be_done_is_one_sentence() -> None:
    in_minato = ("--name", "x", "--role", "CO", "--municipality", "minato")
    for words, typed, sentence in (
        (("add", LOGIN, *in_minato), NEW, "もう使われています"),
        (("add", "x", *in_minato), "password1234", "よくある言葉"),
        (("add", "x y", *in_minato), NEW, "空白をふくまない"),
        (("add", "x\x00", *in_minato), NEW, "空白をふくまない"),
        (("add", "x", "--name", "x", "--role", "XX"), NEW, "役割は CO LD"),
        (("add", "x", "--name", "x", "--role", "CO", "--municipality", "nowhere"), NEW, "市町村を一つ選んで"),
        (("password", LOGIN), "みじかい", "12文字以上"),
        (("password", LOGIN), "", "12文字以上"),
        (("password", LOGIN), "minato2026minato", "よくある言葉"),
    ):
        code, told = run(*words, "--password-stdin", typed=f"{typed}\n")
        assert code == 1, words
        assert sentence in told
        assert len(told.splitlines()) == 1


def test_a_name_nobody_has_is_told() -> None:
    for words in (("close",), ("reopen",), ("unlock",), ("password",), ("roles", "--role", "CO")):
        code, told = run(*words, "ｎobody\x00")
        assert code == 1
        assert "のアカウントはありません。engawa account list で確かめてください。" in told


def test_a_closed_account_is_out_at_once_and_can_be_opened_again(
    app: Flask, signed_in: Enter, empty_town: Town
) -> None:
    client = signed_in(empty_town)
    assert run("close", LOGIN) == (0, f"「{LOGIN}」を閉じました。サインイン中だった端末は、サインアウトしました。\n")
    assert client.get("/people").status_code == 303
    assert sign_in(app.test_client(), LOGIN).status_code == 401
    assert "もう閉じてあります" in run("close", LOGIN)[1]
    assert run("reopen", LOGIN) == (
        0,
        f"「{LOGIN}」をまた使えるようにしました（役割 CO、パスワードは前のままです）。\n",
    )
    assert "閉じられていません" in run("reopen", LOGIN)[1]
    assert client.get("/people").status_code == 303
    assert sign_in(app.test_client(), LOGIN).status_code == 303


def test_closing_the_last_one_who_leads_is_done_and_warned_about() -> None:
    assert "いなくなりました" not in run("close", "minato-ld")[1]
    code, told = run("close", "minato-gv")
    assert code == 0
    assert "使える主任（LD）も担当課（GV）もいなくなりました。" in told
    assert "いなくなりました" not in run("roles", LOGIN, "--role", "LD")[1]
    assert "いなくなりました" in run("roles", LOGIN, "--role", "CO")[1]


def test_a_new_password_ends_every_session_and_forgets_the_mistakes(
    app: Flask, signed_in: Enter, empty_town: Town
) -> None:
    client = signed_in(empty_town)
    for _ in range(5):
        sign_in(app.test_client(), LOGIN, "not this one at all")
    code, told = run("password", LOGIN, typed=f"{NEW}\n{NEW}\n")
    assert (code, told.splitlines()[-1]) == (
        0,
        f"「{LOGIN}」のパスワードを変えました。サインイン中だった端末は、サインアウトしました。",
    )
    assert "パスワードが変わったので" in client.get("/people", follow_redirects=True).text
    assert sign_in(app.test_client(), LOGIN, NEW).status_code == 303


def test_roles_are_replaced_and_told_before_and_after(signed_in: Enter, empty_town: Town) -> None:
    client = signed_in(empty_town)
    assert run("roles", LOGIN, "--role", "sc", "--role", "LD") == (
        0,
        f"「{LOGIN}」の役割を CO から LD・SC に変えました。\n",
    )
    assert "役割なし" not in client.get("/account").text
    assert "生活支援コーディネーター" in client.get("/account").text


def test_unlocking_lets_one_try_again_at_once(app: Flask) -> None:
    for _ in range(6):
        sign_in(app.test_client(), LOGIN, "not this one at all")
    assert sign_in(app.test_client(), LOGIN).status_code == 429
    assert run("unlock", LOGIN) == (0, f"「{LOGIN}」のまちがい 5 回を忘れました。いまからまた試せます。\n")
    assert run("unlock", LOGIN) == (0, f"「{LOGIN}」のまちがいは残っていませんでした。いまからまた試せます。\n")
    assert sign_in(app.test_client(), LOGIN).status_code == 303


def test_nobody_there_yet_is_said(engine: Engine, empty_town: Town) -> None:
    with open_session(engine, municipality_id=EVERYWHERE) as session:
        for login in empty_town.accounts.values():
            session.delete(find_account(session, login))
        session.commit()
    assert run("list") == (0, "利用者は、まだいません。engawa account add で加えてください。\n")
