"""The list of places, as it comes over the wire."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from models.account import Role
from tests.web.conftest import Town, fill
from tests.web.places_made import HOST, SITE, bare, catalogue, many, place
from tests.web.test_people_pages import counted, names_in_order, text_of

Enter = Callable[..., FlaskClient]


@pytest.fixture
def mixed(engine: Engine, empty_town: Town) -> Town:
    """One place of every state, named after it."""
    tired = {**HOST, "id": "org-2", "name": "つかれた会", "burden": {"level": 5}}
    fill(
        engine,
        empty_town,
        catalogue(
            place("opp-1", "あいている", open_places=2),
            place("opp-2", "いっぱい", status="full", open_places=0),
            place("opp-3", "きせつ休み", status="off_season", status_until="2027-05-20"),
            place("opp-4", "お休み", status="resting", status_until="2027-03-31"),
            place("opp-5", "名前だけ", status="prospect", verified_on=None),
            place("opp-6", "古い", verified_on="2026-03-01", activity_types=["harvesting"]),
            place("opp-7", "もっと古い", verified_on="2026-02-01"),
            place("opp-8", "わからない", status="unverified", verified_on="2025-01-01"),
            place("opp-9", "やめた", status="withdrawn"),
            {**place("opp-10", "重い"), "organization_id": "org-2"},
            place("opp-11", "もう始まる", status="off_season", status_until="2026-12-12"),
            hosts=[HOST, tired],
        ),
    )
    return empty_town


def row_of(page: str, title: str) -> str:
    """What stands in the line of one place."""
    line = next(line for line in page.split("<tr>") if f">{title}</a>" in line)
    return text_of(line.split("</tr>")[0])


def test_what_needs_a_telephone_call_comes_first_and_what_is_closed_last(signed_in: Enter, mixed: Town) -> None:
    page = signed_in(mixed).get("/places").text
    assert names_in_order(page) == [
        "もっと古い",
        "古い",
        "もう始まる",
        "わからない",
        "あいている",
        "いっぱい",
        "きせつ休み",
        "お休み",
        "重い",
        "名前だけ",
        "やめた",
    ]
    assert "電話で確かめたい場は4件です。" in page


def test_a_line_says_state_open_places_confirmation_activities_and_district(signed_in: Enter, mixed: Town) -> None:
    page = signed_in(mixed).get("/places").text
    assert "受け入れ可 2人 11/10(火) 未確認 みなみ" in row_of(page, "あいている")
    assert "満員 なし" in row_of(page, "いっぱい")
    assert "季節休み 2027/5/20(木)まで" in row_of(page, "きせつ休み")
    assert "もうすぐ始まる季節です" in row_of(page, "もう始まる")
    assert "新しいお願いは止めています" in row_of(page, "重い")
    assert "つかれた会" in row_of(page, "重い")
    assert "未確認 3/1(日) 確認の期限が過ぎています 収穫" in row_of(page, "古い")
    assert "期限" not in row_of(page, "名前だけ")


def test_two_characters_find_a_place_by_name_host_district_or_activity(signed_in: Enter, mixed: Town) -> None:
    client = signed_in(mixed)
    for typed in ("重い", "つかれ", "ﾂｶﾚ", "ツカレ"):
        assert names_in_order(client.get("/places", query_string={"q": typed}).text) == ["重い"], typed
    assert names_in_order(client.get("/places?q=収穫").text) == ["古い"]
    assert len(names_in_order(client.get("/places?q=みな").text)) == 11


def test_the_list_is_narrowed_by_state_and_by_what_is_past_its_day(signed_in: Enter, mixed: Town) -> None:
    client = signed_in(mixed)
    page = client.get("/places?state=off_season").text
    assert names_in_order(page) == ["もう始まる", "きせつ休み"]
    assert '<option value="off_season" selected>' in page
    page = client.get("/places?stale=1").text
    assert names_in_order(page) == ["もっと古い", "古い", "わからない"]
    assert re.search(r'name="stale"\s+type="checkbox"\s+value="1"\s+checked', page)
    assert names_in_order(client.get("/places?stale=1&state=open&q=もっ").text) == ["もっと古い"]
    assert len(names_in_order(client.get("/places?state=nonsense").text)) == 11


def test_sorting_keeps_what_the_list_was_narrowed_by_and_there_is_a_way_back(signed_in: Enter, mixed: Town) -> None:
    client = signed_in(mixed)
    page = client.get("/places?stale=1&state=open&sort=name").text
    assert names_in_order(page) == ["もっと古い", "古い"]
    address = html.unescape(re.findall(r'href="(/places\?[^"]*sort=name[^"]*)"', page)[0])
    assert {"stale=1", "state=open", "order=down"} <= set(address.split("?")[1].split("&"))
    assert names_in_order(client.get(address).text) == ["古い", "もっと古い"]
    back = re.search(r'href="([^"]+)">電話で確かめたい順に戻す', page)
    assert back
    assert "sort" not in back[1]
    assert '<input type="hidden" name="sort" value="name" form="places-search">' in " ".join(page.split())


@pytest.mark.parametrize("sort", ["name", "state", "open", "confirmed", "district"])
def test_every_heading_with_a_link_sorts_both_ways(signed_in: Enter, mixed: Town, sort: str) -> None:
    client = signed_in(mixed)
    up = names_in_order(client.get(f"/places?sort={sort}").text)
    assert names_in_order(client.get(f"/places?sort={sort}&order=down").text) == up[::-1]
    assert 'aria-sort="ascending"' in client.get(f"/places?sort={sort}").text


def test_numbers_are_sorted_as_numbers(signed_in: Enter, engine: Engine, empty_town: Town) -> None:
    numbers = {"opp-1": 10, "opp-2": 9, "opp-3": None}
    fill(engine, empty_town, catalogue(*(place(key, key, open_places=free) for key, free in numbers.items())))
    page = signed_in(empty_town).get("/places?sort=open").text
    assert names_in_order(page) == ["opp-2", "opp-1", "opp-3"]


def test_a_place_joined_from_home_has_no_district_to_ask_for(
    signed_in: Enter, engine: Engine, empty_town: Town
) -> None:
    fill(engine, empty_town, catalogue(place(site_id=None, online="yes", open_places=1), sites=[]))
    assert row_of(signed_in(empty_town).get("/places").text, "花の水やり").endswith("オンライン ")


def test_a_search_without_a_find_says_so_and_leads_back(signed_in: Enter, mixed: Town) -> None:
    client = signed_in(mixed)
    page = client.get("/places?q=月の裏側&sort=name").text
    assert "「月の裏側」に合う場は見つかりませんでした" in text_of(page)
    assert 'href="/places?sort=name">しぼりこみをやめて、すべて見る' in page
    assert "この状態の場はありません" in client.get("/places?state=restricted").text


def test_an_empty_list_says_why_it_is_empty(signed_in: Enter, empty_town: Town) -> None:
    assert "台帳か施設の一覧を取り込む" in signed_in(empty_town, Role.SC).get("/places").text
    page = signed_in(empty_town, Role.MC).get("/places").text
    assert "まだ、場がひとつも登録されていません" in page
    assert "取り込む" not in page


def test_a_long_list_comes_in_pages_and_says_how_to_shorten_it(
    signed_in: Enter, engine: Engine, empty_town: Town
) -> None:
    fill(engine, empty_town, many(120))
    client = signed_in(empty_town)
    pages = [names_in_order(client.get(f"/places?page={number}").text) for number in (1, 2, 3)]
    assert [len(names) for names in pages] == [50, 50, 20]
    assert len({name for names in pages for name in names}) == 120
    first = text_of(client.get("/places").text)
    assert "120件あります。名前や状態でしぼると、見つけやすくなります。" in first
    assert "3ページのうち1ページめ 次の50件" in first
    for odd in ("0", "-1", "9999999999", "２", "x"):
        assert client.get("/places", query_string={"page": odd}).status_code == 200


def test_htmx_gets_the_list_alone(signed_in: Enter, mixed: Town) -> None:
    part = signed_in(mixed).get("/places?q=重い", headers={"HX-Request": "true"}).text
    assert part.lstrip().startswith('<div id="places-list"')
    assert "<html" not in part


def test_the_list_takes_the_same_few_queries_for_many_places(
    signed_in: Enter, engine: Engine, empty_town: Town, queries: list[str]
) -> None:
    client = signed_in(empty_town)
    taken = []
    for count in (3, 120):
        fill(engine, empty_town, many(count))
        queries.clear()
        client.get("/places")
        taken.append(counted(queries))
    assert taken[0] == taken[1] <= 3


def test_what_somebody_typed_into_a_catalogue_is_never_run(signed_in: Enter, engine: Engine, empty_town: Town) -> None:
    evil = "<script>alert(1)</script>"
    fill(engine, empty_town, catalogue(bare(title=evil), hosts=[{**HOST, "name": evil}], sites=[SITE]))
    client = signed_in(empty_town)
    for address in ("/places", f"/places?q={evil}"):
        assert "<script>alert" not in client.get(address).text


def test_who_may_see_places_but_no_people_arrives_at_the_places(signed_in: Enter, mixed: Town) -> None:
    assert signed_in(mixed, Role.SC).get("/").location == "/places"
    assert signed_in(mixed, Role.CO).get("/").location == "/people"


def test_the_navigation_leads_to_the_places_where_one_may_see_them(signed_in: Enter, mixed: Town) -> None:
    for role in (Role.CO, Role.LD, Role.MC, Role.GV, Role.SC):
        assert '<a href="/places"' in signed_in(mixed, role).get("/welcome").text
    for role in (Role.RF, Role.HO, Role.PT, Role.OU, Role.AU):
        assert "/places" not in signed_in(mixed, role).get("/welcome").text
