"""The way a town opens it: production, TLS, and the proxy of web/deploy/nginx.conf in front."""

from __future__ import annotations

import os
import re
import shutil
import socket
import ssl
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.client import HTTPConnection, HTTPMessage, HTTPSConnection
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode

import pytest
from sqlmodel import select

from models.account import Role
from models.database import make_engine
from models.migrate import upgrade
from models.scope import EVERYWHERE, open_session
from models.signing_in import SignInAttempt
from seed.municipal_settings import add_municipality
from tests.web.conftest import PASSWORD
from tests.web.serving import Served, free_port, serving, wait_until
from web.services.accounts import add_account

NAME = "engawa.example.lg.jp"
EXAMPLE = Path(__file__).parents[2] / "web" / "deploy" / "nginx.conf"
AROUND = (
    "{user}daemon off; pid {folder}/pid; error_log {folder}/nginx.log; events {{}} http {{ {folders} include {site}; }}"
)


@dataclass
class Browser:
    """Just enough of one: TLS with the right name, and cookies."""

    port: int
    context: ssl.SSLContext
    cookies: dict[str, str] = field(default_factory=dict)

    def ask(
        self, method: str, address: str, form: dict[str, str] | None = None, *, host: str = NAME, **headers: str
    ) -> tuple[int, HTTPMessage, str]:
        connection = HTTPSConnection("127.0.0.1", self.port, timeout=30)
        connection.sock = self.context.wrap_socket(
            socket.create_connection(("127.0.0.1", self.port), timeout=30), server_hostname=NAME
        )
        sent = {
            "Host": host,
            "Referer": f"https://{NAME}/",
            "Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items()),
        }
        if form is not None:
            sent["Content-Type"] = "application/x-www-form-urlencoded"
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, address, urlencode(form) if form is not None else None, sent)
        answer = connection.getresponse()
        for line in answer.headers.get_all("Set-Cookie") or ():
            self.cookies |= {name: kept.value for name, kept in SimpleCookie(line).items()}
        page = answer.read().decode()
        connection.close()
        return answer.status, answer.headers, page

    def sign_in(self, password: str = PASSWORD, **headers: str) -> tuple[int, HTTPMessage, str]:
        _, _, page = self.ask("GET", "/signin")
        return self.ask(
            "POST", "/signin", {**token(page), "sign_in_name": "minato-co", "password": password}, **headers
        )


@dataclass(frozen=True)
class InProduction:
    served: Served
    proxy_port: int
    plain_port: int
    context: ssl.SSLContext
    url: str

    def browser(self) -> Browser:
        return Browser(self.proxy_port, self.context)


def token(page: str) -> dict[str, str]:
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert found, page[:500]
    return {"csrf_token": found[1]}


def nginx() -> str:
    found = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    if found is None:
        pytest.fail("nginx がありません。tests/system_packages.sh を実行してください。")
    return found


