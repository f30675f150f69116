"""A real browser before the real service: Debian's Chromium, a server on loopback, the practice town."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page
from sqlalchemy import Engine
from werkzeug.serving import make_server

from models.account import Role
from models.database import make_engine
from models.migrate import upgrade
from tests.web.conftest import PASSWORD, SECRET, FrozenClock, PracticeFile, Town, add_town, fill, hash_quickly
from web.app import create_app
from web.settings import Settings

CHROMIUM = "/usr/bin/chromium"
SWITCHES = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
AXE = Path(__file__).parents[3] / "node_modules" / "axe-core" / "axe.min.js"
DESKTOP, PHONE = {"width": 1366, "height": 900}, {"width": 360, "height": 740}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "browser" in item.path.parts:
            item.add_marker("browser")


@dataclass(frozen=True)
class Service:
    """The running service and the town in it."""

    address: str
    town: Town
    engine: Engine


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    return {"executable_path": CHROMIUM, "args": SWITCHES}


@pytest.fixture(scope="session")
def practice_database(tmp_path_factory: pytest.TempPathFactory, practice_file: PracticeFile) -> tuple[Path, Town]:
    """A file with the practice town in it, made once a run; every test takes a copy."""
    path = tmp_path_factory.mktemp("browser") / "practice.db"
    engine = make_engine(f"sqlite:///{path}")
    upgrade(engine)
    with pytest.MonkeyPatch.context() as here:
        hash_quickly(here)
        town = add_town(engine, "minato", "みなと市")
    fill(
        engine,
        town,
        ("catalogue.json", practice_file("catalogue.json")),
        ("participants.json", practice_file("participants.json")),
    )
    engine.dispose()
    # Whoever leaves last takes what stood beside the file into it: the copies are whole.
    assert not path.with_name("practice.db-wal").exists()
    return path, town


@pytest.fixture
def service(tmp_path: Path, practice_database: tuple[Path, Town]) -> Iterator[Service]:
    """Served by threads on a free port; one database a test, so that no test sees another's clicks."""
    practice, town = practice_database
    shutil.copy(practice, tmp_path / "browser.db")
    engine = make_engine(f"sqlite:///{tmp_path / 'browser.db'}")
    app = create_app(Settings(secret_key=SECRET, database_url=""), engine=engine, clock=FrozenClock())
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Service(f"http://127.0.0.1:{server.server_port}", town, engine)
    server.shutdown()
    thread.join()
    engine.dispose()


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    """Where the service of the test's own database answers while the test runs."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


Open = Callable[..., Page]

REFUSED_FORM = re.compile(r"responded with a status of (400|409|429) ")


def _is_complaint(said: ConsoleMessage) -> bool:
    """Whether the browser complains; a form that comes back with a sentence is an answer, though the console names it."""
    return said.type == "error" and not REFUSED_FORM.search(said.text)


@pytest.fixture
def open_page(browser: Browser, service: Service) -> Iterator[Open]:
    """A page of somebody who has just signed in by the form. Every request that leaves the house fails the test."""
    contexts: list[BrowserContext] = []
    strays: list[str] = []
    complaints: list[str] = []

    def enter(role: Role = Role.CO, *, viewport: dict[str, int] = DESKTOP, scripts: bool = True) -> Page:
        context = browser.new_context(
            viewport=viewport,  # type: ignore[arg-type]
            java_script_enabled=scripts,
            locale="ja-JP",
            base_url=service.address,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("request", lambda sent: None if sent.url.startswith(service.address) else strays.append(sent.url))
        page.on("console", lambda said: complaints.append(said.text) if _is_complaint(said) else None)
        page.on("pageerror", lambda problem: complaints.append(str(problem)))
        page.goto("/signin")
        page.get_by_label("サインイン名").fill(service.town.accounts[role])
        page.get_by_label("パスワード").fill(PASSWORD)
        page.get_by_role("button", name="サインインする").click()
        # Until its scripts have run, a page hears no typing.
        page.wait_for_url(lambda url: "/signin" not in url)
        return page

    yield enter
    for context in contexts:
        context.close()
    assert strays == []
    assert complaints == []


@pytest.fixture(scope="session")
def axe() -> str:
    return AXE.read_text(encoding="utf-8")
