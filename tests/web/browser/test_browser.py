"""The first walk through the house, as people take it: with a mouse, with keys, on a phone, without scripts."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect
from sqlmodel import select

from models.account import Role
from models.municipality import District
from models.opportunity import Opportunity
from models.scope import open_session
from tests.web.browser.conftest import DESKTOP, PHONE, Open, Service
from tests.web.conftest import PASSWORD

pytestmark = pytest.mark.browser

PLACES = "団体名,活動名,定員（人）,なかみ\n花の会,花の水やり,3,水をまく\n畑の会,畑の草取り,たぶん,草をとる\n"


HALLS = "名称,住所,ひとこと\nみなと会館,本町1-1,静か\nはま会館,本町2-2,広い\n"


def choose_file(page: Page, text: str = PLACES, name: str = "places.csv") -> None:
    page.goto("/imports")
    page.get_by_label("ファイル").set_input_files(
        files=[{"name": name, "mimeType": "text/csv", "buffer": text.encode()}]
    )
    page.get_by_role("button", name="中身を確かめる").click()


def propose_for(page: Page, name: str) -> None:
    page.goto("/people")
    page.get_by_role("link", name=name).click()
    page.get_by_role("button", name="提案をつくる").click()


def every_page(page: Page, service: Service) -> list[str]:
    """The address of every kind of page, with something on it."""
    propose_for(page, "はやとさん")
    round_address = page.url
    page.goto(f"/people/{service.town.people['yo-08']}")
    page.get_by_role("button", name="提案をつくる").click()
    at_stage_zero = page.url
    page.goto(f"/people/{service.town.people['yo-02']}")
    choose_file(page)
    waiting = page.url
    choose_file(page, PLACES.replace("花", "草"))
    page.get_by_role("button", name=re.compile("件を取り込む")).click()
    imported = page.url
    choose_file(page, HALLS, "施設.csv")
    halls = page.url
    person = f"/people/{service.town.people['yo-01']}"
    page.goto("/places")
    page.get_by_role("link", name="なぎさの家 波の音の午後").click()
    place = page.url
    page.goto("/places")
    page.get_by_role("link", name="草の水やり").click()
    return [
        "/people",
        "/people?q=%E3%81%9D%E3%82%93%E3%81%AA",
        person,
        f"{person}/proposals",
        f"{round_address}?why=%E3%81%AD%E3%81%8E",
        at_stage_zero,
        "/imports",
        waiting,
        halls,
        imported,
        "/places",
        "/places?q=%E3%81%9D%E3%82%93%E3%81%AA",
        place,
        f"{place}/people",
        page.url,
        f"{page.url}/people",
        "/welcome",
        "/account",
    ]


def test_axe_finds_nothing_and_nothing_runs_off_the_side(open_page: Open, service: Service, axe: str) -> None:
    page = open_page()
    for address in every_page(page, service):
        page.goto(address)
        page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true; })")
        page.evaluate(axe)
        for viewport in (DESKTOP, PHONE):
            page.set_viewport_size(viewport)  # type: ignore[arg-type]
            found = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
            told = [
                (one["id"], one["help"], [node["html"][:200] for node in one["nodes"]]) for one in found["violations"]
            ]
            assert told == [], (address, viewport)
            assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"], (address, viewport)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_from_signing_in_to_reading_a_reason(open_page: Open, scripts: bool) -> None:
    page = open_page(scripts=scripts)
    expect(page).to_have_url(re.compile("/people$"))
    propose_for(page, "はやとさん")
    expect(page.get_by_role("heading", name="はやとさんへの提案")).to_be_visible()
    card = page.get_by_role("article").first
    expect(card.get_by_role("heading", name="合う理由")).to_be_visible()
    expect(card.locator(".part--why li").first).not_to_be_empty()
    card.get_by_text("根拠を見る").click()
    expect(card.get_by_role("table")).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_finding_a_person_by_two_characters(open_page: Open, scripts: bool) -> None:
    page = open_page(scripts=scripts)
    page.get_by_label("人をさがす").fill("はや")
    if not scripts:
        page.get_by_role("button", name="さがす").click()
    expect(page.get_by_text("「はや」で1人見つかりました。")).to_be_visible()
    expect(page).to_have_url(re.compile(r"/people\?.*q=%E3%81%AF%E3%82%84"))
    expect(page.get_by_role("row")).to_have_count(2)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_asking_why_a_place_is_not_there(open_page: Open, scripts: bool) -> None:
    page = open_page(scripts=scripts)
    propose_for(page, "はやとさん")
    page.get_by_label("なぜ出ないの？").fill("ねぎ")
    if not scripts:
        page.get_by_role("button", name="さがす").click()
    answers = page.locator("#why-not-answers")
    expect(answers).to_contain_text("白ねぎの皮むきとたばね")
    expect(answers.locator("li").first.locator("span")).not_to_have_count(0)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_bringing_a_file_in(open_page: Open, scripts: bool) -> None:
    page = open_page(scripts=scripts)
    choose_file(page)
    expect(page.get_by_text("3行目")).to_be_visible()
    page.get_by_label("「なかみ」").select_option("やさしい説明")
    page.get_by_role("button", name="この内容で読み直す").click()
    page.get_by_role("button", name=re.compile("件を取り込む")).click()
    expect(page.get_by_role("heading", name="取り込みました")).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_saying_what_a_list_is_called(open_page: Open, scripts: bool) -> None:
    page = open_page(scripts=scripts)
    choose_file(page, HALLS, "施設_20260401.csv")
    expect(page.get_by_label("一覧の日付")).to_have_value("2026-04-01")
    page.get_by_label("一覧の名前").fill("集会所の一覧")
    page.get_by_label("一覧の日付").fill("2027-04-01")
    page.get_by_label("「ひとこと」").select_option("備考")
    page.get_by_role("button", name=re.compile("件を取り込む")).click()
    expect(page.locator("#list_date-error")).to_contain_text("今日より先の日付です。")
    expect(page.get_by_label("一覧の名前")).to_have_value("集会所の一覧")
    expect(page.get_by_label("「ひとこと」")).to_have_value("備考")
    page.get_by_label("一覧の日付").fill("2026-10-01")
    page.keyboard.press("Enter")
    expect(page.get_by_text("集会所の一覧（2026年10月1日）")).to_be_visible()
    page.get_by_role("button", name=re.compile("件を取り込む")).click()
    expect(page.get_by_role("heading", name="取り込みました")).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_from_the_list_of_places_to_the_people_one_would_suit(open_page: Open, scripts: bool) -> None:
    page = open_page(scripts=scripts)
    page.get_by_role("link", name="場", exact=True).click()
    page.get_by_label("場をさがす").fill("波の")
    page.get_by_label("状態").select_option("受け入れ可")
    if not scripts:
        page.get_by_role("button", name="さがす").click()
    expect(page.get_by_text("1件見つかりました。")).to_be_visible()
    expect(page).to_have_url(re.compile(r"/places\?.*state=open"))
    page.get_by_role("link", name="なぎさの家 波の音の午後").click()
    expect(page.get_by_role("heading", name="電話の前に")).to_be_visible()
    page.get_by_role("link", name="待っている人のだれに合うかを見る").click()
    expect(page.get_by_role("heading", name="合いそうな人")).to_be_visible()
    card = page.get_by_role("article").first
    expect(card.locator(".part--why li").first).not_to_be_empty()
    name = card.get_by_role("link").text_content() or ""
    card.get_by_role("link").click()
    expect(page.get_by_role("heading", name=name, level=1)).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_list_of_places_that_was_sorted_stays_so_when_it_is_narrowed(open_page: Open, scripts: bool) -> None:
    page = open_page(Role.SC, scripts=scripts)
    page.get_by_role("link", name="最後の確認").click()
    expect(page.get_by_role("columnheader", name="最後の確認")).to_have_attribute("aria-sort", "ascending")
    page.get_by_label("確認の期限が過ぎた場だけ").check()
    if not scripts:
        page.get_by_role("button", name="さがす").click()
    expect(page.get_by_text("件見つかりました。")).to_be_visible()
    expect(page.get_by_role("columnheader", name="最後の確認")).to_have_attribute("aria-sort", "ascending")
    expect(page).to_have_url(re.compile("sort=confirmed"))


def test_a_proposed_place_opens_from_its_card(open_page: Open) -> None:
    page = open_page()
    propose_for(page, "はやとさん")
    link = page.get_by_role("article").first.get_by_role("heading", level=3).get_by_role("link")
    title = link.text_content() or ""
    link.click()
    expect(page.get_by_role("heading", name=title, level=1)).to_be_visible()


def test_a_place_prints_with_its_facts_and_without_its_button(open_page: Open) -> None:
    page = open_page()
    page.goto("/places")
    page.get_by_role("link", name="なぎさの家 波の音の午後").click()
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", name="電話の前に")).to_be_visible()
    expect(page.get_by_role("link", name="待っている人のだれに合うかを見る")).to_be_hidden()


def test_the_whole_way_by_keyboard_alone(open_page: Open, service: Service) -> None:
    page = open_page()
    page.goto("/people")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="本文へ")).to_be_focused()
    page.keyboard.press("Enter")
    page.get_by_label("人をさがす").focus()
    page.keyboard.type("はや")
    expect(page.get_by_text("「はや」で1人見つかりました。")).to_be_visible()
    expect(page.get_by_label("人をさがす")).to_be_focused()
    page.get_by_role("link", name="はやとさん").focus()
    page.keyboard.press("Enter")
    button = page.get_by_role("button", name="提案をつくる")
    button.focus()
    outline = button.evaluate("element => getComputedStyle(element).outlineStyle")
    assert outline == "solid"
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="はやとさんへの提案")).to_be_visible()


def add_to_every_name(service: Service, added: str) -> None:
    with open_session(service.engine, municipality_id=service.town.id) as session:
        for place in session.exec(select(Opportunity)).all():
            place.title += added
        for district in session.exec(select(District)).all():
            district.name += added
        session.commit()


def test_the_map_and_the_list_point_at_each_other_and_names_are_text(open_page: Open, service: Service) -> None:
    page = open_page()
    marked = "<b class='meant'>太字</b><img src='/no-such-picture'>"
    add_to_every_name(service, marked)
    propose_for(page, "はやとさん")
    pin = page.locator(".map-number").first
    expect(pin).to_be_visible()
    card = page.locator("#candidate-" + (pin.text_content() or ""))
    expect(pin).to_have_attribute("title", re.compile(re.escape(marked)))
    expect(page.get_by_role("tooltip").filter(has_text=marked)).to_be_visible()
    expect(page.locator("#map :is(.meant, img)")).to_have_count(0)
    pin.hover()
    expect(card).to_have_class(re.compile("is-lit"))
    card.hover()
    expect(pin).to_have_class(re.compile("is-lit"))
    pin.focus()
    page.keyboard.press("Enter")
    expect(card).to_be_focused()


def test_two_clicks_on_a_slow_button_ask_once(open_page: Open, service: Service) -> None:
    page = open_page()
    page.goto(f"/people/{service.town.people['yo-01']}")
    page.get_by_role("button", name="提案をつくる").dblclick()
    expect(page.get_by_role("heading", name="はやとさんへの提案")).to_be_visible()
    page.goto(f"/people/{service.town.people['yo-01']}/proposals")
    expect(page.locator(".near > li")).to_have_count(1)


def test_after_signing_out_the_back_button_shows_nothing(open_page: Open) -> None:
    page = open_page()
    page.get_by_role("link", name="はやとさん").click()
    page.locator(".account > summary").click()
    page.get_by_role("button", name="サインアウト").click()
    expect(page.get_by_text("サインアウトしました。")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", name="サインイン")).to_be_visible()
    assert page.evaluate("sessionStorage.length + localStorage.length") == 0


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_changing_ones_own_password(open_page: Open, scripts: bool) -> None:
    page = open_page(scripts=scripts)
    elsewhere = open_page()
    page.locator(".account > summary").click()
    page.get_by_role("link", name="自分の設定").click()
    for current in ("not this one at all", PASSWORD):
        page.get_by_label("いまのパスワード").fill(current)
        page.get_by_label("新しいパスワード", exact=True).fill("縁側の 猫と 麦茶と 夕立")
        page.get_by_label("新しいパスワード（もう一度）").fill("縁側の 猫と 麦茶と 夕立")
        page.get_by_role("button", name="パスワードを変える").click()
        if current != PASSWORD:
            expect(page.locator("#current-error")).to_have_text("いまのパスワードが違います。入れ直してください。")
    expect(page.get_by_text("パスワードを変えました。")).to_be_visible()
    elsewhere.reload()
    expect(elsewhere.get_by_role("heading", name="サインイン")).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_deciding_when_to_meet_somebody_next(open_page: Open, scripts: bool) -> None:
    page = open_page(scripts=scripts)
    page.goto("/people?who=all")
    page.get_by_role("row", name="りょうさん").get_by_role("link", name="次に会う日がまだ決まっていません").click()
    expect(page.get_by_role("heading", name="次に会う日")).to_be_in_viewport()
    page.get_by_label("会い方").select_option("手紙")
    for day in ("2026-11-20", "2026-12-03"):
        page.get_by_label("日にち").fill(day)
        page.get_by_role("button", name="次に会う日を残す").click()
        if day == "2026-11-20":
            expect(page.locator("#next_visit_on-error")).to_contain_text("もう過ぎた日です。")
    expect(page.get_by_text("次に会う日を、12/3(木)・手紙にしました。")).to_be_visible()
    page.get_by_role("button", name="提案をつくる").click()
    now = page.get_by_role("region", name="いまできること")
    expect(now).to_contain_text("12/3(木)・手紙")
    now.get_by_role("link").last.click()
    expect(page.get_by_role("article").first).to_be_in_viewport()


def test_axe_finds_nothing_before_signing_in(open_page: Open, axe: str) -> None:
    page = open_page(Role.HO)
    page.locator(".account > summary").click()
    page.get_by_role("button", name="サインアウト").click()
    page.evaluate(axe)
    found = page.evaluate("axe.run(document)")
    assert [one["id"] for one in found["violations"]] == []


def test_a_round_prints_with_its_cards_and_without_its_buttons(open_page: Open) -> None:
    page = open_page()
    propose_for(page, "はやとさん")
    page.emulate_media(media="print")
    expect(page.get_by_role("article").first).to_be_visible()
    expect(page.locator("#map")).to_be_hidden()
    expect(page.get_by_role("button", name="いまの台帳で作り直す")).to_be_hidden()
    expect(page.locator(".house-header")).to_be_hidden()
