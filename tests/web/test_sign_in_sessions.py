"""Sessions: where one is signed in, and that a session that was ended is over wherever its cookie went."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from time import monotonic
from uuid import UUID, uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, text
from sqlmodel import select

from models.account import Account, Role
from models.scope import EVERYWHERE, open_session
from models.signing_in import KnownDevice, SignInSession
from tests.web.conftest import NOW, PASSWORD, FrozenClock, Town, sign_in, token_of
from tests.web.forms import form_with
from tests.web.test_people_pages import text_of
from web.device_words import UNKNOWN_DEVICE, device_words
from web.services import accounts, passwords

Enter = Callable[..., FlaskClient]
LOGIN = "minato-co"
EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1"


def copy_of(app: Flask, client: FlaskClient) -> FlaskClient:
    """Another browser that holds a copy of the session's cookie."""
    cookie = client.get_cookie("engawa")
    assert cookie is not None
    copy = app.test_client()
    copy.set_cookie("engawa", cookie.value)
    return copy


def press(client: FlaskClient, button: str, page: str = "/account") -> int:
    target, fields = form_with(client.get(page).text, button)
    return client.post(target, data=fields).status_code


def with_browser(app: Flask, user_agent: str, login: str = LOGIN) -> FlaskClient:
    client = app.test_client()
    client.environ_base["HTTP_USER_AGENT"] = user_agent
    assert sign_in(client, login).status_code == 303
    return client


def sittings(engine: Engine) -> list[SignInSession]:
    with open_session(engine, municipality_id=EVERYWHERE) as session:
        return list(session.exec(select(SignInSession)).all())


def test_signing_out_ends_the_session_wherever_its_cookie_was_copied_to(
    app: Flask, signed_in: Enter, empty_town: Town
) -> None:
    client = signed_in(empty_town)
    copy = copy_of(app, client)
    assert copy.get("/people").status_code == 200
    assert press(client, "サインアウト") == 303
    answer = copy.get("/people", follow_redirects=True)
    assert answer.request.path == "/signin"
    assert "サインアウトしています。" in answer.text


def test_a_copied_cookie_cannot_prolong_itself(
    app: Flask, signed_in: Enter, empty_town: Town, clock: FrozenClock
) -> None:
    client = signed_in(empty_town)
    for _ in range(23):
        clock.forward(minutes=30)
        copy = copy_of(app, client)
        assert copy.get("/people").status_code == 200
    clock.forward(minutes=31)
    assert copy.get("/people").status_code == 303
    assert client.get("/people").status_code == 303


def test_an_old_copy_ends_with_the_idle_hour_of_its_session(
    app: Flask, signed_in: Enter, empty_town: Town, clock: FrozenClock
) -> None:
    client = signed_in(empty_town)
    copies = [copy_of(app, client) for _ in range(2)]
    clock.forward(minutes=60)
    for copy in copies:
        answer = copy.get("/people", follow_redirects=True)
        assert "しばらく操作がなかったので" in answer.text


def test_closing_an_account_ends_its_sessions_and_forgets_its_devices(
    signed_in: Enter, empty_town: Town, engine: Engine
) -> None:
    client, colleague = signed_in(empty_town), signed_in(empty_town, Role.LD)
    with open_session(engine, municipality_id=EVERYWHERE) as session:
        account = accounts.find_account(session, LOGIN)
        accounts.close_account(session, account, at=NOW)
        session.commit()
    assert "いまは使えません" in client.get("/people", follow_redirects=True).text
    assert colleague.get("/people").status_code == 200
    with open_session(engine, municipality_id=EVERYWHERE) as session:
        assert session.exec(select(KnownDevice).where(KnownDevice.account_id == account.id)).all() == []


def test_one_is_signed_in_here_alone_and_the_page_says_so(app: Flask, empty_town: Town) -> None:
    page = text_of(with_browser(app, EDGE).get("/account").text)
    assert "サインイン中の端末 Windows の Edge この端末 サインイン 今日 13:30" in page
    assert "ほかの端末では、サインインしていません。" in page
    assert "終わらせる" not in page


def test_every_browser_is_listed_this_one_first_and_each_can_be_ended(
    app: Flask, empty_town: Town, clock: FrozenClock
) -> None:
    phone = with_browser(app, IPHONE)
    clock.forward(minutes=5)
    here = with_browser(app, EDGE)
    clock.forward(minutes=5)
    phone.get("/people")
    page = text_of(here.get("/account").text)
    assert page.index("Windows の Edge この端末") < page.index(
        "iPhone の Safari 最後の操作 今日 13:40、 サインイン 今日 13:30"
    )
    assert press(here, "終わらせる") == 303
    assert "ほかの端末からの操作で、サインアウトしました。" in phone.get("/", follow_redirects=True).text
    assert "その端末のサインインを終わらせました。" in here.get("/account").text


