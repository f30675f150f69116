"""Asking for proposals and reading them, through the real engine and over the wire."""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlmodel import select

from models.account import Role
from models.scope import open_session
from models.tables import Opportunity, ProposalRound
from tests.web.conftest import FrozenClock, Town, kept_round, token_of
from tests.web.test_people_pages import counted, text_of

Enter = Callable[..., FlaskClient]


@pytest.fixture
def round_address(engine: Engine, town: Town) -> str:
    with open_session(engine, municipality_id=town.id) as session:
        round_id = kept_round(session, town.people["yo-01"])
        session.commit()
    return f"/people/{town.people['yo-01']}/proposals/{round_id}"


def propose(client: FlaskClient, town: Town, ref: str = "yo-01") -> str:
    """Press the button of the person's page; returns where it leads."""
    address = f"/people/{town.people[ref]}"
    answer = client.post(f"{address}/proposals", data={"csrf_token": token_of(client.get(address).text)})
    assert answer.status_code == 303
    return str(answer.location)


def test_asking_keeps_a_round_and_goes_to_its_page(signed_in: Enter, engine: Engine, town: Town) -> None:
    client = signed_in(town)
    address = propose(client, town)
    page = client.get(address)
    assert page.status_code == 200
    assert "はやとさんへの提案" in text_of(page.text)
    with open_session(engine, municipality_id=town.id) as session:
        kept = session.exec(select(ProposalRound)).one()
        assert str(kept.id) in address
        assert kept.asked_by is not None
        for candidate in kept.result["candidates"]:
            assert kept.facts[candidate["opportunity_id"]]["title"] in page.text


def test_every_practice_person_gets_a_page_whatever_the_engine_finds(signed_in: Enter, town: Town) -> None:
    client = signed_in(town)
    for ref in town.people:
        assert client.get(propose(client, town, ref)).status_code == 200


def test_a_kept_round_stays_as_it_was_when_the_catalogue_changes(signed_in: Enter, engine: Engine, town: Town) -> None:
    client = signed_in(town)
    address = propose(client, town)
    before = client.get(address).text
    with open_session(engine, municipality_id=town.id) as session:
        for opportunity in session.exec(select(Opportunity)).all():
            opportunity.title = "まったく別の活動"
        session.commit()
    after = client.get(address).text
    assert "まったく別の活動" not in after
    assert text_of(before) == text_of(after)


def test_a_card_reads_from_reasons_to_the_state_of_the_host(signed_in: Enter, town: Town, round_address: str) -> None:
    page = text_of(signed_in(town).get(round_address).text)
    parts = ["合う理由", "気がかり", "電話の前に聞く", "次に行ける日", "行き方", "受け入れ先"]
    places = [page.index(part) for part in parts]
    assert places == sorted(places)
    assert "打診の前に必ず" in page
    assert "11/27(金) 7:00〜7:40" in page
    assert "よく合う" in page


def test_no_percentage_and_no_total_is_shown(signed_in: Enter, town: Town, round_address: str) -> None:
    page = text_of(signed_in(town).get(round_address).text)
    assert "%" not in page
    assert "81.4" not in page


def test_the_map_gets_the_district_and_never_the_home(signed_in: Enter, town: Town, round_address: str) -> None:
    page = signed_in(town).get(round_address).text
    assert 'data-home-latitude="35.454"' in page
    assert "東部圏域（皆生）" in page
    home = re.findall(r'data-home-l\w+="([\d.]+)"', page)
    assert home == ["35.454", "133.355"]
    assert "住まいの場所ではありません" in page


def test_the_find_box_answers_without_a_script(signed_in: Enter, town: Town, round_address: str) -> None:
    client = signed_in(town)
    page = client.get(round_address, query_string={"why": "ねぎ"}).text
    answers = text_of(page[page.index('id="why-not-answers"') :].split("</ul>")[0])
    assert "白ねぎの皮むきとたばね" in answers
    part = client.get(round_address, query_string={"why": "ねぎ"}, headers={"HX-Request": "true"}).text
    assert "<html" not in part
    assert "白ねぎの皮むきとたばね" in part


