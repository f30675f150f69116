"""Which of a proxy's words count, under which names the house answers, and what a refused form is told."""

from __future__ import annotations

import logging
from typing import Any
from wsgiref.types import StartResponse, WSGIEnvironment

import pytest
from sqlalchemy import Engine
from werkzeug.test import Client, EnvironBuilder

from tests.web.conftest import SECRET, FrozenClock, Town, sign_in, token_of
from web.app import create_app
from web.forwarded import ForwardedHeaders, OnlyOurHosts
from web.settings import Settings

FORGED = {
    "Forwarded": "for=203.0.113.9;host=evil.example",
    "X-Forwarded-Port": "99",
    "X-Forwarded-Prefix": "/evil",
    "X-Forwarded-Ssl": "on",
    "X-Real-Ip": "203.0.113.9",
    "X-Script-Name": "/evil",
    "Script-Name": "/evil",
    "X-Original-Url": "/signout",
    "X-Rewrite-Url": "/signout",
    "X-Http-Method-Override": "DELETE",
    "Proxy": "http://evil.example",
}
HOPS = {"X-Forwarded-For": "203.0.113.9, 192.0.2.7", "X-Forwarded-Proto": "https", "X-Forwarded-Host": "town.example"}


def seen_by_the_house(proxies: int, headers: dict[str, str]) -> dict[str, Any]:
    """What is left of a request when it reaches the app."""
    seen: dict[str, Any] = {}

    def app(environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
        seen.update(environ)
        start_response("200 OK", [])
        return []

    Client(ForwardedHeaders(app, proxies=proxies)).get("/", headers=headers, environ_base={"REMOTE_ADDR": "10.0.0.1"})
    return seen


@pytest.mark.parametrize("proxies", [0, 1, 2])
def test_headers_that_no_proxy_needs_to_send_never_arrive(proxies: int) -> None:
    seen = seen_by_the_house(proxies, FORGED | HOPS)
    assert not [name for name in FORGED if "HTTP_" + name.upper().replace("-", "_") in seen]
    assert seen["SCRIPT_NAME"] == ""
    assert "evil" not in str({name: seen[name] for name in seen if name.startswith(("HTTP_", "SERVER", "PATH"))})


@pytest.mark.parametrize(
    ("proxies", "address", "scheme"), [(0, "10.0.0.1", "http"), (1, "192.0.2.7", "https"), (2, "203.0.113.9", "http")]
)
def test_exactly_the_counted_hops_are_believed(proxies: int, address: str, scheme: str) -> None:
    seen = seen_by_the_house(proxies, HOPS)
    assert seen["REMOTE_ADDR"] == address
    assert seen["wsgi.url_scheme"] == scheme


def test_a_proxy_that_does_not_say_where_people_come_from_is_told_once(caplog: pytest.LogCaptureFixture) -> None:
    house = Client(ForwardedHeaders(lambda _, start: (start("200 OK", []) and []) or [], proxies=1))
    with caplog.at_level(logging.WARNING, "engawa"):
        for _ in range(3):
            house.get("/")
    assert caplog.text.count("ENGAWA_TRUSTED_PROXIES") == 1


@pytest.mark.parametrize(
    ("host", "answered"),
    [
        ("town.example", True),
        ("TOWN.example:443", True),
        ("town.example.", True),
        ("[::1]:8000", True),
        ("evil.example", False),
        ("town.example.evil.example", False),
        ("eviltown.example", False),
        ("town.example@evil.example", False),
        ("", False),
    ],
)
def test_only_listed_names_are_answered(host: str, answered: bool) -> None:
    def app(_: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
        start_response("200 OK", [])
        return []

    environ = EnvironBuilder("/people").get_environ() | {"HTTP_HOST": host}
    house = Client(OnlyOurHosts(app, hosts=("town.example", "[::1]"), headers=dict))
    assert (house.open(environ).status_code == 200) is answered


def test_a_form_over_http_is_told_to_use_https_and_the_operator_what_to_pass(
    engine: Engine, clock: FrozenClock, empty_town: Town, caplog: pytest.LogCaptureFixture
) -> None:
    app = create_app(Settings(secret_key=SECRET, database_url="", https=True), engine=engine, clock=clock)
    answer = app.test_client().post("/signin", data={})
    assert answer.status_code == 400
    assert "https:// で開いてください" in answer.text
    assert "画面が古く" not in answer.text
    assert "X-Forwarded-Proto" in caplog.text


def test_a_form_through_a_proxy_with_a_name_of_its_own_is_explained(
    engine: Engine, clock: FrozenClock, empty_town: Town, caplog: pytest.LogCaptureFixture
) -> None:
    app = create_app(Settings(secret_key=SECRET, database_url="", https=True), engine=engine, clock=clock)
    client = app.test_client()
    inside = "https://backend.internal"
    token = token_of(client.get("/signin", base_url=inside).text)
    answer = client.post(
        "/signin", base_url=inside, data={"csrf_token": token}, headers={"Referer": "https://town.example/signin"}
    )
    assert answer.status_code == 400
    assert "送られた元のアドレス" in answer.text
    assert "proxy_set_header Host" in caplog.text


def test_a_new_secret_signs_nobody_out_and_an_open_form_can_still_be_sent(
    engine: Engine, clock: FrozenClock, empty_town: Town
) -> None:
    new = "another secret, which serves the tests as well"
    client = create_app(Settings(secret_key=SECRET, database_url=""), engine=engine, clock=clock).test_client()
    assert sign_in(client, "minato-co").status_code == 303
    page = client.get("/people").text
    (cookie,) = [kept for kept in client._cookies.values() if kept.key == "engawa"]
    for old, status in (((SECRET,), 200), ((), 303)):
        settings = Settings(secret_key=new, old_secret_keys=old, database_url="")
        later = create_app(settings, engine=engine, clock=clock).test_client()
        later.set_cookie("engawa", cookie.value)
        assert later.get("/people").status_code == status
        if old:
            assert later.post("/signout", data={"csrf_token": token_of(page)}).status_code == 303
