"""次に会う日: set on the page of a person, told on the list of people."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlmodel import select
from werkzeug.test import TestResponse

from models.account import Role
from models.participant import VisitWay
from models.scope import open_session
from models.tables import Participant
from tests.web.conftest import TODAY, FrozenClock, Town, fill, kept_round, token_of
from tests.web.test_people_pages import people_file, text_of
from web.pages.next_visit import NextVisit, VisitAnswer, answer_of, next_visit, visit_words

Enter = Callable[..., FlaskClient]
EMPTY = NextVisit("まだ決まっていません。", False, "", "")
NOT_YET = "次に会う日がまだ決まっていません"


@pytest.fixture
def quiet_town(engine: Engine, empty_town: Town) -> Town:
    """はるさん at stage 0, なおさん beyond it."""
    haru: dict[str, object] = {"id": "p-haru", "display_name": "はるさん", "stage": 0, "needs": ["join_online"]}
    nao: dict[str, object] = {"id": "p-nao", "display_name": "なおさん", "stage": 1, "needs": ["safe_place"]}
    fill(engine, empty_town, people_file(haru, nao))
    return empty_town


def address_of(town: Town, ref: str = "p-haru") -> str:
    return f"/people/{town.people[ref]}"


def send(client: FlaskClient, town: Town, day: str, how: str = "", ref: str = "p-haru") -> TestResponse:
    """Fill in the form of the person's page and send it."""
    address = address_of(town, ref)
    form = {"csrf_token": token_of(client.get(address).text), "next_visit_on": day, "next_visit_how": how}
    return client.post(f"{address}/next-visit", data=form)


def kept(engine: Engine, town: Town, ref: str = "p-haru") -> tuple[date | None, str | None]:
    with open_session(engine, municipality_id=town.id) as session:
        row = session.exec(select(Participant).where(Participant.ref == ref)).one()
        return row.next_visit_on, row.next_visit_how


def test_a_day_and_a_way_are_kept_and_stand_on_the_page_and_on_the_list(
    signed_in: Enter, engine: Engine, quiet_town: Town
) -> None:
    client = signed_in(quiet_town)
    assert NOT_YET in text_of(client.get("/people").text)
    answer = send(client, quiet_town, "2026-12-03", "letter")
    assert (answer.status_code, answer.location) == (303, address_of(quiet_town))
    assert kept(engine, quiet_town) == (date(2026, 12, 3), "letter")
    page = client.get(address_of(quiet_town)).text
    assert "次に会う日を、12/3(木)・手紙にしました。" in page
    assert 'value="2026-12-03"' in page
    assert re.search(r'<option value="letter"\s+selected', page)
    people = client.get("/people").text
    assert "次に会う日 12/3(木)・手紙" in text_of(people)
    assert f'href="{address_of(quiet_town)}#next-visit"' in people
    assert NOT_YET not in text_of(people)


def test_only_those_at_stage_zero_are_told_of_it_on_the_list(signed_in: Enter, quiet_town: Town) -> None:
    client = signed_in(quiet_town)
    send(client, quiet_town, "2026-12-03", "phone", ref="p-nao")
    page = text_of(client.get("/people").text)
    assert page.count(NOT_YET) == 1
    assert "次に会う日 12/3" not in page
    assert "提案をつくる" in page


def test_to_meet_comes_before_a_proposal_and_before_a_place_that_is_gone_to(
    signed_in: Enter, engine: Engine, quiet_town: Town
) -> None:
    going = {"active_placements": [{"organization_id": "org-x", "state": "trial"}]}
    fill(engine, quiet_town, people_file({"id": "p-sora", "display_name": "そらさん", "stage": 0, **going}))
    with open_session(engine, municipality_id=quiet_town.id) as session:
        kept_round(session, quiet_town.people["p-haru"])
        session.commit()
    page = text_of(signed_in(quiet_town).get("/people?who=all").text)
    assert page.count(NOT_YET) == 2
    assert "提案を見る" not in page
    assert "参加先あり" not in page


def test_sorted_by_what_comes_next_the_undecided_stand_before_the_decided(
    signed_in: Enter, engine: Engine, quiet_town: Town
) -> None:
    fill(engine, quiet_town, people_file({"id": "p-aki", "display_name": "あきさん", "stage": 0}))
    client = signed_in(quiet_town)
    send(client, quiet_town, "2026-12-03", ref="p-aki")
    page = client.get("/people?sort=step").text
    assert page.index("はるさん") < page.index("なおさん") < page.index("あきさん")


