"""The ride of the next date on a candidate's card (domain §4.6-5), from the sample's timetable to the words on the page."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine
from sqlmodel import Session, select

from matching.question.answers import Ride, RoundTrip
from models.tables import KeptTimetable, Participant, ProposalRound
from seed.gtfs import keep_feed
from seed.samples import fill_sample
from tests.conftest import AT, ON
from tests.once import town_with
from tests.seed.gtfs.making import read
from tests.web.test_asked_again import asked, to_bytes
from web.pages.round.page import round_page
from web.pages.round.parts import Card
from web.services.asked_again import asked_again
from web.services.results import shown_result_of
from web.services.ride_words import door_to_door, ride_sentence

THERE = Ride("bus", 9 * 60 + 4, 9 * 60 + 12, "前沢駅前", 9 * 60 + 40, "水沢公園前", 9 * 60 + 44, ())
BACK = Ride("bus", 12 * 60, 12 * 60 + 5, "水沢公園前", 12 * 60 + 33, "前沢駅前", 12 * 60 + 41, ())
KEPT = json.loads((Path(__file__).parent / "kept_round.json").read_text(encoding="utf-8"))


def test_a_ride_there_and_home_is_one_line() -> None:
    trip = RoundTrip(THERE, BACK)
    assert ride_sentence(trip) == "バス 9:12発 前沢駅前 → 9:40着 水沢公園前、帰り 12:05発"
    assert door_to_door(trip) == "家を9:04に出て、9:44に着きます。帰りは12:41に家に着きます。"


def test_a_change_and_another_stop_for_the_way_home_are_named() -> None:
    there = Ride("train", 540, 552, "前沢駅", 580, "水沢駅", 584, ("陸中折居駅",))
    assert (
        ride_sentence(RoundTrip(there, BACK))
        == "電車 9:12発 前沢駅 → 9:40着 水沢駅（陸中折居駅で乗り換え）、帰り 12:05発 水沢公園前"
    )


def test_where_one_walks_it_says_so() -> None:
    assert ride_sentence(RoundTrip(None, None)) == "歩いて行けます"
    assert door_to_door(RoundTrip(None, None)) is None
    assert ride_sentence(RoundTrip(None, BACK)) == "行きは歩き、帰り 12:05発 水沢公園前"
    assert ride_sentence(RoundTrip(THERE, None)) == "バス 9:12発 前沢駅前 → 9:40着 水沢公園前、帰りは歩き"


def test_past_midnight_the_ride_home_says_so() -> None:
    late = Ride("bus", 24 * 60, 24 * 60 + 10, "水沢公園前", 24 * 60 + 30, "前沢駅前", 24 * 60 + 35, ())
    assert ride_sentence(RoundTrip(THERE, late)).endswith("帰り 翌0:10発")


def test_a_date_whose_bus_nobody_knows_yet_asks_to_be_confirmed() -> None:
    kept = copy.deepcopy(KEPT)
    date = kept["result"]["candidates"][0]["next_dates"][0]
    date.update(to_confirm=False, ride_to_confirm=True)
    assert round_page(kept["result"], kept["facts"], today=ON).cards[0].dates[0].endswith("（バスの時刻は要確認）")
    date["to_confirm"] = True
    words = round_page(kept["result"], kept["facts"], today=ON).cards[0].dates[0]
    assert words.endswith("（祝日のため要確認・バスの時刻は要確認）")


@pytest.fixture
def oshu(engine: Engine) -> Iterator[Session]:
    with town_with(engine, "oshu's sample", lambda session: fill_sample(session, "oshu", at=AT, on=ON)) as session:
        yield session


def cards(kept: ProposalRound) -> dict[str, Card]:
    page = round_page(kept.result, kept.facts, today=ON)
    return {card.place.opportunity_id: card for card in (*page.cards, *page.others)}


def entry(kept: ProposalRound, place: str) -> dict[str, Any]:
    found: dict[str, Any] = next(
        one for part in ("candidates", "others") for one in kept.result[part] if one["opportunity_id"] == place
    )
    return found


def test_the_sample_shows_the_bus_of_the_next_date(oshu: Session) -> None:
    kept = asked(oshu, "p-rin")
    card = cards(kept)["opp-haika"]
    assert card.way == "バス 12:58発 羽田こうば前 → 13:10着 中央ターミナル、帰り 15:12発 南町集会所前"
    assert card.way_detail == "家を12:52に出て、13:14に着きます。帰りは15:30に家に着きます。"
    assert card.dates[0] == "11/25(水) 13:30〜15:00"
    ease = next(one for one in entry(kept, "opp-haika")["findings"] if one["criterion"] == "travel_ease")
    assert ease["reason_participant"] == "バスで22分くらいです"


def test_a_round_asked_again_rides_by_the_timetable_of_its_day(oshu: Session, tmp_path: Path) -> None:
    refs = oshu.exec(select(Participant.ref).where(Participant.ref.in_(["p-rin", "p-daichi", "p-sachi"]))).all()  # type: ignore[attr-defined]
    rounds = [asked(oshu, ref) for ref in refs]
    keep_feed(oshu, read(tmp_path), source="soyokaze.zip", at=AT)
    oshu.commit()
    oshu.expire_all()
    for kept in rounds:
        assert to_bytes(shown_result_of(asked_again(oshu, kept), on=kept.on)) == to_bytes(kept.result)
    assert len(oshu.exec(select(KeptTimetable)).all()) == 1
    asked(oshu, "p-rin")
    assert len(oshu.exec(select(KeptTimetable)).all()) == 2


def test_the_card_on_the_page_holds_the_ride(app: Flask) -> None:
    from flask import render_template_string

    kept = copy.deepcopy(KEPT)
    kept["result"]["candidates"][0]["way"] = {
        "mode": "bus",
        "minutes": 40,
        "sentence": ride_sentence(RoundTrip(THERE, BACK)),
        "detail": door_to_door(RoundTrip(THERE, BACK)),
    }
    card = round_page(kept["result"], kept["facts"], today=ON).cards[0]
    with app.test_request_context():
        page = render_template_string(
            '{% from "components/candidate.html" import candidate %}{{ candidate(card) }}', card=card
        )
    assert "バス 9:12発 前沢駅前 → 9:40着 水沢公園前、帰り 12:05発" in page
    assert "家を9:04に出て" in page
