"""A feed is read whole or refused with one sentence that names the file and the line."""

from __future__ import annotations

import string
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from seed.errors import ImportProblem
from seed.gtfs import read_feed
from seed.gtfs.feed import TripRow
from seed.gtfs.table import seconds_of
from seed.gtfs.trips import mode_of
from tests.seed.gtfs.making import FILES, feed_at, files, read, zipped


def trips(folder: Path, **changed: str | None) -> dict[str, TripRow]:
    return {trip.ref: trip for trip in read(folder, **changed).trips}


def changed(file: str, old: str, new: str) -> dict[str, str]:
    """One file with one place in it rewritten (which must be there)."""
    assert old in FILES[f"{file}.txt"]
    return {file: FILES[f"{file}.txt"].replace(old, new, 1)}


def test_stops_days_and_trips_are_read_in_order(tmp_path: Path) -> None:
    feed = read(tmp_path)
    assert (feed.key, feed.name, feed.version) == ("1234567890123", "そよかぜバス（架空）", "2026春")
    assert (feed.first, feed.last) == (date(2026, 4, 1), date(2027, 3, 31))
    assert [stop.name for stop in feed.stops] == ["家のまえ", "役場まえ", "中央", "中央むかい"]
    weekdays = feed.services[0]
    assert (weekdays.ref, weekdays.weekdays, weekdays.removed) == ("平日", (0, 1, 2, 3, 4), (date(2026, 11, 23),))
    assert len(feed.trips) == 7
    assert feed.left_out == ()


def test_a_trip_keeps_its_minutes_where_one_may_not_board_and_its_kind(tmp_path: Path) -> None:
    found = trips(tmp_path)
    assert found["m1"].stops == (0, 2, 1)
    assert found["m1"].arrivals == (570, 580, 590)
    assert found["m1"].departures == (570, 581, 590)
    assert (found["m1"].no_boarding, found["m1"].no_alighting) == ((2,), (0,))
    assert (found["m1"].line, found["m1"].mode, found["r1"].mode) == ("本線", "bus", "train")


def test_a_heading_that_stands_twice_and_a_short_row_are_read(tmp_path: Path) -> None:
    stops = FILES["stops.txt"].replace("parent_station\n", "parent_station,stop_name\n", 1)
    stops = stops.replace("town,役場まえ,39.1940,141.1400,0,", "town,役場まえ,39.1940,141.1400")
    assert [stop.name for stop in read(tmp_path, stops=stops).stops] == ["家のまえ", "役場まえ", "中央", "中央むかい"]


def test_the_night_after_runs_past_24_hours(tmp_path: Path) -> None:
    assert trips(tmp_path)["n1"].departures == (24 * 60 + 10, 24 * 60 + 30)