def test_all_others_can_be_ended_at_once(app: Flask, signed_in: Enter, empty_town: Town) -> None:
    others, here, colleague = (
        [signed_in(empty_town) for _ in range(3)],
        signed_in(empty_town),
        signed_in(empty_town, Role.LD),
    )
    assert press(here, "ほかをすべて終わらせる") == 303
    assert [other.get("/people").status_code for other in others] == [303] * 3
    assert here.get("/people").status_code == colleague.get("/people").status_code == 200
    assert "ほかの端末では、サインインしていません。" in here.get("/account").text


def test_what_has_run_out_is_not_listed(app: Flask, signed_in: Enter, empty_town: Town, clock: FrozenClock) -> None:
    signed_in(empty_town)
    clock.forward(minutes=60)
    assert "ほかの端末では、サインインしていません。" in signed_in(empty_town).get("/account").text


def test_nobody_ends_the_session_of_somebody_else(
    signed_in: Enter, empty_town: Town, other_town: Town, engine: Engine
) -> None:
    signed_in(empty_town, Role.LD)
    signed_in(other_town)
    foreign = [sitting.id for sitting in sittings(engine)]
    client = signed_in(empty_town)
    token = token_of(client.get("/account").text)
    answers = [client.post(f"/account/sessions/{key}/end", data={"csrf_token": token}) for key in (*foreign, uuid4())]
    assert [answer.status_code for answer in answers] == [404] * 3
    assert len({answer.text for answer in answers}) == 1
    assert all(sitting.ended_at is None for sitting in sittings(engine))


def test_ending_this_one_by_its_address_is_signing_out(signed_in: Enter, empty_town: Town, engine: Engine) -> None:
    client = signed_in(empty_town)
    (sitting,) = sittings(engine)
    token = token_of(client.get("/account").text)
    answer = client.post(f"/account/sessions/{sitting.id}/end", data={"csrf_token": token})
    assert answer.location == "/signin"
    assert client.get("/people").status_code == 303


@pytest.mark.parametrize("address", ["/account/sessions/{}/end", "/account/sessions/end-others"])
def test_a_form_from_elsewhere_ends_nothing(signed_in: Enter, empty_town: Town, engine: Engine, address: str) -> None:
    client = signed_in(empty_town)
    signed_in(empty_town)
    for sitting in sittings(engine):
        assert client.post(address.format(sitting.id)).status_code == 400
    assert all(sitting.ended_at is None for sitting in sittings(engine))


def test_signing_in_again_leaves_no_session_behind(
    app: Flask, signed_in: Enter, empty_town: Town, engine: Engine
) -> None:
    client = signed_in(empty_town)
    copy = copy_of(app, client)
    token = token_of(client.get("/account").text)
    data = {"csrf_token": token, "sign_in_name": "minato-ld", "password": PASSWORD}
    assert client.post("/signin", data=data).status_code == 303
    assert "職員LD" in client.get("/people").text
    assert copy.get("/people").status_code == 303
    assert sorted(sitting.ended_why or "" for sitting in sittings(engine)) == ["", "signed_out"]


def meanwhile(monkeypatch: pytest.MonkeyPatch, change: Callable[[], None]) -> None:
    """Something happens just after the next password was checked and before its session begins."""
    check, waiting = passwords.matches, [change]

    def matches(password: str, kept: str | None) -> bool:
        found = check(password, kept)
        while waiting:
            waiting.pop()()
        return found

    monkeypatch.setattr(passwords, "matches", matches)


@pytest.mark.parametrize(("what", "status"), [("password", 401), ("close", 401), ("the same password, kept anew", 303)])
def test_what_happens_while_a_password_is_checked_counts(
    app: Flask, engine: Engine, empty_town: Town, monkeypatch: pytest.MonkeyPatch, what: str, status: int
) -> None:
    def change() -> None:
        with open_session(engine, municipality_id=EVERYWHERE) as session:
            account = accounts.find_account(session, LOGIN)
            if what == "password":
                accounts.set_password(session, account, password="縁側の 猫と 麦茶と 夕立", at=NOW)
            elif what == "close":
                accounts.close_account(session, account, at=NOW)
            else:
                account.password_hash = passwords.hashed(PASSWORD)
            session.commit()

    meanwhile(monkeypatch, change)
    assert sign_in(app.test_client(), LOGIN).status_code == status
    assert len([sitting for sitting in sittings(engine) if sitting.ended_at is None]) == (status == 303)