def test_a_place_that_is_not_in_the_catalogue_is_said_not_to_be(
    signed_in: Enter, town: Town, round_address: str
) -> None:
    page = text_of(signed_in(town).get(round_address, query_string={"why": "月の裏側"}).text)
    assert "「月の裏側」は、この日の台帳に見つかりませんでした" in page


def test_a_place_that_is_only_possible_is_not_kept_quiet(signed_in: Enter, engine: Engine, town: Town) -> None:
    with open_session(engine, municipality_id=town.id) as session:
        weak = kept_round(session, town.people["yo-01"], candidates=[])
        session.commit()
    page = text_of(signed_in(town).get(f"/people/{town.people['yo-01']}/proposals/{weak}").text)
    assert "ぜひとすすめられる場所がありませんでした" in page
    assert "行ける場所は1つありますが" in page
    assert "上の提案ほどではない" not in page
    assert "合う場所がありませんでした" not in page


def test_other_places_stand_behind_the_proposals_above_them(signed_in: Enter, town: Town, round_address: str) -> None:
    assert "上の提案ほどではない" in text_of(signed_in(town).get(round_address).text)


def test_no_candidate_is_said_kindly_with_a_next_step(signed_in: Enter, engine: Engine, town: Town) -> None:
    with open_session(engine, municipality_id=town.id) as session:
        near = kept_round(session, town.people["yo-01"], candidates=[], others=[])
        nothing = kept_round(session, town.people["yo-02"], candidates=[], others=[], near_misses=[])
        session.commit()
    client = signed_in(town)
    page = text_of(client.get(f"/people/{town.people['yo-01']}/proposals/{near}").text)
    assert "合う場所がありませんでした" in page
    assert "あと一つ何かが変われば" in page
    page = text_of(client.get(f"/people/{town.people['yo-02']}/proposals/{nothing}").text)
    assert "足りないもの" in page
    assert "見立てを見直す" in page


def test_earlier_rounds_stand_newest_first_and_an_old_one_points_to_the_newest(
    signed_in: Enter, town: Town, clock: FrozenClock
) -> None:
    client = signed_in(town)
    old = propose(client, town)
    clock.forward(minutes=45)
    new = propose(client, town)
    listing = client.get(f"/people/{town.people['yo-01']}/proposals").text
    assert listing.index(new) < listing.index(old)
    assert "もっと新しい提案があります" in client.get(old).text
    assert "もっと新しい提案があります" not in client.get(new).text


def test_nobody_has_proposed_yet_is_said(signed_in: Enter, town: Town) -> None:
    client = signed_in(town, Role.GV)
    page = text_of(client.get(f"/people/{town.people['yo-01']}/proposals").text)
    assert "まだ作っていません" in page
    assert "「提案をつくる」から" not in page


def test_the_round_page_takes_few_queries_however_many_places_it_names(
    signed_in: Enter, town: Town, round_address: str, queries: list[str]
) -> None:
    client = signed_in(town)
    real = propose(client, town)
    for address in (round_address, real, f"{real}?why=ねぎ"):
        queries.clear()
        client.get(address)
        assert counted(queries) <= 12


def test_many_coordinators_may_ask_at_the_same_moment(signed_in: Enter, engine: Engine, town: Town) -> None:
    refs = sorted(town.people)[:6]
    clients = [signed_in(town) for _ in refs]
    with ThreadPoolExecutor(len(refs)) as pool:
        addresses = list(pool.map(lambda pair: propose(pair[0], town, pair[1]), zip(clients, refs, strict=True)))
    assert len(set(addresses)) == len(refs)
    with open_session(engine, municipality_id=town.id) as session:
        assert len(session.exec(select(ProposalRound)).all()) == len(refs)
