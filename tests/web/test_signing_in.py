"""Signing in and out: who gets in, who waits, and what a session forgets."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlmodel import select

from models.account import Account, Role
from models.scope import EVERYWHERE, open_session
from models.signing_in import SignInAttempt
from tests.web.conftest import NOW, PASSWORD, FrozenClock, Town, sign_in, token_of
from web.services import accounts, signing_in, tries
from web.services.errors import ServiceError
from web.views.account import local_path

Enter = Callable[..., FlaskClient]


def test_the_right_password_opens_the_house(app: Flask, empty_town: Town) -> None:
    answer = sign_in(app.test_client(), empty_town.accounts[Role.CO])
    assert answer.status_code == 303
    assert answer.location == "/"


def test_width_and_case_of_the_sign_in_name_do_not_matter(app: Flask, empty_town: Town) -> None:
    assert sign_in(app.test_client(), " ＭＩＮＡＴＯ-ＣＯ ").status_code == 303


def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(app: Flask, empty_town: Town) -> None:
    wrong = sign_in(app.test_client(), empty_town.accounts[Role.CO], "not this one at all")
    unknown = sign_in(app.test_client(), "nobody-here", "not this one at all")
    assert wrong.status_code == unknown.status_code == 401
    assert signing_in.WRONG in wrong.text
    assert signing_in.WRONG in unknown.text


def test_what_was_typed_stays_but_never_the_password(app: Flask, empty_town: Town) -> None:
    page = sign_in(app.test_client(), "minato-co", "not this one at all").text
    assert 'value="minato-co"' in page
    assert "not this one at all" not in page


def test_one_types_on_where_one_is(app: Flask, empty_town: Town) -> None:
    client = app.test_client()
    for page, waiting in (
        (client.get("/signin").text, "sign_in_name"),
        (sign_in(client, "x", "wrong").text, "password"),
    ):
        focused = [field for field in re.findall(r"<input[^>]*>", page) if " autofocus " in field]
        assert len(focused) == 1
        assert f'id="{waiting}"' in focused[0]


def test_a_closed_account_cannot_sign_in(app: Flask, engine: Engine, empty_town: Town) -> None:
    with open_session(engine, municipality_id=EVERYWHERE) as session:
        account = session.exec(select(Account).where(Account.login == "minato-co")).one()
        account.active = False
        session.commit()
    assert sign_in(app.test_client(), "minato-co").status_code == 401


def test_signing_in_starts_a_session_of_its_own(app: Flask, empty_town: Town) -> None:
    client = app.test_client()
    with client.session_transaction() as session:
        session["planted"] = "by somebody else"
    sign_in(client, "minato-co")
    with client.session_transaction() as session:
        assert "planted" not in session


def test_signing_out_needs_a_button_and_ends_the_session(app: Flask, empty_town: Town) -> None:
    client = app.test_client()
    sign_in(client, "minato-co")
    assert client.get("/signout").status_code == 405
    page = client.get("/people").text
    assert client.post("/signout", data={"csrf_token": token_of(page)}).status_code == 303
    assert client.get("/people").status_code == 303


def test_an_hour_without_a_click_ends_the_session(signed_in: Enter, empty_town: Town, clock: FrozenClock) -> None:
    client = signed_in(empty_town)
    clock.forward(minutes=59)
    assert client.get("/people").status_code == 200
    clock.forward(minutes=59)
    assert client.get("/people").status_code == 200
    clock.forward(minutes=60)
    answer = client.get("/people", follow_redirects=True)
    assert "しばらく操作がなかったので" in answer.text


def test_twelve_hours_are_the_longest_sitting(signed_in: Enter, empty_town: Town, clock: FrozenClock) -> None:
    client = signed_in(empty_town)
    for _ in range(23):
        clock.forward(minutes=30)
        assert client.get("/people").status_code == 200
    clock.forward(minutes=31)
    assert client.get("/people").status_code == 303


def test_a_new_password_ends_every_older_session(signed_in: Enter, empty_town: Town, engine: Engine) -> None:
    client = signed_in(empty_town)
    with open_session(engine, municipality_id=EVERYWHERE) as session:
        account = session.exec(select(Account).where(Account.login == "minato-co")).one()
        accounts.set_password(session, account, password="新しい 合言葉 は 長い のです", at=NOW)
        session.commit()
    assert client.get("/people").status_code == 303


def test_the_page_asked_for_comes_after_signing_in(app: Flask, empty_town: Town) -> None:
    client = app.test_client()
    first = client.get("/people?q=はや")
    assert first.status_code == 303
    assert first.location.startswith("/signin?next=")
    assert sign_in(client, "minato-co", next="/people?q=x").location == "/people?q=x"


@pytest.mark.parametrize(
    "target",
    [
        "https://elsewhere.example/",
        "//elsewhere.example",
        "/\\elsewhere.example",
        "/\telsewhere",
        "\\\\elsewhere.example",
        "javascript:alert(1)",
        "people",
        " /people",
        "/people\r\nSet-Cookie: x=y",
        "",
        None,
    ],
)
def test_after_signing_in_one_never_leaves_this_house(target: str | None, app: Flask, empty_town: Town) -> None:
    assert local_path(target) is None
    if target is not None and "\r" not in target:
        assert sign_in(app.test_client(), "minato-co", next=target).location == "/"


@pytest.mark.parametrize(
    ("password", "part"),
    [
        ("みじかい", "12文字以上"),
        ("あ" * 201, "200文字まで"),
        ("abababababab", "同じ文字のくり返し"),
        ("hanako-no-himitsu", "サインイン名や名前"),
    ],
)
def test_a_password_that_is_easy_to_guess_is_refused_with_a_reason(
    engine: Engine, empty_town: Town, clock: FrozenClock, password: str, part: str
) -> None:
    with open_session(engine, municipality_id=EVERYWHERE) as session, pytest.raises(ServiceError, match=part):
        accounts.add_account(
            session,
            municipality_id=empty_town.id,
            login="hanako",
            display_name="花子さん",
            roles=[Role.CO],
            password=password,
            at=clock.now(),
        )


def test_a_sign_in_name_is_used_once_only(engine: Engine, empty_town: Town, clock: FrozenClock) -> None:
    with open_session(engine, municipality_id=EVERYWHERE) as session, pytest.raises(ServiceError, match="もう使われて"):
        accounts.add_account(
            session,
            municipality_id=empty_town.id,
            login="ＭＩＮＡＴＯ-co",
            display_name="もう一人",
            roles=[Role.CO],
            password=PASSWORD,
            at=clock.now(),
        )


def test_old_attempts_are_forgotten(engine: Engine, clock: FrozenClock) -> None:
    with open_session(engine, municipality_id=EVERYWHERE) as session:
        session.add(SignInAttempt(login="old", address="192.0.2.1", counted_on="elsewhere", at=clock.now(), ok=False))
        session.flush()
        clock.forward(days=91)
        session.add(SignInAttempt(login="new", address="192.0.2.1", counted_on="elsewhere", at=clock.now(), ok=False))
        session.flush()
        tries.forget_old_attempts(session, at=clock.now())
        assert [attempt.login for attempt in session.exec(select(SignInAttempt)).all()] == ["new"]
