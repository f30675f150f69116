"""One's own settings: who one is here, and a new password."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlmodel import select
from werkzeug.test import TestResponse

from models.account import Account, AccountRole, Role
from models.scope import EVERYWHERE, open_session
from tests.web.conftest import PASSWORD, FrozenClock, Town, sign_in
from tests.web.forms import form_with
from tests.web.test_people_pages import text_of

Enter = Callable[..., FlaskClient]
NEW = "縁側の 猫と 麦茶と 夕立"
LOGIN = "minato-co"


def change(client: FlaskClient, current: str = PASSWORD, new: str = NEW, again: str | None = None) -> TestResponse:
    """Fill in the form of the page and press its button."""
    target, fields = form_with(client.get("/account").text, "パスワードを変える")
    typed = {"current": current, "new": new, "again": new if again is None else again}
    assert set(typed) <= set(fields)
    return client.post(target, data={**fields, **typed})


def test_the_page_says_who_one_is_here(signed_in: Enter, empty_town: Town) -> None:
    page = text_of(signed_in(empty_town).get("/account").text)
    assert "名前 職員CO" in page
    assert f"サインイン名 {LOGIN}" in page
    assert "市町村 みなと市" in page
    assert "役割 地域福祉コーディネーター" in page
    assert "主任・管理者か市の担当課に知らせてください。" in page


def test_several_roles_are_all_named_and_none_is_said_too(signed_in: Enter, empty_town: Town, engine: Engine) -> None:
    client = signed_in(empty_town)
    with open_session(engine, municipality_id=empty_town.id) as session:
        account = session.exec(select(Account).where(Account.login == LOGIN)).one()
        session.add(AccountRole(account_id=account.id, role=Role.SC.value))
        session.commit()
    assert "役割 地域福祉コーディネーター、生活支援コーディネーター" in text_of(client.get("/account").text)
    with open_session(engine, municipality_id=empty_town.id) as session:
        for role in session.exec(select(AccountRole).where(AccountRole.account_id == account.id)).all():
            session.delete(role)
        session.commit()
    assert "役割 役割なし" in text_of(client.get("/account").text)


def test_the_header_leads_to_it_and_it_leads_out(signed_in: Enter, empty_town: Town) -> None:
    client = signed_in(empty_town, Role.HO)
    assert 'href="/account"' in client.get("/welcome").text
    target, fields = form_with(client.get("/account").text, "サインアウト")
    assert client.post(target, data=fields).location == "/signin"
    assert client.get("/account").status_code == 303


def test_a_new_password_opens_the_house_and_the_old_one_does_not(
    app: Flask, signed_in: Enter, empty_town: Town
) -> None:
    client = signed_in(empty_town)
    answer = change(client)
    assert (answer.status_code, answer.location) == (303, "/account")
    assert "パスワードを変えました。" in client.get("/account").text
    assert sign_in(app.test_client(), LOGIN, NEW).status_code == 303
    assert sign_in(app.test_client(), LOGIN, PASSWORD).status_code == 401


def test_every_other_session_of_the_account_ends_and_is_told_why(signed_in: Enter, empty_town: Town) -> None:
    mine, elsewhere, colleague = signed_in(empty_town), signed_in(empty_town), signed_in(empty_town, Role.LD)
    change(mine)
    assert mine.get("/people").status_code == 200
    assert "パスワードが変わったので、サインアウトしました。" in elsewhere.get("/people", follow_redirects=True).text
    assert colleague.get("/people").status_code == 200


def test_the_changed_session_is_a_new_sitting(signed_in: Enter, empty_town: Town, clock: FrozenClock) -> None:
    client = signed_in(empty_town)
    with client.session_transaction() as session:
        session["planted"] = "by somebody else"
    for _ in range(8):
        clock.forward(minutes=30)
        client.get("/account")
    change(client)
    with client.session_transaction() as session:
        assert "planted" not in session
    assert "サインイン 今日 17:30" in text_of(client.get("/account").text)


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"current": "not this one at all"}, "current", "いまのパスワードが違います。入れ直してください。"),
        ({"current": ""}, "current", "いまのパスワードを入れてください。"),
        ({"new": "みじかい"}, "new", "パスワードは12文字以上にしてください。"),
        ({"new": ""}, "new", "パスワードは12文字以上にしてください。"),
        ({"new": "abababababab"}, "new", "同じ文字のくり返し"),
        ({"new": "password1234"}, "new", "よくある言葉や名前、日付"),
        ({"new": "minato2026minato"}, "new", "よくある言葉や名前、日付"),
        ({"new": f"{LOGIN}-no-himitsu"}, "new", "サインイン名や名前をふくむ"),
        ({"new": PASSWORD}, "new", "いまと同じパスワードです。"),
        ({"again": "縁側の 猫と 麦茶と 夕だち"}, "again", "新しいパスワードと同じではありません。"),
        ({"again": ""}, "again", "新しいパスワードと同じではありません。"),
    ],
)
def test_each_mistake_gets_one_sentence_beside_its_field_and_changes_nothing(
    app: Flask, signed_in: Enter, empty_town: Town, typed: dict[str, str], field: str, sentence: str
) -> None:
    client = signed_in(empty_town)
    answer = change(client, **typed)
    assert answer.status_code == 400
    assert answer.text.count(sentence) == 2
    assert f'<a href="#{field}">' in answer.text
    assert answer.text.count('aria-invalid="true"') == 1
    assert f'{field}-error"' in answer.text
    assert client.get("/account").status_code == 200
    assert sign_in(app.test_client(), LOGIN, PASSWORD).status_code == 303


def test_no_password_comes_back_on_the_page(signed_in: Enter, empty_town: Town) -> None:
    page = change(signed_in(empty_town), again="縁側の 猫と 麦茶と 夕だち").text
    assert PASSWORD not in page
    assert "麦茶" not in page


def test_width_does_not_matter_when_the_new_password_is_typed_twice(
    app: Flask, signed_in: Enter, empty_town: Town
) -> None:
    assert (
        change(
            signed_in(empty_town), new="engawa-no-kaminari-susuki", again="ｅｎｇａｗａ-no-kaminari-susuki"
        ).status_code
        == 303
    )
    assert sign_in(app.test_client(), LOGIN, "engawa-no-kaminari-susuki").status_code == 303


def test_after_five_wrong_current_passwords_even_the_right_one_waits_in_this_browser_here_and_at_the_door(
    app: Flask, signed_in: Enter, empty_town: Town, clock: FrozenClock
) -> None:
    client = signed_in(empty_town)
    clock.forward(seconds=5)
    for _ in range(5):
        assert change(client, current="not this one at all").status_code == 400
    answer = change(client)
    assert answer.status_code == 429
    assert "いまはパスワードを変えられません。13:32を過ぎたら、もう一度お試しください。" in answer.text
    assert answer.headers["Retry-After"] == "60"
    here = app.test_client()
    here.set_cookie("engawa-device", client.get_cookie("engawa-device").value)  # type: ignore[union-attr]
    assert sign_in(here, LOGIN).status_code == 429
    clock.forward(minutes=1)
    assert change(client).status_code == 303


def test_mistakes_in_the_new_password_cost_no_try(signed_in: Enter, empty_town: Town) -> None:
    client = signed_in(empty_town)
    for _ in range(9):
        assert change(client, new="みじかい").status_code == 400
    assert change(client).status_code == 303


def test_a_changed_password_forgets_the_mistakes_before_it(
    app: Flask, signed_in: Enter, empty_town: Town, clock: FrozenClock
) -> None:
    client = signed_in(empty_town)
    for _ in range(4):
        change(client, current="not this one at all")
    clock.forward(seconds=5)
    change(client)
    clock.forward(seconds=5)
    for _ in range(4):
        assert sign_in(app.test_client(), LOGIN, "not this one at all").status_code == 401


def test_an_account_that_was_closed_meanwhile_changes_nothing(
    signed_in: Enter, empty_town: Town, engine: Engine
) -> None:
    client = signed_in(empty_town)
    target, fields = form_with(client.get("/account").text, "パスワードを変える")
    with open_session(engine, municipality_id=EVERYWHERE) as session:
        account = session.exec(select(Account).where(Account.login == LOGIN)).one()
        account.active, kept = False, account.password_hash
        session.commit()
    typed = {"current": PASSWORD, "new": NEW, "again": NEW}
    assert client.post(target, data={**fields, **typed}).location.startswith("/signin")
    with open_session(engine, municipality_id=EVERYWHERE) as session:
        assert session.exec(select(Account).where(Account.login == LOGIN)).one().password_hash == kept
