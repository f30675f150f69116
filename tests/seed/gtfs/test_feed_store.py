"""A timetable that is imported takes the place of the operator's last one, all of it or nothing, and the pool notices."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from matching.timetable.timetable import Timetable
from models.catalogue import municipality_of, opportunity_pool
from models.packed_timetables import COLUMNS, pack, unpack
from models.scope import open_session
from models.tables import Municipality, TransitFeed, TransitService, TransitStop, TransitTrip
from models.timetables import timetable_of
from seed.gtfs import ReadFeed, Replaced, keep_feed, kept_words
from seed.gtfs.feed import TripRow
from tests.conftest import AT, ON, add_one
from tests.seed.gtfs.making import FILES, read


@pytest.fixture
def feed(tmp_path: Path) -> ReadFeed:
    return read(tmp_path)


def keep(session: Session, feed: ReadFeed) -> Replaced:
    replaced = keep_feed(session, feed, source="soyokaze.zip", at=AT)
    session.commit()
    return replaced


def known(session: Session) -> Timetable:
    found = timetable_of(session)
    assert found is not None
    return found


def test_what_was_read_comes_back_as_the_engines_timetable(session: Session, feed: ReadFeed) -> None:
    assert timetable_of(session) is None
    keep(session, feed)
    timetable = known(session)
    assert timetable.stop_names == ("家のまえ", "役場まえ", "中央", "中央むかい")
    assert timetable.validity("bus") == (date(2026, 4, 1), date(2027, 3, 31))
    assert sorted(timetable.call_depart.tolist()) == sorted(minute for trip in feed.trips for minute in trip.departures)
    holiday, saturday = date(2026, 11, 23), date(2026, 11, 28)
    assert timetable.running("bus", holiday) == timetable.running("bus", saturday)
    assert timetable.running("bus", date(2026, 11, 27)) != timetable.running("bus", date(2026, 11, 26))
    assert timetable.has("train")


def test_the_same_feed_again_changes_nothing_and_is_there_once(session: Session, feed: ReadFeed) -> None:
    first, second = keep(session, feed), keep(session, feed)
    assert (first.again, second.again) == (False, True)
    assert (second.stops.new, second.stops.gone, second.trips.new, second.trips.gone) == (0, 0, 0, 0)
    assert len(session.exec(select(TransitFeed)).all()) == 1
    assert len(session.exec(select(TransitTrip)).all()) == len(feed.trips)
    assert len(session.exec(select(TransitStop)).all()) == len(feed.stops)
    assert len(session.exec(select(TransitService)).all()) == len(feed.services)


def test_a_new_timetable_replaces_the_old_one_and_says_what_is_different(
    session: Session, feed: ReadFeed, tmp_path: Path
) -> None:
    keep(session, feed)
    stops = FILES["stops.txt"].replace("centre2,中央むかい", "park,公園まえ")
    calls = (
        FILES["stop_times.txt"].replace("centre2", "park")
        + "m3,15:00:00,15:00:00,home,1,,\nm3,15:20:00,15:20:00,park,2,,\n"
    )
    newer = read(tmp_path, stops=stops, stop_times=calls, trips=FILES["trips.txt"] + "main,平日,m3,公園まえ\n")
    replaced = keep(session, newer)
    assert (replaced.stops.now, replaced.stops.new, replaced.stops.gone) == (4, 1, 1)
    assert (replaced.routes.now, replaced.trips.now, replaced.trips.new, replaced.trips.gone) == (3, 8, 1, 0)
    assert "公園まえ" in known(session).stop_names
    told = list(kept_words(newer, replaced, on=ON))
    assert told[0] == "「そよかぜバス（架空）」の時刻表を入れ替えました。"
    assert (
        told[1]
        == "停留所 4（新しいもの 1、なくなったもの 1）、路線 3（変わりません）、便 8（新しいもの 1、なくなったもの 0）。"
    )
    assert told[2].startswith("2026年4月1日から2027年3月31日までの時刻表です。")


def test_a_timetable_of_the_past_or_the_future_says_so(session: Session, feed: ReadFeed) -> None:
    replaced = keep(session, feed)
    assert "もう終わっています" in list(kept_words(feed, replaced, on=date(2028, 1, 1)))[3]
    assert "になるまでは" in list(kept_words(feed, replaced, on=date(2026, 1, 1)))[3]


def test_the_timetables_of_two_operators_stand_beside_each_other(session: Session, feed: ReadFeed) -> None:
    keep(session, feed)
    keep(session, replace(feed, key="9999999999999", name="となりのバス（架空）"))
    assert len(known(session).stop_names) == 2 * len(feed.stops)
    assert len(known(session).trip_service) == 2 * len(feed.trips)


def test_an_import_that_stops_half_way_leaves_the_old_timetable_as_it_was(
    engine: Engine, municipality: Municipality, feed: ReadFeed
) -> None:
    with open_session(engine, municipality_id=municipality.id) as session:
        keep(session, feed)
        before = known(session).key

    def stumbling(trips: list[TripRow]) -> list[TripRow]:
        raise RuntimeError

    with open_session(engine, municipality_id=municipality.id) as session, pytest.raises(RuntimeError):
        keep_feed(session, feed, source="soyokaze.zip", at=AT, walk=stumbling)
    with open_session(engine, municipality_id=municipality.id) as session:
        assert known(session).key == before
        assert len(session.exec(select(TransitTrip)).all()) == len(feed.trips)


def test_a_timetable_moves_the_revision_and_the_pool_in_memory_takes_notice(session: Session, feed: ReadFeed) -> None:
    pool, before = opportunity_pool(session, on=ON)
    assert pool.timetable is None
    keep(session, feed)
    pool, after = opportunity_pool(session, on=ON)
    assert pool.timetable is not None
    assert before < after == municipality_of(session).catalogue_revision
    assert opportunity_pool(session, on=ON)[0] is pool


def test_the_timetable_is_not_built_again_for_an_edit_of_the_catalogue(session: Session, feed: ReadFeed) -> None:
    keep(session, feed)
    built = known(session)
    municipality_of(session).catalogue_revision += 1
    session.commit()
    assert opportunity_pool(session, on=ON)[0].timetable is built


def test_another_municipality_has_no_part_in_it(engine: Engine, session: Session, feed: ReadFeed) -> None:
    keep(session, feed)
    other = add_one(engine, "oshu", "03215", "奥州市")
    with open_session(engine, municipality_id=other.id) as elsewhere:
        assert timetable_of(elsewhere) is None
        keep(elsewhere, replace(feed, stops=feed.stops, name="よその市のバス（架空）"))
        assert len(elsewhere.exec(select(TransitTrip)).all()) == len(feed.trips)
    assert session.exec(select(TransitFeed.name)).one() == "そよかぜバス（架空）"


def test_a_timetable_is_packed_and_unpacked_without_loss(session: Session, feed: ReadFeed) -> None:
    keep(session, feed)
    timetable = known(session)
    again = unpack(pack(timetable))
    assert (again.key, again.services, again.stop_names) == (timetable.key, timetable.services, timetable.stop_names)
    assert again.periods == timetable.periods
    for name in COLUMNS:
        assert getattr(again, name).tolist() == getattr(timetable, name).tolist()
        assert getattr(again, name).dtype == getattr(timetable, name).dtype
