"""The list of people and the page of one person, as they come over the wire."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable

from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlmodel import select

from models.account import Role
from models.scope import open_session
from models.tables import Participant, Placement
from tests.web.conftest import FrozenClock, PracticeFile, Town, fill, kept_round

Enter = Callable[..., FlaskClient]


def people_file(*people: dict[str, object]) -> tuple[str, bytes]:
    file = {"format": "participation-participants", "version": "1.0", "participants": people}
    return "people.json", json.dumps(file).encode()


def text_of(page: str) -> str:
    """What a person reads, with tags and spaces gone."""
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", page)))


def names_in_order(page: str) -> list[str]:
    return re.findall(r'<th scope="row">\s*<a[^>]*>([^<]+)</a>', page)


def crowd(count: int) -> tuple[str, bytes]:
    return people_file(
        *(
            {
                "id": f"p-{number:03}",
                "display_name": f"ひと{number:03}さん",
                "waiting_since": f"20{10 + number // 28:02}-01-{number % 28 + 1:02}",
            }
            for number in range(count)
        )
    )


def test_who_waits_longest_comes_first(signed_in: Enter, engine: Engine, empty_town: Town) -> None:
    fill(
        engine,
        empty_town,
        people_file(
            {"id": "p-1", "display_name": "あとからさん", "waiting_since": "2026-10-01"},
            {"id": "p-2", "display_name": "はじめさん", "waiting_since": "2024-08-20"},
            {"id": "p-3", "display_name": "いつからさん"},
        ),
    )
    page = signed_in(empty_town).get("/people").text
    assert names_in_order(page) == ["はじめさん", "あとからさん", "いつからさん"]
    assert "2年3か月" in text_of(page)


def test_each_line_says_what_to_do_next(signed_in: Enter, engine: Engine, empty_town: Town) -> None:
    known = {"needs": ["quiet_place"]}
    going = {"active_placements": [{"organization_id": "org-x", "state": "joined"}]}
    fill(
        engine,
        empty_town,
        people_file(
            {"id": "p-1", "display_name": "いちさん"},
            {"id": "p-2", "display_name": "にさん", **known},
            {"id": "p-3", "display_name": "さんさん", **known},
            {"id": "p-4", "display_name": "よんさん", **going},
        ),
    )
    with open_session(engine, municipality_id=empty_town.id) as session:
        kept_round(session, empty_town.people["p-3"])
        session.commit()
    client = signed_in(empty_town)
    waiting = text_of(client.get("/people").text)
    assert "見立てをする" in waiting
    assert "提案をつくる" in waiting
    assert "提案を見る 11/24(火)" in waiting
    assert "よんさん" not in waiting
    everybody = text_of(client.get("/people?who=all").text)
    assert "参加先あり（1か所）" in everybody


def test_two_characters_find_a_person_however_they_are_typed(signed_in: Enter, town: Town) -> None:
    client = signed_in(town)
    for typed in ("はや", "ハヤ", "ﾊﾔ", "はやと", "皆生", "yo-01", "ＹＯ－０１"):
        assert names_in_order(client.get("/people", query_string={"q": typed, "who": "all"}).text) == ["はやとさん"], (
            typed
        )


def test_a_search_without_a_find_says_so_and_what_else_to_try(signed_in: Enter, town: Town) -> None:
    page = text_of(signed_in(town).get("/people?q=存在しない").text)
    assert "「存在しない」に合う人は見つかりませんでした" in page
    assert "参加中の人もふくめて探す" in page


def test_an_empty_list_says_why_it_is_empty(signed_in: Enter, empty_town: Town) -> None:
    assert "本人のファイルを取り込む" in signed_in(empty_town).get("/people").text
    page = signed_in(empty_town, Role.MC).get("/people").text
    assert "まだ、だれも登録されていません" in page
    assert "本人のファイルを取り込む" not in page


def test_when_nobody_waits_the_list_says_so(signed_in: Enter, engine: Engine, empty_town: Town) -> None:
    going = {"active_placements": [{"organization_id": "org-x", "state": "joined"}]}
    fill(engine, empty_town, people_file({"id": "p-1", "display_name": "いちさん", **going}))
    page = text_of(signed_in(empty_town).get("/people").text)
    assert "いま、最初の場所を待っている人はいません" in page


def test_a_long_list_comes_in_pages_of_fifty(signed_in: Enter, engine: Engine, empty_town: Town) -> None:
    fill(engine, empty_town, crowd(120))
    client = signed_in(empty_town)
    pages = [names_in_order(client.get(f"/people?page={number}").text) for number in (1, 2, 3)]
    assert [len(names) for names in pages] == [50, 50, 20]
    assert len({name for names in pages for name in names}) == 120
    assert "3ページのうち1ページめ" in text_of(client.get("/people").text)
    for odd in ("0", "-1", "9999999999", "２", "x"):
        assert client.get("/people", query_string={"page": odd}).status_code == 200


def test_every_heading_with_a_link_sorts(signed_in: Enter, town: Town) -> None:
    client = signed_in(town)
    up = names_in_order(client.get("/people?who=all&sort=name").text)
    down = names_in_order(client.get("/people?who=all&sort=name&order=down").text)
    assert up == sorted(up)
    assert down == up[::-1]
    assert 'aria-sort="descending"' in client.get("/people?sort=name&order=down").text
    assert client.get("/people?sort=password_hash").status_code == 200


def test_sorting_keeps_the_search_and_the_filter(signed_in: Enter, town: Town) -> None:
    page = signed_in(town).get("/people?who=all&q=さん").text
    link = html.unescape(re.findall(r'href="(/people\?[^"]*sort=name[^"]*)"', page)[0])
    assert "who=all" in link
    assert "q=" in link


def test_a_search_after_sorting_keeps_the_order(signed_in: Enter, town: Town) -> None:
    """The fields that keep it come with the list, so a list that was exchanged brings its own."""
    part = signed_in(town).get("/people?who=all&sort=name&order=down", headers={"HX-Request": "true"}).text
    fields = dict(re.findall(r'<input type="hidden"\s+name="(\w+)"\s+value="([^"]*)"\s+form="people-search">', part))
    assert fields == {"who": "all", "sort": "name", "order": "down"}


def test_htmx_gets_the_list_alone(signed_in: Enter, town: Town) -> None:
    part = signed_in(town).get("/people?q=はや", headers={"HX-Request": "true"}).text
    assert part.lstrip().startswith('<div id="people-list"')
    assert "<html" not in part


def test_what_somebody_types_is_never_run(signed_in: Enter, engine: Engine, empty_town: Town) -> None:
    name = "<script>alert(1)</script>"
    fill(engine, empty_town, people_file({"id": "p-1", "display_name": name, "own_words": [{"text": name}]}))
    client = signed_in(empty_town)
    for address in ("/people", f"/people?q={name}", f"/people/{empty_town.people['p-1']}"):
        assert "<script>alert" not in client.get(address).text


def test_a_person_page_reads_own_words_first(signed_in: Enter, town: Town) -> None:
    page = text_of(signed_in(town).get(f"/people/{town.people['yo-01']}").text)
    assert page.index("朝の海なら、人がいないから") < page.index("求めていること")
    assert "11/10(火)" in page
    assert "30〜49歳" in page
    assert "1989" not in page


def test_a_person_page_never_shows_neutral_constraints_or_where_exactly_they_live(
    signed_in: Enter, engine: Engine, empty_town: Town
) -> None:
    avoid = {"participant_ids": ["p-hidden"], "districts": ["避ける町"]}
    person = {
        "id": "p-1",
        "display_name": "たけさん",
        "avoid": avoid,
        "address": "みなと市一丁目9-9",
        "latitude": 35.123456,
        "longitude": 133.654321,
    }
    fill(engine, empty_town, people_file(person))
    page = signed_in(empty_town).get(f"/people/{empty_town.people['p-1']}").text
    # Whole strings: a piece as short as "9-9" also stands in one random id of many.
    for hidden in ("p-hidden", "避ける町", "35.123456", "133.654321", "一丁目9-9"):
        assert hidden not in page


def test_unknown_looks_the_same_everywhere_and_brings_its_question(
    signed_in: Enter, engine: Engine, empty_town: Town
) -> None:
    fill(engine, empty_town, people_file({"id": "p-1", "display_name": "あきさん"}))
    page = signed_in(empty_town).get(f"/people/{empty_town.people['p-1']}").text
    marks = re.findall(r"<span[^>]*>未確認</span>", page)
    assert len(marks) > 20
    assert set(marks) == {'<span class="unknown">未確認</span>'}
    assert "何曜日の、何時ごろが楽ですか" in page


def test_places_so_far_carry_their_names_and_the_reason(signed_in: Enter, engine: Engine, town: Town) -> None:
    with open_session(engine, municipality_id=town.id) as session:
        person = session.exec(select(Participant).where(Participant.ref == "yo-01")).one()
        session.add(
            Placement(
                participant_id=person.id,
                position=9,
                state="declined",
                opportunity_ref="opp-wata-kuri",
                reason="too_many_people",
            )
        )
        session.commit()
    page = text_of(signed_in(town).get(f"/people/{town.people['yo-01']}").text)
    assert "綿の種とり（綿くり）" in page
    assert "本人が断った" in page


def test_the_first_button_asks_for_proposals_and_later_shows_them(signed_in: Enter, engine: Engine, town: Town) -> None:
    client = signed_in(town)
    address = f"/people/{town.people['yo-01']}"
    before = client.get(address).text
    assert "この人の提案を見る" not in before
    with open_session(engine, municipality_id=town.id) as session:
        kept_round(session, town.people["yo-01"])
        session.commit()
    after = text_of(client.get(address).text)
    assert "この人の提案を見る" in after
    assert "新しい提案をつくる" in after


def counted(queries: list[str]) -> int:
    return sum(not statement.startswith(("BEGIN", "PRAGMA", "SET")) for statement in queries)


def test_the_list_takes_the_same_few_queries_for_many_people(
    signed_in: Enter, engine: Engine, empty_town: Town, queries: list[str]
) -> None:
    client = signed_in(empty_town)
    taken = []
    for count in (3, 120):
        fill(engine, empty_town, crowd(count))
        queries.clear()
        client.get("/people?who=all")
        taken.append(counted(queries))
    assert taken[0] == taken[1] <= 6


def test_a_person_page_takes_few_queries_however_much_is_known(
    signed_in: Enter, town: Town, queries: list[str]
) -> None:
    client = signed_in(town)
    for key in town.people.values():
        queries.clear()
        client.get(f"/people/{key}")
        assert counted(queries) <= 10


def test_the_day_is_the_day_in_japan(signed_in: Enter, engine: Engine, empty_town: Town, clock: FrozenClock) -> None:
    fill(engine, empty_town, people_file({"id": "p-1", "display_name": "たけさん", "waiting_since": "2026-11-24"}))
    client = signed_in(empty_town)
    assert "今日から" in text_of(client.get("/people").text)
    clock.forward(hours=10.6)
    client = signed_in(empty_town)
    assert "1日" in text_of(client.get("/people").text)


def test_the_practice_people_all_have_a_page(signed_in: Enter, town: Town, practice_file: PracticeFile) -> None:
    client = signed_in(town)
    told = json.loads(practice_file("participants.json"))["participants"]
    for person in told:
        page = client.get(f"/people/{town.people[person['id']]}")
        assert page.status_code == 200
        for said in person.get("own_words", ()):
            assert html.escape(said["text"]) in page.text or said["text"] in html.unescape(page.text)
