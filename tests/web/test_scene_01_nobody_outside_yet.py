"""場面1: ステージ0の人のページ。外の場は1件も出ず、家族の場と手紙・オンラインと「次に会う日」が出る [S-草②]."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from importlib.resources import files

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlmodel import select

from models.scope import open_session
from models.tables import Assessment, HouseholdMember, Participant, ProposalRound
from seed.samples import fill_sample
from tests.once import made_once
from tests.web.conftest import NOW, TODAY, FrozenClock, Town, add_town
from tests.web.test_next_visit import send
from tests.web.test_people_pages import text_of
from tests.web.test_proposal_pages import propose

Enter = Callable[..., FlaskClient]
PLACES = json.loads((files("seed") / "sample" / "oshu" / "catalogue.json").read_text(encoding="utf-8"))["opportunities"]
FROM_HOME = {one["id"] for one in PLACES if one.get("online") in ("yes", "conditional")}
OUTSIDE = [one for one in PLACES if one["id"] not in FROM_HOME and "family_meeting" not in one["activity_types"]]


@pytest.fixture
def oshu(engine: Engine) -> Town:
    def make() -> Town:
        town = add_town(engine, "oshu", "奥州市")
        with open_session(engine, municipality_id=town.id) as session:
            fill_sample(session, "oshu", at=NOW, on=TODAY)
            town.people = {row.ref: row.id for row in session.exec(select(Participant)).all()}
            session.commit()
        return town

    return made_once(engine, "oshu", make)


def section_of(page: str) -> str:
    """What a person reads under いまできること."""
    found = re.search(r'<section class="section bonding".*?</section>', page, re.DOTALL)
    assert found, "the page has no such section"
    return text_of(found[0])


def test_no_outside_place_is_shown_and_what_can_be_done_now_comes_first(signed_in: Enter, oshu: Town) -> None:
    client = signed_in(oshu)
    page = client.get(propose(client, oshu, "p-haru")).text
    shown = text_of(page[: page.index('id="why-title"')])
    assert len(OUTSIDE) > 40
    assert [one["title"] for one in OUTSIDE if one["title"] in shown] == []
    assert shown.index("いまできること") < shown.index("文字だけなら、話せます") < shown.index("合いそうな場所")
    assert "急がなくて大丈夫です" in shown
    assert "外の場所は、いまは出していません" in shown


def test_letters_home_online_the_familys_place_and_the_next_visit_stand_there(signed_in: Enter, oshu: Town) -> None:
    client = signed_in(oshu)
    page = client.get(propose(client, oshu, "p-haru")).text
    said = section_of(page)
    assert "「ゲーム」や「数学」" in said
    assert "「お返事はいりません」と書き添えます" in said
    assert "本やゲームの時間を、そのまま大事にします" in said
    assert "顔を出さない茶話会" in said
    assert "大人の子と暮らす親の会" in said
    assert "まだ決まっていません（11/24(火)の時点）" in said
    assert f'href="/people/{oshu.people["p-haru"]}#next-visit"' in page


def test_somebody_nobody_could_ask_yet_keeps_what_to_ask_some_day(signed_in: Enter, engine: Engine, oshu: Town) -> None:
    with open_session(engine, municipality_id=oshu.id) as session:
        of_ryu = select(Assessment).where(Assessment.participant_id == oshu.people["p-ryu"])
        for assessment in session.exec(of_ryu).all():
            assessment.stage = 0
        session.commit()
    client = signed_in(oshu)
    said = text_of(client.get(propose(client, oshu, "p-ryu")).text)
    assert (
        "上の「いまできること」から、ゆっくりで大丈夫です。 話せそうな日に、ひとつずつ聞いてみてください。 ご本人に"
        in said
    )


def test_each_place_to_join_from_home_leads_to_its_card(signed_in: Enter, oshu: Town) -> None:
    client = signed_in(oshu)
    page = client.get(propose(client, oshu, "p-haru")).text
    links = re.findall(r'<a href="#candidate-(\d+)">([^<]+)</a>', page[: page.index('id="candidates-title"')])
    assert links
    for number, title in links:
        card = page[page.index(f'id="candidate-{number}"') :]
        assert title in card[: card.index("</h3>")]


def test_a_map_without_a_single_point_is_left_out(signed_in: Enter, oshu: Town) -> None:
    client = signed_in(oshu)
    assert 'id="map"' not in client.get(propose(client, oshu, "p-haru")).text
    assert 'id="map"' in client.get(propose(client, oshu, "p-takeru")).text


def test_the_day_of_the_next_visit_is_kept_with_the_round_and_an_older_round_stays_as_it_was(
    signed_in: Enter, oshu: Town, clock: FrozenClock
) -> None:
    client = signed_in(oshu)
    before = propose(client, oshu, "p-haru")
    told = section_of(client.get(before).text)
    assert send(client, oshu, "2026-12-03", "visit").status_code == 303
    clock.forward(minutes=5)
    after = propose(client, oshu, "p-haru")
    assert "次に会う日 12/3(木)・訪問 次に会う日を変える" in section_of(client.get(after).text)
    assert section_of(client.get(before).text) == told


def test_the_section_reads_the_same_a_year_later_whatever_has_become_of_the_household(
    signed_in: Enter, engine: Engine, oshu: Town, clock: FrozenClock
) -> None:
    client = signed_in(oshu)
    send(client, oshu, "2026-12-03", "visit")
    address = propose(client, oshu, "p-haru")
    told = section_of(client.get(address).text)
    with open_session(engine, municipality_id=oshu.id) as session:
        for member in session.exec(select(HouseholdMember)).all():
            session.delete(member)
        for row in session.exec(select(Participant)).all():
            row.next_visit_on = row.next_visit_how = None
        session.commit()
    clock.forward(days=365)
    a_year_later = section_of(signed_in(oshu).get(address).text)
    assert "（過ぎました）" in a_year_later
    assert a_year_later.replace("（過ぎました）", "") == told


def test_a_visit_that_has_passed_is_no_next_visit(signed_in: Enter, oshu: Town, clock: FrozenClock) -> None:
    send(signed_in(oshu), oshu, "2026-11-25", "visit")
    clock.forward(days=3)
    client = signed_in(oshu)
    assert "まだ決まっていません（11/27(金)の時点）" in section_of(client.get(propose(client, oshu, "p-haru")).text)


def test_where_nothing_is_known_of_the_family_the_question_stands_there(
    signed_in: Enter, engine: Engine, oshu: Town
) -> None:
    with open_session(engine, municipality_id=oshu.id) as session:
        haru = oshu.people["p-haru"]
        for member in session.exec(select(HouseholdMember).where(HouseholdMember.participant_id == haru)).all():
            session.delete(member)
        session.commit()
    client = signed_in(oshu)
    said = section_of(client.get(propose(client, oshu, "p-haru")).text)
    assert "未確認 「いっしょに暮らしている人はいますか。" in said
    assert "大人の子と暮らす親の会" not in said


def test_a_relative_who_wants_no_contact_is_not_looked_for(signed_in: Enter, engine: Engine, oshu: Town) -> None:
    with open_session(engine, municipality_id=oshu.id) as session:
        for member in session.exec(select(HouseholdMember)).all():
            member.contact_ok = "no"
        session.commit()
    client = signed_in(oshu)
    said = section_of(client.get(propose(client, oshu, "p-haru")).text)
    assert "連絡は望んでいません" in said
    assert "大人の子と暮らす親の会" not in said


def test_nobody_beyond_stage_zero_has_the_section(signed_in: Enter, engine: Engine, oshu: Town) -> None:
    client = signed_in(oshu)
    for ref in ("p-nao", "p-takeru"):
        assert "いまできること" not in client.get(propose(client, oshu, ref)).text
    with open_session(engine, municipality_id=oshu.id) as session:
        assert [kept.result["bonding"] for kept in session.exec(select(ProposalRound)).all()] == [None, None]


def test_a_round_kept_before_there_was_such_a_section_still_opens(signed_in: Enter, engine: Engine, oshu: Town) -> None:
    client = signed_in(oshu)
    address = propose(client, oshu, "p-haru")
    with open_session(engine, municipality_id=oshu.id) as session:
        kept = session.exec(select(ProposalRound)).one()
        kept.result = {name: told for name, told in kept.result.items() if name != "bonding"}
        session.commit()
    page = client.get(address)
    assert page.status_code == 200
    assert "いまできること" not in page.text
