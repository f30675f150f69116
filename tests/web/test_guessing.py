"""Guessing passwords: the guesser becomes slow, and nobody whose password is right is kept out."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlmodel import col, select
from werkzeug.test import TestResponse

from models.account import Account, Role
from models.scope import EVERYWHERE, open_session
from models.signing_in import KnownDevice, SignInAttempt
from tests.web.conftest import PASSWORD, SECRET, FrozenClock, Town, sign_in, token_of
from tests.web.forms import form_with
from web.app import create_app
from web.services import passwords, tries
from web.services.known_devices import MOST_DEVICES, forget_old_devices
from web.services.throttling import ADDRESS_CEILING
from web.settings import Settings

LOGIN, COLLEAGUE = "minato-co", "minato-ld"
WRONG = "not this one at all"
OFFICE, OUTSIDE = "192.0.2.10", "198.51.100.7"
DEVICE = "engawa-device"


@pytest.fixture(autouse=True)
def _a_town(empty_town: Town) -> None:
    """Everybody who signs in here works in this town."""


def browser(app: Flask, address: str = OFFICE) -> FlaskClient:
    client = app.test_client()
    client.environ_base["REMOTE_ADDR"] = address
    return client


def known_browser(app: Flask, login: str = LOGIN, address: str = OFFICE) -> FlaskClient:
    """A browser in which somebody was signed in, and is not now."""
    client = browser(app, address)
    assert sign_in(client, login).status_code == 303
    sign_out(client)
    app.extensions["engawa"].clock.forward(seconds=1)
    return client


def sign_out(client: FlaskClient) -> None:
    target, fields = form_with(client.get("/account").text, "サインアウト")
    assert client.post(target, data=fields).status_code == 303


def guess(client: FlaskClient, times: int, login: str = LOGIN) -> list[int]:
    return [sign_in(client, login, WRONG).status_code for _ in range(times)]


def device_of(client: FlaskClient) -> str:
    cookie = client.get_cookie(DEVICE)
    assert cookie is not None
    return cookie.value


def waits(answer: TestResponse, seconds: int) -> bool:
    return answer.status_code == 429 and answer.headers["Retry-After"] == str(seconds)


def test_after_five_mistakes_even_the_right_password_waits_and_the_page_says_until_when(
    app: Flask, clock: FrozenClock
) -> None:
    client = browser(app)
    assert guess(client, 5) == [401] * 5
    answer = sign_in(client, LOGIN)
    assert waits(answer, 60)
    assert "13:31を過ぎたら、もう一度お試しください。" in answer.text
    assert "前にサインインした端末が手もとにあれば" in answer.text
    assert f'value="{LOGIN}"' in answer.text
    clock.forward(minutes=1)
    assert sign_in(client, LOGIN).status_code == 303


def test_an_unknown_name_waits_just_the_same(app: Flask) -> None:
    assert guess(browser(app), 6, "nobody-here") == [401] * 5 + [429]


def test_trying_while_waiting_does_not_make_the_wait_longer(app: Flask, clock: FrozenClock) -> None:
    client = browser(app)
    guess(client, 5)
    assert guess(client, 10) == [429] * 10
    clock.forward(minutes=1)
    assert sign_in(client, LOGIN).status_code == 303


def test_a_success_forgets_the_mistakes_before_it(app: Flask, clock: FrozenClock) -> None:
    client = known_browser(app)
    for _ in range(2):
        clock.forward(seconds=5)
        assert guess(client, 4) == [401] * 4
        clock.forward(seconds=5)
        assert sign_in(client, LOGIN).status_code == 303
        sign_out(client)


@pytest.mark.parametrize("guesser_at", [OUTSIDE, OFFICE])
def test_the_colleague_at_her_own_pc_gets_in_whoever_guesses_wherever(app: Flask, guesser_at: str) -> None:
    own_pc, guesser = known_browser(app), browser(app, guesser_at)
    assert guess(guesser, 6)[-1] == 429
    assert sign_in(own_pc, LOGIN).status_code == 303


def test_her_own_pc_passes_also_from_an_address_of_no_good_name(app: Flask, engine: Engine, clock: FrozenClock) -> None:
    own_pc = known_browser(app)
    mistakes_from(engine, OUTSIDE, 40, clock)
    own_pc.environ_base["REMOTE_ADDR"] = OUTSIDE
    assert guess(own_pc, 4) == [401] * 4
    assert sign_in(own_pc, LOGIN).status_code == 303


def test_a_new_pc_in_the_usual_office_gets_in_while_somebody_guesses_outside(app: Flask) -> None:
    known_browser(app)
    assert guess(browser(app, OUTSIDE), 6)[-1] == 429
    assert sign_in(browser(app, OUTSIDE), LOGIN).status_code == 429
    assert sign_in(browser(app), LOGIN).status_code == 303


def test_ten_thousand_addresses_have_one_budget(app: Flask) -> None:
    known_browser(app)
    codes = [guess(browser(app, f"203.0.113.{number}"), 1)[0] for number in range(12)]
    assert codes == [401] * 5 + [429] * 7


def test_many_usual_addresses_have_one_budget_too(app: Flask) -> None:
    offices = [f"192.0.2.{number}" for number in range(20, 28)]
    for office in offices:
        known_browser(app, address=office)
    codes = [guess(browser(app, office), 1)[0] for office in offices]
    assert codes == [401] * 5 + [429] * 3


def test_one_network_of_ipv6_is_one_address_and_a_mapped_one_is_itself() -> None:
    assert tries.address_block("2001:db8:1:2:3:4:5:6") == tries.address_block("2001:db8:1:2::9") == "2001:db8:1:2::/64"
    assert tries.address_block("fe80::1%eth0") == "fe80::/64"
    assert tries.address_block("::ffff:192.0.2.10") == OFFICE
    assert tries.address_block("a proxy\x00's nonsense") == ""


def test_when_her_own_mistakes_make_her_pc_wait_another_one_does_not(app: Flask) -> None:
    own_pc = known_browser(app)
    guess(own_pc, 5)
    answer = sign_in(own_pc, LOGIN)
    assert waits(answer, 60)
    assert "前にサインインした端末" not in answer.text
    assert sign_in(browser(app), LOGIN).status_code == 303


def test_signing_in_gives_whoever_guesses_no_new_tries(app: Flask, clock: FrozenClock) -> None:
    own_pc, guesser = known_browser(app), browser(app, OUTSIDE)
    guess(guesser, 5)
    clock.forward(seconds=10)
    assert sign_in(own_pc, LOGIN).status_code == 303
    clock.forward(seconds=10)
    assert guess(guesser, 1) == [429]


def test_a_device_known_for_one_account_is_not_known_for_another(app: Flask) -> None:
    client = known_browser(app, COLLEAGUE, OUTSIDE)
    guess(browser(app, OUTSIDE), 5)
    assert sign_in(client, LOGIN).status_code == 429


def test_colleagues_who_share_a_pc_are_both_known_there(app: Flask) -> None:
    shared = known_browser(app)
    assert sign_in(shared, COLLEAGUE).status_code == 303
    sign_out(shared)
    for login in (LOGIN, COLLEAGUE):
        guess(browser(app, OUTSIDE), 5, login)
        guess(browser(app), 5, login)
        assert sign_in(shared, login).status_code == 303
        sign_out(shared)


def test_a_copied_device_cookie_is_worth_nothing_after_the_next_sign_in(app: Flask) -> None:
    own_pc = known_browser(app)
    copy = browser(app, OUTSIDE)
    copy.set_cookie(DEVICE, device_of(own_pc))
    sign_in(own_pc, LOGIN)
    guess(browser(app, OUTSIDE), 5)
    assert sign_in(copy, LOGIN).status_code == 429


def test_a_made_up_device_cookie_is_no_device(app: Flask) -> None:
    client, codes = browser(app, OUTSIDE), []
    for made_up in ("", "made-up", "x" * 3000, "日本", "a=b", "../../etc"):
        client.set_cookie(DEVICE, made_up)
        codes += guess(client, 1)
    assert codes == [401] * 5 + [429]


def test_a_device_is_forgotten_after_half_a_year(app: Flask, engine: Engine, clock: FrozenClock) -> None:
    own_pc = known_browser(app)
    clock.forward(days=180)
    guess(browser(app, OUTSIDE), 5)
    own_pc.environ_base["REMOTE_ADDR"] = OUTSIDE
    assert sign_in(own_pc, LOGIN).status_code == 429
    with open_session(engine, municipality_id=EVERYWHERE) as session:
        forget_old_devices(session, at=clock.now())
        assert session.exec(select(KnownDevice)).all() == []


def test_an_office_that_clears_its_cookies_every_night_does_not_fill_the_house(
    app: Flask, engine: Engine, clock: FrozenClock
) -> None:
    with open_session(engine, municipality_id=EVERYWHERE) as session:
        account = session.exec(select(Account).where(Account.login == LOGIN)).one()
        for days in range(1, MOST_DEVICES + 3):
            at = clock.now() - timedelta(days=days)
            row = KnownDevice(
                municipality_id=account.municipality_id, account_id=account.id, key_hash=f"{days} days", used_at=at
            )
            session.add(row)
        session.commit()
    newest = known_browser(app)
    guess(newest, 1)
    with open_session(engine, municipality_id=EVERYWHERE) as session:
        kept = session.exec(select(KnownDevice).order_by(col(KnownDevice.used_at))).all()
        assert (len(kept), kept[0].key_hash) == (MOST_DEVICES, f"{MOST_DEVICES - 1} days")
        wrong = session.exec(select(SignInAttempt).where(col(SignInAttempt.ok).is_(False))).one()
        assert wrong.counted_on == f"device:{kept[-1].id}"


def test_a_new_password_makes_every_device_unknown_but_the_one_it_was_changed_in(app: Flask) -> None:
    other, mine = known_browser(app), browser(app)
    sign_in(mine, LOGIN)
    target, fields = form_with(mine.get("/account").text, "パスワードを変える")
    new = "縁側の 猫と 麦茶と 夕立"
    assert mine.post(target, data={**fields, "current": PASSWORD, "new": new, "again": new}).status_code == 303
    app.extensions["engawa"].clock.forward(seconds=1)
    guess(browser(app), 5)
    assert sign_in(other, LOGIN, new).status_code == 429
    sign_out(mine)
    assert sign_in(mine, LOGIN, new).status_code == 303


def test_behind_one_address_the_next_person_passes_at_the_first_try_and_only_who_was_wrong_waits(
    app: Flask, engine: Engine, clock: FrozenClock
) -> None:
    mistakes_from(engine, OFFICE, 30, clock)
    clock.forward(seconds=1)
    assert waits(sign_in(browser(app), "name-29", WRONG), 14)
    assert sign_in(browser(app), LOGIN).status_code == 303
    assert guess(browser(app), 1, COLLEAGUE) == [401]
    answer = sign_in(browser(app), COLLEAGUE)
    assert waits(answer, 15)
    clock.forward(seconds=15)
    assert sign_in(browser(app), COLLEAGUE).status_code == 303


def mistakes_from(engine: Engine, address: str, count: int, clock: FrozenClock) -> None:
    """Names nobody has, tried just now."""
    with open_session(engine, municipality_id=EVERYWHERE) as session:
        for number in range(count):
            made = {"login": f"name-{number}", "address": address, "counted_on": "elsewhere"}
            session.add(SignInAttempt(**made, at=clock.now(), ok=False))
        session.commit()


def test_the_more_mistakes_from_an_address_the_longer_its_names_wait(
    app: Flask, engine: Engine, clock: FrozenClock
) -> None:
    mistakes_from(engine, OUTSIDE, 50, clock)
    assert waits(sign_in(browser(app, OUTSIDE), "name-0", WRONG), 60)


def test_the_ceiling_of_an_address_stops_new_devices_alone(app: Flask, engine: Engine, clock: FrozenClock) -> None:
    own_pc = known_browser(app)
    clock.forward(minutes=1)
    mistakes_from(engine, OFFICE, ADDRESS_CEILING, clock)
    assert waits(sign_in(browser(app), COLLEAGUE), 15 * 60)
    assert sign_in(own_pc, LOGIN).status_code == 303
    assert sign_in(browser(app, OUTSIDE), COLLEAGUE).status_code == 303


@pytest.mark.parametrize("login", [LOGIN, "nobody-here"])
def test_many_guesses_at_the_same_moment_cannot_slip_through(app: Flask, engine: Engine, login: str) -> None:
    with ThreadPoolExecutor(8) as pool:
        codes = list(pool.map(lambda _: guess(browser(app), 1, login)[0], range(16)))
    assert sorted(codes) == [401] * 5 + [429] * 11
    with open_session(engine, municipality_id=EVERYWHERE) as session:
        assert len(session.exec(select(SignInAttempt)).all()) == 5


def test_sign_ins_of_a_whole_office_at_the_same_moment_all_succeed(app: Flask, empty_town: Town) -> None:
    with ThreadPoolExecutor(8) as pool:
        codes = list(pool.map(lambda role: sign_in(browser(app), empty_town.accounts[role]).status_code, Role))
    assert codes == [303] * len(Role)


# Names and passwords alike.
ODD = ["\x00", "minato-co\x00", "\x00minato-co", "\ufffd", "\u202eoc-otanim", "ﷺ" * 90, "\x1b[2J", "'; --", "💮" * 300]


def test_an_odd_name_or_password_is_just_wrong(app: Flask, clock: FrozenClock) -> None:
    for odd in ODD:
        assert sign_in(browser(app), odd, PASSWORD).status_code == 401, ascii(odd)
        assert sign_in(browser(app), LOGIN, odd).status_code == 401, ascii(odd)
        assert sign_in(browser(app), LOGIN, PASSWORD + odd).status_code == 401, ascii(odd)
        clock.forward(hours=1)


def test_half_a_character_in_a_form_is_just_wrong(app: Flask) -> None:
    client = browser(app)
    token = token_of(client.get("/signin").text)
    for name in ("%ED%A0%80", "minato-co%00", "%FF"):
        body = f"csrf_token={token}&sign_in_name={name}&password={name}"
        answer = client.post("/signin", data=body, content_type="application/x-www-form-urlencoded")
        assert answer.status_code == 401
    assert not passwords.matches("\ud800", None)


def test_known_and_unknown_names_ask_the_database_the_same_and_check_a_password_once(
    app: Flask, queries: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    checked: list[object] = []
    matches = passwords.matches
    monkeypatch.setattr(passwords, "matches", lambda *given: checked.append(given) or matches(*given))
    client, asked = browser(app), []
    for login in (LOGIN, "nobody-here"):
        token = token_of(client.get("/signin").text)
        queries.clear()
        client.post("/signin", data={"csrf_token": token, "sign_in_name": login, "password": WRONG})
        asked.append(list(queries))
    assert asked[0] == asked[1]
    assert len(checked) == 2


def test_an_old_password_that_would_be_refused_today_still_opens_the_house(app: Flask, engine: Engine) -> None:
    with open_session(engine, municipality_id=EVERYWHERE) as session:
        account = session.exec(select(Account).where(Account.login == LOGIN)).one()
        account.password_hash = passwords.hashed("password1234")
        session.commit()
    client = browser(app)
    assert sign_in(client, LOGIN, "password1234").status_code == 303
    target, fields = form_with(client.get("/account").text, "パスワードを変える")
    typed = {"current": "password1234", "new": "password12345", "again": "password12345"}
    assert "当てられやすい" in client.post(target, data={**fields, **typed}).text


def test_the_device_cookie_is_for_this_site_only_and_lasts_half_a_year(
    app: Flask, engine: Engine, clock: FrozenClock
) -> None:
    (cookie,) = [each for each in sign_in(browser(app), LOGIN).headers.getlist("Set-Cookie") if DEVICE in each]
    assert cookie.startswith(f"{DEVICE}=")
    assert {"HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))
    assert f"Max-Age={int(timedelta(days=180).total_seconds())}" in cookie
    assert "Secure" not in cookie
    safe = create_app(Settings(secret_key=SECRET, database_url="", https=True), engine=engine, clock=clock)
    client, base = safe.test_client(), "https://engawa.test"
    token = token_of(client.get("/signin", base_url=base).text)
    data = {"csrf_token": token, "sign_in_name": LOGIN, "password": PASSWORD}
    answer = client.post("/signin", base_url=base, data=data, headers={"Referer": f"{base}/signin"})
    (cookie,) = [each for each in answer.headers.getlist("Set-Cookie") if DEVICE in each]
    assert cookie.startswith(f"__Host-{DEVICE}=")
    assert {"HttpOnly", "Path=/", "SameSite=Lax", "Secure"} <= set(cookie.split("; "))
