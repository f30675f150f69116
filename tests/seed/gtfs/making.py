"""A small fictional feed in the words of its files: weekdays, Saturdays, a holiday, a loop, a change, a winter, a night."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

from seed.gtfs import ReadFeed, read_feed

FILES: Mapping[str, str] = {
    "agency.txt": """\
agency_id,agency_name,agency_url,agency_timezone
1234567890123,そよかぜバス（架空）,https://bus.example,Asia/Tokyo
""",
    "stops.txt": """\
stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station
home,家のまえ,39.1418,141.1400,0,
town,役場まえ,39.1940,141.1400,0,
centre,中央,39.1670,141.1400,0,st
centre2,中央むかい,39.1675,141.1400,0,st
st,中央,39.1672,141.1400,1,
""",
    "routes.txt": """\
route_id,agency_id,route_short_name,route_long_name,route_type
main,1234567890123,本線,,3
loop,1234567890123,めぐり,,3
rail,1234567890123,,そよかぜ線,2
""",
    "trips.txt": """\
route_id,service_id,trip_id,trip_headsign
main,平日,m1,役場まえ
main,平日,m2,家のまえ
main,土曜,s1,役場まえ
loop,平日,l1,めぐり
main,金夜,n1,家のまえ
loop,冬,w1,役場まえ
rail,毎日,r1,役場まえ
""",
    "stop_times.txt": """\
trip_id,arrival_time,departure_time,stop_id,stop_sequence,pickup_type,drop_off_type
m1,9:30:00,9:30:00,home,1,0,1
m1,9:40:00,9:41:00,centre,2,0,0
m1,9:50:00,9:50:00,town,3,1,0
m2,12:05:00,12:05:00,town,1,,
m2,12:25:00,12:25:00,home,2,,
s1,10:00:00,10:00:00,home,1,,
s1,10:20:00,10:20:00,town,2,,
l1,8:00:00,8:00:00,centre,1,,
l1,8:10:00,8:10:00,home,2,,
l1,8:30:00,8:30:00,town,3,,
l1,8:40:00,8:40:00,centre,4,,
n1,24:10:00,24:10:00,town,1,,
n1,24:30:00,24:30:00,home,2,,
w1,9:00:00,9:00:00,centre2,1,,
w1,9:10:00,9:10:00,town,2,,
r1,7:00:00,7:00:00,home,1,,
r1,7:12:00,7:12:00,town,2,,
""",
    "calendar.txt": """\
service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date
平日,1,1,1,1,1,0,0,20260401,20270331
土曜,0,0,0,0,0,1,0,20260401,20270331
金夜,0,0,0,0,1,0,0,20260401,20270331
冬,1,1,1,1,1,0,0,20261201,20270331
毎日,1,1,1,1,1,1,1,20260401,20270331
""",
    "calendar_dates.txt": """\
service_id,date,exception_type
平日,20261123,2
土曜,20261123,1
""",
    "feed_info.txt": """\
feed_publisher_name,feed_publisher_url,feed_lang,feed_start_date,feed_end_date,feed_version
そよかぜバス,https://bus.example,ja,20260401,20270331,2026春
""",
    "agency_jp.txt": "agency_id,agency_official_name\n1234567890123,そよかぜバス株式会社\n",
    "office_jp.txt": "office_id,office_name\nA,本社\n",
}


def files(**changed: str | None) -> dict[str, bytes]:
    """The files with some others in their place, named without their ending; None leaves one out."""
    named = {name.removesuffix(".txt"): text for name, text in FILES.items()} | changed
    return {f"{name}.txt": text.encode() for name, text in named.items() if text is not None}


def zipped(contents: Mapping[str, bytes], *, folder: str = "") -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            archive.writestr(f"{folder}{name}", content)
    return packed.getvalue()


def feed_at(folder: Path, **changed: str | None) -> Path:
    """A zip of the feed in this folder."""
    path = folder / "soyokaze.zip"
    path.write_bytes(zipped(files(**changed)))
    return path


def read(folder: Path, **changed: str | None) -> ReadFeed:
    return read_feed(feed_at(folder, **changed))
