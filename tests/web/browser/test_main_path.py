"""What a coordinator does on an ordinary morning, in a real browser, on a desk and on a telephone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from models.account import Role
from tests.web.conftest import PASSWORD, Town

AXE = Path(__file__).parents[3] / "node_modules" / "axe-core" / "axe.min.js"
pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
SIZES = {"desk": {"width": 1366, "height": 800}, "telephone": {"width": 360, "height": 740}}


@pytest.fixture(params=SIZES)
def page(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(viewport=SIZES[request.param], base_url=address, locale="ja-JP")  # type: ignore[arg-type]
    opened = context.new_page()
    elsewhere: list[str] = []
    opened.on(
        "request", lambda sent: elsewhere.append(sent.url) if not sent.url.startswith((address, "data:")) else None
    )
    failures: list[str] = []
    opened.on("pageerror", lambda error: failures.append(str(error)))
    yield opened
    assert elsewhere == []
    assert failures == []
    context.close()


def enter(page: Page, town: Town, role: Role = Role.CO) -> None:
    page.goto("/signin")
    page.fill("#sign_in_name", town.accounts[role])
    page.fill("#password", PASSWORD)
    page.click("button[type=submit]")
    page.wait_for_url("**/people")


def violations(page: Page) -> list[Any]:
    # The page's own policy forbids foreign scripts; evaluating is the browser's doing, not the page's.
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("async () => (await axe.run()).violations.map(v => [v.id, v.nodes.map(n => n.target)])")
    assert isinstance(found, list)
    return found


def test_signing_in_opening_a_person_asking_and_reading_a_reason(page: Page, town: Town) -> None:
    page.goto("/signin")
    assert violations(page) == []
    enter(page, town)
    assert violations(page) == []
    page.click("text=みきさん")
    assert violations(page) == []
    page.click("button:has-text('提案をつくる')")
    page.wait_for_url("**/proposals/*")
    page.wait_for_selector(".leaflet-marker-icon, .leaflet-interactive")
    assert page.locator("text=はがき").count() or page.locator(".candidates > li").count() >= 2
    assert "求めていること" in page.locator(".candidates > li").first.inner_text()
    assert violations(page) == []
    for fold in page.locator("details > summary").all():
        if fold.is_visible():
            fold.click()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth + 1")


def test_a_file_is_looked_at_before_it_is_brought_in(page: Page, town: Town, tmp_path: Path) -> None:
    enter(page, town)
    page.goto("/imports")
    assert violations(page) == []
    table = tmp_path / "places.csv"
    table.write_text(
        "団体名,活動名,ふしぎな列,定員（人）\nみなとの会,網のつくろい,あ,3\nみなとの会,こわれた行,い,たぶん\n",
        encoding="cp932",
    )
    page.set_input_files("#file", table)
    page.click("text=中身を確かめる")
    page.wait_for_url("**/imports/*-*")
    assert violations(page) == []
    text = page.inner_text("main")
    assert "ふしぎな列" in text
    assert "「たぶん」は数ではありません" in text
    page.click("button:has-text('件を取り込む')")
    page.wait_for_selector("h1:has-text('取り込みました')")
    assert violations(page) == []


def test_everything_works_without_javascript(browser: Browser, address: str, town: Town) -> None:
    context = browser.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()
    enter(page, town)
    page.fill("#search", "みき")
    page.click("button:has-text('さがす')")
    page.click("text=みきさん")
    page.click("button:has-text('提案をつくる')")
    page.wait_for_url("**/proposals/*")
    page.fill("#why", "としょかん")
    page.click("#why-not button:has-text('さがす')")
    assert "配架" in page.inner_text("#why-not-answers") or page.inner_text("#why-not-answers").strip()
    context.close()
