"""Headers, cookies, forms from elsewhere, and what errors say."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine

from models.scope import open_session
from tests.web.conftest import SECRET, FrozenClock, Town, kept_round, sign_in, token_of
from web.app import create_app
from web.explanations import EXPLANATIONS
from web.settings import Settings, SettingsError

Enter = Callable[..., FlaskClient]


def pages(client: FlaskClient, town: Town, engine: Engine) -> dict[str, str]:
    """Every kind of page, by its address."""
    person = town.people["yo-01"]
    with open_session(engine, municipality_id=town.id) as session:
        round_id = kept_round(session, person)
        session.commit()
    addresses = [
        "/people",
        "/people?q=zzzz",
        f"/people/{person}",
        f"/people/{person}/proposals",
        f"/people/{person}/proposals/{round_id}?why=ねぎ",
        "/imports",
        "/welcome",
        "/account",
        "/nowhere",
    ]
    return {address: client.get(address).text for address in addresses}


def test_every_answer_carries_the_same_strict_headers(app: Flask, signed_in: Enter, empty_town: Town) -> None:
    client = signed_in(empty_town)
    for address in ("/signin", "/people", "/nowhere", "/signout", "/health"):
        headers = client.get(address).headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'self'" in policy
        assert "unsafe" not in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Cache-Control"] == "no-store"


def test_no_page_needs_anything_the_policy_forbids(signed_in: Enter, town: Town, engine: Engine) -> None:
    for address, page in pages(signed_in(town), town, engine).items():
        assert not re.search(r"<[^>]+\sstyle=", page), address
        assert not re.search(r"<[^>]+\son[a-z]+=", page), address
        assert "<style" not in page, address
        assert not re.search(r"<script(?![^>]*\ssrc=)", page), address


def test_no_page_asks_for_anything_outside_the_house(signed_in: Enter, town: Town, engine: Engine) -> None:
    for address, page in pages(signed_in(town), town, engine).items():
        for target in re.findall(r'(?:src|href|action|hx-get)="([^"]+)"', page):
            assert target.startswith(("/", "#", "?")), (address, target)
            assert not target.startswith("//"), (address, target)


def test_static_files_may_be_kept_for_ever_and_are_not_sniffed(app: Flask) -> None:
    client = app.test_client()
    address = re.search(r'href="(/static/[0-9a-f]{10}/engawa.css)"', client.get("/signin").text)
    assert address
    answer = client.get(address[1])
    assert answer.status_code == 200
    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_the_session_cookie_is_for_this_site_only(app: Flask, empty_town: Town) -> None:
    cookie = sign_in(app.test_client(), "minato-co").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Secure" not in cookie


def test_behind_https_the_cookie_never_travels_in_the_open(engine: Engine, clock: FrozenClock) -> None:
    app = create_app(Settings(secret_key=SECRET, database_url="", https=True), engine=engine, clock=clock)
    answer = app.test_client().get("/signin", base_url="https://engawa.test")
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-engawa=")
    assert "Secure" in cookie
    assert "Path=/" in cookie
    assert "Strict-Transport-Security" in answer.headers


@pytest.mark.parametrize("address", ["/signin", "/signout", "/account", "/imports", "/people/{person}/proposals"])
def test_a_form_from_elsewhere_changes_nothing(address: str, signed_in: Enter, town: Town, engine: Engine) -> None:
    client = signed_in(town)
    target = address.format(person=town.people["yo-01"])
    for data in ({}, {"csrf_token": "made-up"}):
        answer = client.post(target, data=data)
        assert answer.status_code == 400
        assert "画面が古くなっていました" in answer.text
    assert "まだ作っていません" in client.get(f"/people/{town.people['yo-01']}/proposals").text


def test_the_token_of_somebody_else_does_not_serve(signed_in: Enter, empty_town: Town, app: Flask) -> None:
    mine = token_of(signed_in(empty_town).get("/people").text)
    other = signed_in(empty_town)
    assert other.post("/signout", data={"csrf_token": mine}).status_code == 400


@pytest.mark.parametrize(
    ("address", "method", "status"),
    [("/nowhere", "GET", 404), ("/signout", "GET", 405), ("/people/not-a-key", "GET", 404)],
)
def test_an_error_page_says_what_one_can_do(
    address: str, method: str, status: int, signed_in: Enter, empty_town: Town
) -> None:
    answer = signed_in(empty_town).open(address, method=method)
    assert answer.status_code == status
    assert EXPLANATIONS[status].what in answer.text
    assert EXPLANATIONS[status].to_do in answer.text
    assert 'lang="ja"' in answer.text


def test_htmx_gets_the_error_as_a_part(signed_in: Enter, empty_town: Town) -> None:
    answer = signed_in(empty_town).get("/nowhere", headers={"HX-Request": "true"})
    assert answer.status_code == 404
    assert "<html" not in answer.text
    assert EXPLANATIONS[404].to_do in answer.text


def test_htmx_is_sent_to_the_sign_in_page_and_back_to_where_it_was(app: Flask, empty_town: Town) -> None:
    headers = {"HX-Request": "true", "HX-Current-URL": "http://localhost/people?q=x"}
    answer = app.test_client().get("/people?q=はや", headers=headers)
    assert answer.status_code == 204
    assert answer.headers["HX-Redirect"] == "/signin?next=/people"


def test_a_fault_of_ours_is_explained_and_the_log_tells_no_names(
    app: Flask, signed_in: Enter, empty_town: Town, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = signed_in(empty_town)

    row = " ".join(("はやとさん", "090-0000-0000"))

    def break_down(_: object) -> None:
        raise LookupError(row)

    monkeypatch.setattr("web.views.people.waiting_people", break_down)
    with caplog.at_level(logging.ERROR, logger="engawa"):
        answer = client.get("/people")
    assert answer.status_code == 500
    assert "あなたの操作のせいではありません" in answer.text
    assert "LookupError" in caplog.text
    assert "はやとさん" not in caplog.text
    assert "090-0000" not in caplog.text


def test_a_file_that_is_too_large_is_explained(signed_in: Enter, empty_town: Town) -> None:
    client = signed_in(empty_town)
    token = token_of(client.get("/imports").text)
    answer = client.post("/imports", data={"csrf_token": token, "file": (BytesIO(b"x" * 3 * 1024 * 1024), "big.csv")})
    assert answer.status_code == 413
    assert "2 MB まで" in answer.text
    assert EXPLANATIONS[413].to_do in answer.text


def test_production_refuses_to_start_without_a_secret_of_its_own() -> None:
    with pytest.raises(SettingsError, match="ENGAWA_SECRET_KEY"):
        Settings.from_environment({"ENGAWA_ENVIRONMENT": "production"}, kept_secret=SECRET)


def test_a_short_secret_is_refused() -> None:
    with pytest.raises(SettingsError, match="32 文字以上"):
        Settings.from_environment({"ENGAWA_SECRET_KEY": "short"})


def test_one_machine_may_keep_its_own_secret() -> None:
    settings = Settings.from_environment({}, kept_secret=SECRET)
    assert settings.secret_key == SECRET
    assert settings.database_url.startswith("sqlite:///")
    assert not settings.https


def test_production_is_behind_https_unless_it_says_otherwise() -> None:
    given = {
        "ENGAWA_ENVIRONMENT": "production",
        "ENGAWA_SECRET_KEY": SECRET,
        "ENGAWA_TRUSTED_PROXIES": "1",
        "ENGAWA_HOSTS": "engawa.test",
    }
    assert Settings.from_environment(given).https
    assert not Settings.from_environment({**given, "ENGAWA_HTTPS": "no"}).https


@pytest.mark.parametrize(
    ("name", "value"), [("ENGAWA_HTTPS", "たぶん"), ("ENGAWA_UPLOAD_MEGABYTES", "-1"), ("ENGAWA_TRUSTED_PROXIES", "x")]
)
def test_a_setting_that_cannot_be_read_is_named(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=name):
        Settings.from_environment({"ENGAWA_SECRET_KEY": SECRET, name: value})