@pytest.fixture(scope="module")
def production(tmp_path_factory: pytest.TempPathFactory) -> Iterator[InProduction]:
    program, folder = nginx(), tmp_path_factory.mktemp("production")
    url = f"sqlite:///{folder / 'e.db'}"
    add_somebody(url)
    certificate, key = folder / "fullchain.pem", folder / "privkey.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"),
            *("-days", "2", "-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME}"),
            *("-keyout", str(key), "-out", str(certificate)),
        ],
        check=True,
        capture_output=True,
    )
    given = {"ENGAWA_ENVIRONMENT": "Production", "ENGAWA_HOSTS": NAME, "ENGAWA_TRUSTED_PROXIES": "1"}
    with serving(folder, url, "--no-jobs", **given) as served:
        tls, plain = free_port(), free_port()
        site = folder / "site.conf"
        site.write_text(told(EXAMPLE.read_text(), served.port, tls, plain, folder))
        folders = " ".join(
            f"{name}_temp_path {folder}/{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        user = "user root; " if os.getuid() == 0 else ""
        (folder / "nginx.conf").write_text(AROUND.format(user=user, folder=folder, folders=folders, site=site))
        command = [program, "-e", str(folder / "nginx.log"), "-p", str(folder), "-c", str(folder / "nginx.conf")]
        proxy = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        try:
            wait_until(lambda: is_open(tls), "nginx never listened", 20)
            context = ssl.create_default_context(cafile=str(certificate))
            yield InProduction(served, tls, plain, context, url)
        finally:
            proxy.terminate()
            proxy.wait(timeout=20)


def told(example: str, service: int, tls: int, plain: int, folder: Path) -> str:
    """The example with the ports and the folder of this test, and nothing else changed."""
    changed = example.replace("127.0.0.1:8000", f"127.0.0.1:{service}").replace("/etc/ssl/engawa", str(folder))
    return changed.replace("listen 443 ", f"listen 127.0.0.1:{tls} ").replace(
        "listen 80;", f"listen 127.0.0.1:{plain};"
    )


def is_open(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def add_somebody(url: str) -> None:
    engine = make_engine(url)
    upgrade(engine)
    with open_session(engine, municipality_id=EVERYWHERE) as session:
        town = add_municipality(session, {"key": "minato", "code": "31202", "name": "みなと市"})
        add_account(
            session,
            municipality_id=town.id,
            login="minato-co",
            display_name="職員",
            roles=[Role.CO],
            password=PASSWORD,
            at=datetime.now(UTC),
        )
        session.commit()
    engine.dispose()


def test_somebody_signs_in_reads_a_page_and_sends_a_form(production: InProduction) -> None:
    browser = production.browser()
    status, headers, _ = browser.ask("GET", "/signin")
    cookie = headers["Set-Cookie"]
    assert status == 200
    assert cookie.startswith("__Host-engawa=")
    assert "Secure" in cookie
    assert "HttpOnly" in cookie
    assert headers["Strict-Transport-Security"] == "max-age=31536000"
    assert "gunicorn" not in str(headers).lower()
    assert not re.search(r"nginx/\d", str(headers))
    status, headers, _ = browser.sign_in()
    assert status == 303
    assert headers["Location"] == "/"
    status, _, page = browser.ask("GET", "/people")
    assert status == 200
    assert "みなと市" in page
    status, headers, _ = browser.ask("POST", "/signout", token(page))
    assert status == 303
    assert browser.ask("GET", "/people")[0] == 303


def test_a_form_of_another_site_is_refused(production: InProduction) -> None:
    browser = production.browser()
    _, _, page = browser.ask("GET", "/signin")
    form = {**token(page), "sign_in_name": "minato-co", "password": PASSWORD}
    status, _, page = browser.ask("POST", "/signin", form, Referer="https://elsewhere.example/")
    assert status == 400
    assert "送られた元のアドレス" in page


def test_what_a_visitor_claims_about_himself_does_not_count(production: InProduction) -> None:
    claims = {"X_Forwarded_For": "203.0.113.9", "X_Real_IP": "203.0.113.9", "Forwarded": "for=203.0.113.9"}
    claims |= {"X_Forwarded_Host": "elsewhere.example", "X_Forwarded_Prefix": "/elsewhere", "X_Forwarded_Port": "99"}
    status, headers, page = production.browser().sign_in("まちがえた ことばの ならび", **claims)
    assert status == 401
    assert "elsewhere" not in str(headers) + page
    engine = make_engine(production.url)
    with open_session(engine, municipality_id=EVERYWHERE) as session:
        addresses = set(session.exec(select(SignInAttempt.address)).all())
    engine.dispose()
    assert addresses == {"127.0.0.1"}


def test_only_the_listed_name_is_answered(production: InProduction) -> None:
    browser = production.browser()
    assert browser.ask("GET", "/signin", host="elsewhere.example")[0] != 200
    unnamed = ssl.create_default_context()
    unnamed.check_hostname, unnamed.verify_mode = False, ssl.CERT_NONE
    with pytest.raises(ssl.SSLError), socket.create_connection(("127.0.0.1", production.proxy_port)) as plain:
        unnamed.wrap_socket(plain, server_hostname="elsewhere.example")

    direct = HTTPConnection("127.0.0.1", production.served.port, timeout=30)
    for address, host, status in (
        ("/signin", "elsewhere.example", 400),
        ("/static/x", "elsewhere.example", 400),
        ("/signin", "127.0.0.1", 400),
        ("/signin", NAME.upper(), 200),
        ("/health", "127.0.0.1", 200),
    ):
        direct.request("GET", address, headers={"Host": host})
        answer = direct.getresponse()
        page = answer.read().decode()
        assert answer.status == status, (address, host)
        if status == 400:
            assert "このアドレスでは開けません" in page
            assert answer.headers["Content-Security-Policy"]
    assert "ENGAWA_HOSTS" in production.served.log.read_text()


def test_the_open_door_leads_to_the_encrypted_one(production: InProduction) -> None:
    connection = HTTPConnection("127.0.0.1", production.plain_port, timeout=30)
    connection.request("GET", "/people?q=a", headers={"Host": NAME})
    answer = connection.getresponse()
    assert (answer.status, answer.headers["Location"]) == (308, f"https://{NAME}/people?q=a")
    connection.close()