def test_a_loop_comes_back_to_where_it_began(tmp_path: Path) -> None:
    assert trips(tmp_path)["l1"].stops == (2, 0, 1, 2)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_every_common_encoding_is_read(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "feed.zip"
    path.write_bytes(zipped({name: text.encode(encoding) for name, text in FILES.items()}))
    assert read_feed(path).stops[0].name == "家のまえ"


def test_a_folder_and_a_zip_with_a_folder_inside_are_read_the_same(tmp_path: Path) -> None:
    folder = tmp_path / "feed"
    folder.mkdir()
    for name, content in files().items():
        (folder / name).write_bytes(content)
    nested = tmp_path / "nested.zip"
    nested.write_bytes(zipped({**files(), "__MACOSX/stops.txt": b"x"}, folder="GTFS-JP/"))
    assert read_feed(folder) == read_feed(nested) == read(tmp_path)


@pytest.mark.parametrize("missing", ["calendar_dates", "feed_info", "agency_jp", "office_jp"])
def test_what_a_feed_may_leave_out_may_be_missing(tmp_path: Path, missing: str) -> None:
    assert len(read(tmp_path, **{missing: None}).trips) == 7


def test_days_named_one_by_one_are_enough(tmp_path: Path) -> None:
    dates = "service_id,date,exception_type\n" + "".join(
        f"{name},202611{day},1\n" for name in ("平日", "土曜", "金夜", "冬", "毎日") for day in (24, 25)
    )
    feed = read(tmp_path, calendar=None, calendar_dates=dates, feed_info=None)
    assert (feed.first, feed.last) == (date(2026, 11, 24), date(2026, 11, 25))
    assert feed.services[0].weekdays == ()


def test_a_feed_is_not_valid_for_longer_than_its_services(tmp_path: Path) -> None:
    feed = read(tmp_path, **changed("feed_info", "20270331", "20300101"))
    assert feed.last == date(2027, 3, 31)
    assert read(tmp_path, **changed("feed_info", "20270331", "20261231")).last == date(2026, 12, 31)


def test_the_name_of_a_feed_tells_two_of_one_operator_apart(tmp_path: Path) -> None:
    feed = read_feed(feed_at(tmp_path), name="高速線")
    assert (feed.key, feed.name) == ("1234567890123／高速線", "そよかぜバス（架空）（高速線）")


def test_seconds_are_rounded_to_the_safe_side(tmp_path: Path) -> None:
    late = trips(tmp_path, **changed("stop_times", "m1,9:40:00,9:41:00", "m1,9:40:20,9:41:40"))["m1"]
    assert (late.arrivals[1], late.departures[1]) == (581, 581)


def test_rows_may_stand_in_any_order_and_a_call_without_a_time_is_passed_over(tmp_path: Path) -> None:
    header, *rows = FILES["stop_times.txt"].splitlines()
    backwards = "\n".join([header, *rows[::-1], "m2,,,centre,1"]) + "\n"
    assert trips(tmp_path, stop_times=backwards)["m2"] == trips(tmp_path)["m2"]


def test_ships_stops_by_telephone_and_trips_of_one_call_are_left_out_and_said_so(tmp_path: Path) -> None:
    ship = read(tmp_path, **changed("routes", "loop,1234567890123,めぐり,,3", "loop,1234567890123,めぐり,,4"))
    assert {trip.ref for trip in ship.trips} == {"m1", "m2", "s1", "n1", "r1"}
    assert ship.left_out == ("バスや電車でない便が2ありました。行き方には使いません。",)
    called = read(tmp_path, **changed("stop_times", "m2,12:05:00,12:05:00,town,1,,", "m2,12:05:00,12:05:00,town,1,2,"))
    assert next(trip for trip in called.trips if trip.ref == "m2").no_boarding == (0,)
    assert "電話で予約" in called.left_out[0]
    lonely = trips(tmp_path, **changed("stop_times", "s1,10:20:00,10:20:00,town,2,,\n", ""))
    assert "s1" not in lonely


def test_trips_at_regular_intervals_are_written_out_if_their_times_are_exact(tmp_path: Path) -> None:
    table = "trip_id,start_time,end_time,headway_secs,exact_times\ns1,10:00:00,12:00:00,3600,1\nm2,12:00:00,13:00:00,900,0\n"
    feed = read(tmp_path, frequencies=table)
    found = {trip.ref: trip for trip in feed.trips}
    assert found["s1@10:00"].arrivals == (600, 620)
    assert found["s1@11:00"].departures == (660, 680)
    assert not {"s1", "m2", "s1@12:00"} & set(found)
    assert feed.left_out == ("時刻が決まっていない便（何分おきとだけあるもの）が1ありました。行き方には使いません。",)


@pytest.mark.parametrize(
    ("route_type", "mode"),
    [(3, "bus"), (11, "bus"), (702, "bus"), (1, "train"), (2, "train"), (0, "train"), (4, None), (1300, None)],
)
def test_the_kind_of_vehicle_follows_from_the_route_type(route_type: int, mode: str | None) -> None:
    assert mode_of(route_type) == mode


BROKEN = [
    (changed("stops", "stop_lat", "緯度"), "stops.txtの1行目に「stop_lat」の列がありません"),
    (changed("stops", "39.1418", "141.14"), "stops.txtの2行目の緯度「141.14」"),
    (changed("stops", "39.1418", "北"), "stops.txtの2行目の緯度「北」"),
    (changed("stops", "town,", "home,"), "stops.txtの3行目の停留所「home」は前にもあります"),
    (changed("stops", "家のまえ", ""), "stops.txtの2行目に「stop_name」がありません"),
    (changed("agency", "そよかぜバス（架空）", ""), "agency.txtの2行目に「agency_name」がありません"),
    (changed("routes", "本線,,3", "本線,,バス"), "routes.txtの2行目の「route_type」の「バス」が数ではありません"),
    (changed("trips", "main,平日,m1", "nowhere,平日,m1"), "trips.txtの2行目の路線「nowhere」が routes.txt にありません"),
    (changed("trips", "main,平日,m1", "main,祝日,m1"), "trips.txtの2行目の運行日「祝日」が calendar.txt にも"),
    (changed("trips", "main,平日,m2", "main,平日,m1"), "trips.txtの3行目の便「m1」は前にもあります"),
    (changed("stop_times", "9:40:00", "9時40分"), "stop_times.txtの3行目の「arrival_time」の「9時40分」が時刻"),
    (changed("stop_times", "9:40:00", "99:40:00"), "stop_times.txtの3行目の「arrival_time」の「99:40:00」が時刻"),
    (changed("stop_times", "m1,9:40:00,9:41:00", "m1,9:20:00,9:41:00"), "stop_times.txtの3行目の時刻が、便「m1」の前の時刻より早く"),
    (changed("stop_times", "m1,9:40:00,9:41:00", "m1,9:40:00,9:39:00"), "stop_times.txtの3行目の時刻が"),
    (changed("stop_times", "centre,2,0,0", "centre,1,0,0"), "は便「m1」の1番めの停留所の二つめです"),
    (changed("stop_times", "centre,2,0,0", "みなと,2,0,0"), "stop_times.txtの3行目の停留所「みなと」が stops.txt にありません"),
    (changed("stop_times", "m2,12:25", "m9,12:25"), "stop_times.txtの6行目の便「m9」が trips.txt にありません"),
    (changed("stop_times", "centre,2,0,0", "centre,二,0,0"), "「stop_sequence」の「二」が数ではありません"),
    (changed("calendar", "20260401", "2026-04-01"), "calendar.txtの2行目の「start_date」の「2026-04-01」が日付"),
    (changed("calendar", "20260401", "20270401"), "calendar.txtの2行目の終わりの日が、始まりの日より前です"),
    (changed("calendar", "平日,1", "平日,はい"), "calendar.txtの2行目の「monday」の「はい」"),
    (changed("calendar", "土曜,", "平日,"), "calendar.txtの3行目の運行日「平日」は前にもあります"),
    (changed("calendar_dates", "20261123,2", "20261123,3"), "calendar_dates.txtの2行目の「exception_type」の「3」"),
    (changed("feed_info", "20270331", "20250331"), "feed_info.txt の期間には、便の走る日がありません"),
    ({"agency": None}, "agency.txtがありません"),
    ({"stop_times": None, "trips": None}, "trips.txt・stop_times.txtがありません"),
    ({"calendar": None, "calendar_dates": None}, "運行日（calendar.txt か calendar_dates.txt）がありません"),
    ({"agency": "agency_id,agency_name\n"}, "事業者の名前がありません"),
    ({"stop_times": FILES["stop_times.txt"].splitlines()[0]}, "バスや電車の便が一つもありません"),
    ({"frequencies": "trip_id,start_time,end_time,headway_secs,exact_times\ns1,10:00:00,12:00:00,0,1\n"}, "間隔（60秒以上）"),
    ({"frequencies": "trip_id,start_time,end_time,headway_secs,exact_times\nx,10:00:00,12:00:00,600,1\n"}, "便「x」が trips.txt"),
    ({"frequencies": "trip_id,start_time,end_time,headway_secs,exact_times\nn1,47:50:00,47:59:00,600,1\n"}, "次の次の日まで"),
]  # fmt: skip


@pytest.mark.parametrize(("broken", "words"), BROKEN, ids=[words for _, words in BROKEN])
def test_a_broken_feed_gets_one_sentence_with_file_and_line(
    tmp_path: Path, broken: dict[str, str | None], words: str
) -> None:
    with pytest.raises(ImportProblem) as caught:
        read(tmp_path, **broken)
    sentence = str(caught.value)
    assert words in sentence
    assert sentence.startswith("「soyokaze.zip」")
    assert sentence.endswith("。")


def _not_a_zip() -> bytes:
    return b"PK but not really"


def _torn() -> bytes:
    return zipped(files())[:-200]


def _bytes_of_nothing() -> bytes:
    return zipped({**files(), "stops.txt": b"\x81\xff\x00\xfe\x80"})


def _bomb() -> bytes:
    return zipped({**files(), "stop_times.txt": b"0" * 30_000_000})


def _two_feeds() -> bytes:
    return zipped({f"{where}/{name}": content for where in ("a", "b") for name, content in files().items()})


def _another_kind() -> bytes:
    return zipped({"xl/workbook.xml": b"<workbook/>"})


def _locked() -> bytes:
    content = bytearray(zipped(files()))
    # The flag of encryption, in the central directory.
    at = content.index(b"PK\x01\x02")
    while at != -1:
        content[at + 8] |= 1
        at = content.find(b"PK\x01\x02", at + 1)
    return bytes(content)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (_not_a_zip, "zip として開けません"),
        (_torn, "zip として開けません"),
        (_bytes_of_nothing, "stops.txtは文字として読めません"),
        (_bomb, "stop_times.txtは、時刻表としては大きすぎて"),
        (_two_feeds, "時刻表が二つ以上入っています"),
        (_another_kind, "agency.txt・stops.txt・routes.txt・trips.txt・stop_times.txtがありません"),
        (_locked, "パスワード"),
    ],
)
def test_what_is_no_feed_at_all_gets_one_sentence(tmp_path: Path, content: Callable[[], bytes], words: str) -> None:
    path = tmp_path / "何か.zip"
    path.write_bytes(content())
    with pytest.raises(ImportProblem, match=words) as caught:
        read_feed(path)
    assert str(caught.value).startswith("「何か.zip」")
    assert str(caught.value).endswith("。")


