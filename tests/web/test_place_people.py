"""The reverse question: whom of the people waiting a place would suit."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from matching.engine import propose
from models.participant_queries import everybody, goes_somewhere
from models.scope import open_session
from tests.web.conftest import TODAY, Town, fill, kept_round
from tests.web.places_made import catalogue, place
from tests.web.test_people_pages import counted, people_file, text_of
from tests.web.test_place_page import keys_of_places
from web.services.asking import QuestionBatch
from web.services.errors import NotFoundError
from web.services.reverse import people_for

Enter = Callable[..., FlaskClient]
FRIDAY = {"days": ["fri"], "start": "13:30", "end": "15:00"}
GENTLE = {
    "slots": [FRIDAY],
    "meets_needs": ["quiet_place"],
    "activity_types": ["flowers_pruning"],
    "loads": {"outing": 1, "people": 1, "duration": 1, "body": 1, "voice": 1},
    "open_places": 2,
    "group_size": "small_2_4",
}


def somebody(key: str, name: str, since: str | None, **said: object) -> dict[str, object]:
    """A person for whom the flower people are right, on Friday afternoons."""
    person: dict[str, object] = {
        "id": key,
        "display_name": name,
        "needs": ["quiet_place"],
        "capacities": {"outing": 3, "people": 3, "duration": 3, "body": 3, "voice": 3},
        "stage": 3,
        "available": [{"days": ["fri"], "start": "13:00", "end": "16:00"}],
        "transport": [{"mode": "own_car"}],
        "district": "みなみ",
        **said,
    }
    return {**person, "waiting_since": since} if since else person


def names(page: str) -> list[str]:
    """Everybody who is named with a link, in the order of the page."""
    return re.findall(r'<h3>\s*<a href="/people/[^"]+">([^<]+)</a>', page)


@pytest.fixture
def asked(signed_in: Enter, engine: Engine, empty_town: Town) -> Callable[..., str]:
    """The page of the flower people with these people waiting."""

    def ask(*people: dict[str, object], **said: object) -> str:
        fill(engine, empty_town, catalogue(place(**{**GENTLE, **said})), people_file(*people))
        key = keys_of_places(engine, empty_town)["opp-1"]
        return signed_in(empty_town).get(f"/places/{key}/people").text

    return ask


def test_who_has_waited_longest_comes_first_among_those_whom_it_fits_alike(asked: Callable[..., str]) -> None:
    page = asked(
        somebody("p-1", "あとからさん", "2026-10-01"),
        somebody("p-2", "いつからさん", None),
        somebody("p-3", "はじめさん", "2024-08-20"),
    )
    assert names(page) == ["はじめさん", "あとからさん", "いつからさん"]
    told = text_of(page)
    assert "待って2年3か月" in told
    assert "待ちはじめた日 未確認" in told
    assert "次に行ける日 11/27(金) 13:30〜15:00" in told
    assert "同じ段では長く待っている人が先です" in told


def test_everybody_who_waits_in_the_list_of_people_is_asked_about_and_nobody_else(
    asked: Callable[..., str], signed_in: Enter, empty_town: Town
) -> None:
    going = {"active_placements": [{"organization_id": "org-9", "state": "joined"}]}
    page = asked(
        somebody("p-1", "まつさん", "2026-10-01"),
        somebody("p-2", "いくさん", "2026-10-01", **going),
        somebody("p-3", "とおいさん", "2026-10-01", available=[{"days": ["mon"], "start": "06:00", "end": "07:00"}]),
        somebody("p-4", "わからないさん", None),
    )
    assert "いくさん" not in page
    waiting = signed_in(empty_town).get("/people").text
    assert "3人が待っています。" in waiting
    others = re.search(r"いまは合わない人 (\d+)人", page)
    assert len(names(page)) + (int(others[1]) if others else 0) == 3


def test_a_person_nobody_has_listened_to_is_not_called_half_a_fit(asked: Callable[..., str]) -> None:
    page = asked({"id": "p-1", "display_name": "まだの人さん", "waiting_since": "2026-10-01"})
    told = text_of(page)
    assert "まだ話を聞けていない人（1人）" in told
    assert "まだの人さん 待って7週間" in told
    assert "一部合う人" not in told
    assert names(page) == []


def test_one_change_is_told_with_whom_it_would_open_the_place_to(asked: Callable[..., str]) -> None:
    later = [{"days": ["fri"], "start": "15:00", "end": "17:00"}]
    page = text_of(
        asked(
            somebody("p-1", "おそいさん", "2026-10-01", available=later),
            somebody("p-2", "もっとまえさん", "2026-01-01", available=later),
            somebody("p-3", "あうさん", "2026-10-01"),
        )
    )
    assert "あと一歩（2人）" in page
    assert "来られる時間と合いません" in page
    assert re.search(r"遅くできれば 2人 （もっとまえさん、おそいさん）", page)


def test_no_total_and_no_percentage_is_shown(asked: Callable[..., str]) -> None:
    page = text_of(asked(somebody("p-1", "たけさん", "2026-10-01")))
    assert re.search("よく合う|合う", page)
    assert "%" not in page
    assert not re.search(r"\d+\.\d", page)
    assert "点数" not in page


def test_why_somebody_is_kept_away_from_a_place_is_never_told(asked: Callable[..., str]) -> None:
    page = asked(somebody("p-1", "たけさん", "2026-10-01", avoid={"organization_ids": ["org-1"]}))
    assert "たけさん" not in page
    assert "いまは合わない人 1人" in text_of(page)


def test_a_place_that_takes_nobody_says_so_instead_of_finding_fault_with_people(asked: Callable[..., str]) -> None:
    page = text_of(asked(somebody("p-1", "たけさん", "2026-10-01"), status="resting", status_until="2027-03-31"))
    assert "この場はいま「お休み 2027/3/31(水)まで」です。" in page
    assert "受け入れていないあいだは、だれにも出しません。" in page
    assert "よく合う人は待っていません" not in page


def test_a_full_place_shows_whom_a_free_place_would_serve(asked: Callable[..., str]) -> None:
    page = text_of(asked(somebody("p-1", "たけさん", "2026-10-01"), status="full", open_places=0))
    assert "この場はいま「満員」です。" in page
    assert "空きがひとつ出れば 1人 （たけさん）" in page


def test_what_is_past_its_day_is_to_be_asked_before_anybody_hears_of_it(asked: Callable[..., str]) -> None:
    page = text_of(asked(somebody("p-1", "たけさん", "2026-10-01"), verified_on="2026-03-01"))
    assert "人に話す前に、場に電話で確かめてください。確認の期限が過ぎています。" in page


def test_when_nobody_waits_the_page_says_so(asked: Callable[..., str]) -> None:
    assert "いま、最初の場を待っている人はいません" in asked()


def test_a_person_is_listed_just_as_the_engine_would_propose_the_place_to_them(engine: Engine, town: Town) -> None:
    with open_session(engine, municipality_id=town.id) as session:
        asked = QuestionBatch.of(session, on=TODAY)
        people = [known for known in everybody(session) if not goes_somewhere(known)]
        for ref in ("opp-wata-kuri", *sorted(asked.pool.row_of)[::9]):
            told = {
                one.key: one.candidate.band
                for one in people_for(session, opportunity_ref=ref, on=TODAY).fitting
                if one.candidate
            }
            for known in people:
                shortlist = propose(asked.profile(known), asked.pool, on=TODAY)
                bands = {one.opportunity_ref: one.band for one in (*shortlist.candidates, *shortlist.others)}
                assert told.get(known.participant.id) == bands.get(ref)


def test_a_place_of_nowhere_is_not_asked_about(engine: Engine, town: Town) -> None:
    with open_session(engine, municipality_id=town.id) as session, pytest.raises(NotFoundError):
        people_for(session, opportunity_ref="opp-nowhere", on=date(2026, 11, 24))


def test_the_page_takes_the_same_few_queries_however_many_wait(
    signed_in: Enter, engine: Engine, empty_town: Town, queries: list[str]
) -> None:
    fill(engine, empty_town, catalogue(place(**GENTLE)))
    client, key = signed_in(empty_town), keys_of_places(engine, empty_town)["opp-1"]
    client.get(f"/places/{key}/people")
    taken = []
    for count in (2, 30):
        people = [somebody(f"p-{number}", f"ひと{number}さん", "2026-10-01") for number in range(count)]
        fill(engine, empty_town, people_file(*people))
        client.get("/places")
        client.get(f"/places/{key}/people")
        queries.clear()
        client.get(f"/places/{key}/people")
        taken.append(counted(queries))
    assert taken[0] == taken[1] <= 14


def test_a_proposed_place_leads_to_its_page_as_long_as_the_catalogue_has_it(
    signed_in: Enter, engine: Engine, town: Town
) -> None:
    with open_session(engine, municipality_id=town.id) as session:
        round_id = kept_round(session, town.people["yo-01"])
        session.commit()
    page = signed_in(town).get(f"/people/{town.people['yo-01']}/proposals/{round_id}").text
    keys = keys_of_places(engine, town)
    linked = dict(re.findall(r'<a href="/places/([0-9a-f-]+)">([^<]+)</a>', page))
    assert len(linked) >= 2
    assert set(linked) <= {str(key) for key in keys.values()}