def test_two_changes_of_one_password_at_once_leave_the_first(
    app: Flask, signed_in: Enter, engine: Engine, empty_town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, first = signed_in(empty_town), "縁側の 猫と 麦茶と 夕立"

    def change() -> None:
        with open_session(engine, municipality_id=EVERYWHERE) as session:
            accounts.set_password(session, accounts.find_account(session, LOGIN), password=first, at=NOW)
            session.commit()

    target, fields = form_with(client.get("/account").text, "パスワードを変える")
    meanwhile(monkeypatch, change)
    second = "夕やけの 自転車と すいか"
    answer = client.post(target, data={**fields, "current": PASSWORD, "new": second, "again": second})
    assert answer.status_code == 400
    assert "いまのパスワードが違います。" in answer.text
    assert sign_in(app.test_client(), LOGIN, first).status_code == 303


def test_the_keys_stand_in_no_table(app: Flask, signed_in: Enter, empty_town: Town, engine: Engine) -> None:
    client = signed_in(empty_town)
    device = client.get_cookie("engawa-device")
    with client.session_transaction() as session:
        key = session["_user_id"]
    assert device is not None
    with engine.connect() as connection:
        for table in ("sign_in_session", "known_device", "account", "sign_in_attempt"):
            rows = str(connection.execute(text(f"SELECT * FROM {table}")).all())
            assert key not in rows
            assert device.value not in rows


def test_a_request_is_recognised_in_one_query_and_noted_at_most_once_a_minute(
    signed_in: Enter, empty_town: Town, clock: FrozenClock, queries: list[str]
) -> None:
    client = signed_in(empty_town)
    counts = []
    for seconds in (0, 59, 1, 1):
        clock.forward(seconds=seconds)
        queries.clear()
        client.get("/welcome")
        asked = [query for query in queries if query.startswith(("SELECT", "UPDATE"))]
        counts.append(len(asked))
        assert "sign_in_session" in asked[0]
    assert counts == [1, 1, 2, 1]


def test_a_page_does_not_wait_for_the_note_while_somebody_else_writes(
    signed_in: Enter, empty_town: Town, engine: Engine, clock: FrozenClock
) -> None:
    client = signed_in(empty_town)
    clock.forward(minutes=5)
    with engine.connect() as writer:
        writer.execute(text("UPDATE account SET active = active"))
        start = monotonic()
        assert client.get("/welcome").status_code == 200
        assert monotonic() - start < 2
        writer.rollback()
    assert client.get("/welcome").status_code == 200
    (sitting,) = sittings(engine)
    assert sitting.seen_at == clock.now()
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar_one() == 10000


def test_a_note_of_an_ended_session_does_not_open_it_again(
    app: Flask, signed_in: Enter, empty_town: Town, engine: Engine, clock: FrozenClock
) -> None:
    client = signed_in(empty_town)
    copy = copy_of(app, client)
    press(client, "サインアウト")
    clock.forward(minutes=2)
    copy.get("/people")
    (sitting,) = sittings(engine)
    assert (sitting.seen_at, sitting.ended_why) == (NOW, "signed_out")


@pytest.mark.parametrize("left_over", [str(UUID(int=7)), "", "\x00", "x" * 500])
def test_a_cookie_of_a_former_time_leads_to_the_door(app: Flask, empty_town: Town, left_over: str) -> None:
    client = app.test_client()
    with client.session_transaction() as session:
        session["_user_id"] = left_over
        session["seen_at"] = int((NOW - timedelta(minutes=1)).timestamp())
    answer = client.get("/people", follow_redirects=True)
    assert (answer.status_code, answer.request.path) == (200, "/signin")


def test_an_account_that_lost_a_role_loses_it_with_the_next_click(
    signed_in: Enter, empty_town: Town, engine: Engine
) -> None:
    client = signed_in(empty_town)
    with open_session(engine, municipality_id=EVERYWHERE) as session:
        account = session.exec(select(Account).where(Account.login == LOGIN)).one()
        accounts.replace_roles(session, account, [Role.SC])
        session.commit()
    assert client.get("/people").status_code == 403


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (EDGE, "Windows の Edge"),
        (IPHONE, "iPhone の Safari"),
        (
            "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36",
            "Android の Chrome",
        ),
        (
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.0 Safari/605.1.15",
            "Mac の Safari",
        ),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Linux の Firefox"),
        ("Mozilla/5.0 (Windows NT 10.0; WOW64; Trident/7.0; rv:11.0) like Gecko", "Windows の Internet Explorer"),
        ("Mozilla/5.0 (Windows NT 10.0)", "Windows"),
        ("curl/8.0 <script>alert(1)</script>", UNKNOWN_DEVICE),
        ("", UNKNOWN_DEVICE),
    ],
)
def test_a_browser_has_words_one_would_say_and_none_of_its_own(user_agent: str, words: str) -> None:
    assert device_words(user_agent) == words