def test_a_large_file_is_not_even_opened(tmp_path: Path) -> None:
    path = tmp_path / "large.zip"
    path.write_bytes(_bomb())
    with zipfile.ZipFile(path) as archive:
        assert archive.getinfo("stop_times.txt").compress_size < 100_000
    with pytest.raises(ImportProblem, match="大きすぎて"):
        read_feed(path)


@given(some.integers(0, 48 * 3600 - 1))
def test_every_time_of_two_days_is_read_as_it_was_written(seconds: int) -> None:
    written = f"{seconds // 3600}:{seconds % 3600 // 60:02d}:{seconds % 60:02d}"
    assert seconds_of(written) == seconds_of(written.rjust(8, "0")) == seconds


@given(some.text(string.digits + ":-. 時", max_size=10))
def test_whatever_else_is_written_is_a_time_or_refused(text: str) -> None:
    try:
        seconds = seconds_of(text)
    except ValueError:
        return
    assert 0 <= seconds < 48 * 3600
    assert text.count(":") in (1, 2)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(some.sampled_from(sorted(FILES)), some.data())
def test_whatever_happens_to_a_file_the_answer_is_a_feed_or_a_sentence(
    tmp_path: Path, name: str, data: some.DataObject
) -> None:
    content = bytearray(FILES[name].encode())
    for _ in range(data.draw(some.integers(1, 4))):
        at = data.draw(some.integers(0, len(content) - 1))
        content[at : at + data.draw(some.integers(0, 5))] = data.draw(some.binary(max_size=4))
        if not content:
            break
    path = tmp_path / "torn.zip"
    path.write_bytes(zipped({**files(), name: bytes(content)}))
    try:
        feed = read_feed(path)
    except ImportProblem as problem:
        sentence = str(problem)
        assert sentence.startswith("「torn.zip」")
        assert sentence.endswith("。")
        return
    assert feed.trips
    assert feed.first <= feed.last


@pytest.mark.parametrize(
    ("module", "name", "says"),
    [
        ("trips", "MOST_TRIPS", "便が多すぎ"),
        ("trips", "MOST_CALLS", "便が多すぎ"),
        ("reading", "MOST_STOPS", "停留所が多すぎ"),
    ],
)
def test_more_than_a_region_has_is_refused_as_it_is_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: str, name: str, says: str
) -> None:
    monkeypatch.setattr(f"seed.gtfs.{module}.{name}", 2)
    with pytest.raises(ImportProblem, match=says):
        read_feed(feed_at(tmp_path))


def test_the_files_of_a_folder_are_bounded_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for file, text in FILES.items():
        (tmp_path / file).write_text(text, encoding="utf-8")
    monkeypatch.setattr("seed.gtfs.files.MOST_BYTES", max(len(text.encode()) for text in FILES.values()) + 1)
    with pytest.raises(ImportProblem, match="大きすぎて読めません"):
        read_feed(tmp_path)