def test_an_empty_day_takes_the_visit_away(signed_in: Enter, engine: Engine, quiet_town: Town) -> None:
    client = signed_in(quiet_town)
    send(client, quiet_town, "2026-12-03", "visit")
    assert send(client, quiet_town, "", "visit").status_code == 303
    assert kept(engine, quiet_town) == (None, None)
    assert "決まっていないことにしました" in client.get(address_of(quiet_town)).text


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("2026-11-23", "もう過ぎた日です"),
        ("来週の水曜", "「来週の水曜」は日付として読めません"),
        ("2026-02-30", "日付として読めません"),
        ("2036-12-03", "1年より先です"),
    ],
)
def test_a_day_that_cannot_be_used_comes_back_with_one_sentence_and_nothing_is_lost(
    signed_in: Enter, engine: Engine, quiet_town: Town, day: str, sentence: str
) -> None:
    client = signed_in(quiet_town)
    send(client, quiet_town, "2026-12-03", "visit")
    answer = send(client, quiet_town, day, "letter")
    assert answer.status_code == 400
    # Once on top with the way to the field, once beside the field.
    assert answer.text.count(sentence) == 2
    assert 'href="#next_visit_on"' in answer.text
    assert f'value="{day}"' in answer.text
    assert re.search(r'<option value="letter"\s+selected', answer.text)
    assert "12/3(木)・訪問" in text_of(answer.text)
    assert kept(engine, quiet_town) == (date(2026, 12, 3), "visit")


def test_a_way_that_is_not_on_the_list_is_refused(signed_in: Enter, engine: Engine, quiet_town: Town) -> None:
    answer = send(signed_in(quiet_town), quiet_town, "2026-12-03", "pigeon")
    assert answer.status_code == 400
    assert "一覧から選び直してください" in answer.text
    assert kept(engine, quiet_town) == (None, None)


def test_without_the_token_of_the_form_nothing_changes(signed_in: Enter, engine: Engine, quiet_town: Town) -> None:
    client = signed_in(quiet_town)
    answer = client.post(f"{address_of(quiet_town)}/next-visit", data={"next_visit_on": "2026-12-03"})
    assert answer.status_code == 400
    assert kept(engine, quiet_town) == (None, None)


def test_whoever_may_only_look_reads_the_day_and_has_no_form(signed_in: Enter, quiet_town: Town) -> None:
    send(signed_in(quiet_town), quiet_town, "2026-12-03", "family")
    page = signed_in(quiet_town, Role.GV).get(address_of(quiet_town)).text
    assert "12/3(木)・家族と話す" in text_of(page)
    assert "next_visit_on" not in page


def test_a_day_that_has_passed_is_told_and_has_to_be_decided_anew(
    signed_in: Enter, quiet_town: Town, clock: FrozenClock
) -> None:
    send(signed_in(quiet_town), quiet_town, "2026-11-24", "visit")
    assert "次に会う日 11/24(火)・訪問" in text_of(signed_in(quiet_town).get("/people").text)
    clock.forward(days=1)
    client = signed_in(quiet_town)
    assert NOT_YET in text_of(client.get("/people").text)
    page = client.get(address_of(quiet_town)).text
    assert "11/24(火)・訪問の予定は過ぎました" in page
    assert 'value="2026-11-24"' not in page


def answered(day: str, how: str = "") -> VisitAnswer | NextVisit:
    return answer_of({"next_visit_on": day, "next_visit_how": how}, EMPTY, on=TODAY)


@pytest.mark.parametrize("typed", ["2026-12-03", "2026/12/3", "２０２６年１２月３日", "令和8年12月3日", " 2026-12-03 "])
def test_a_day_may_be_typed_as_one_writes_it(typed: str) -> None:
    assert answered(typed, "visit") == VisitAnswer(date(2026, 12, 3), VisitWay.VISIT)


def test_today_may_be_the_day_and_the_way_may_stay_open() -> None:
    assert answered("2026-11-24") == VisitAnswer(TODAY, None)


def test_what_is_no_date_stays_in_a_field_that_can_show_it() -> None:
    wrong = answered("あした")
    assert isinstance(wrong, NextVisit)
    assert (wrong.day, wrong.day_type) == ("あした", "text")


@pytest.mark.parametrize(
    ("known", "sentence", "field"),
    [
        ({}, "まだ決まっていません。", ""),
        ({"next_visit_on": date(2026, 12, 3)}, "12/3(木)", "2026-12-03"),
        (
            {"next_visit_on": date(2027, 1, 8), "next_visit_how": "message"},
            "2027/1/8(金)・メールやチャット",
            "2027-01-08",
        ),
    ],
)
def test_the_section_says_what_is_kept(known: dict[str, Any], sentence: str, field: str) -> None:
    section = next_visit(Participant(ref="p", display_name="はるさん", **known), on=TODAY)
    assert (section.sentence, section.day) == (sentence, field)


def test_every_way_has_its_word() -> None:
    assert all("・" in visit_words(TODAY, way, on=TODAY) for way in VisitWay)
