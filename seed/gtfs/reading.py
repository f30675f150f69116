"""Reading a GTFS-JP feed (libraries §9): stops, service days and trips of buses and trains. Nothing is guessed.

A file that contradicts itself is refused with the file and the line. What we have no use for (ships, stops one has to
telephone for, vehicles without a fixed time) is left out and said so.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import NamedTuple

from seed.errors import ImportProblem
from seed.gtfs.calendar import read_services
from seed.gtfs.feed import ReadFeed, ServiceRow, StopRow
from seed.gtfs.files import feed_files
from seed.gtfs.table import Table
from seed.gtfs.trips import read_trips

# Japan with its furthest islands, degrees WGS84.
_LATITUDES, _LONGITUDES = (20.0, 46.0), (122.0, 155.0)
MOST_STOPS = 200_000
"""More than the country has."""


def read_feed(source: Path | Traversable, *, name: str | None = None) -> ReadFeed:
    """The feed of a zip or a folder; `name` tells two feeds of one operator apart. ImportProblem with one sentence."""
    files, label = feed_files(source), source.name
    tables = {file: Table(label, file, content) for file, content in files.items()}
    key, operators = _operators(tables["agency.txt"])
    stops = _stops(tables["stops.txt"])
    services = read_services(tables.get("calendar.txt"), tables.get("calendar_dates.txt"))
    read = read_trips(tables, [stop.ref for stop in stops], [service.ref for service in services])
    if not read.trips:
        raise ImportProblem(f"「{label}」にはバスや電車の便が一つもありません。中身のある時刻表を選び直してください。")
    info = _info(tables.get("feed_info.txt"))
    first, last = _validity([services[place] for place in {trip.service for trip in read.trips}], info, label)
    return ReadFeed(
        key=f"{key}／{name}" if name else key,
        name=f"{operators}（{name}）" if name else operators,
        version=info.version,
        first=first,
        last=last,
        stops=tuple(stops),
        services=tuple(services),
        trips=read.trips,
        left_out=read.left_out,
    )


def _operators(table: Table) -> tuple[str, str]:
    """(what tells this feed from those of others, the operators' names)."""
    table.needs("agency_name")
    rows = [
        (table.value(row, "agency_id") or table.must(row, "agency_name", line), table.must(row, "agency_name", line))
        for line, row in table.rows()
    ]
    if not rows:
        table.problem(2, "に事業者の名前がありません")
    return "・".join(sorted({key for key, _ in rows})), "・".join(dict.fromkeys(name for _, name in rows))


def _stops(table: Table) -> list[StopRow]:
    """The stops that vehicles call at; stations and entrances around them are left out."""
    table.needs("stop_id", "stop_name", "stop_lat", "stop_lon")
    found: dict[str, StopRow] = {}
    for line, row in table.rows():
        if table.value(row, "location_type") not in ("", "0"):
            continue
        if len(found) >= MOST_STOPS:
            raise ImportProblem(f"「{table.feed}」は停留所が多すぎて読めません。地域ごとに分けて取り込んでください。")
        ref = table.must(row, "stop_id", line)
        if ref in found:
            table.problem(line, f"の停留所「{ref}」は前にもあります")
        latitude, longitude = _degrees(table, row, line)
        found[ref] = StopRow(ref, table.must(row, "stop_name", line), latitude, longitude)
    return list(found.values())


def _degrees(table: Table, row: list[str], line: int) -> tuple[float, float]:
    texts = table.value(row, "stop_lat"), table.value(row, "stop_lon")
    try:
        latitude, longitude = float(texts[0]), float(texts[1])
    except ValueError:
        latitude = longitude = 0.0
    if not (_LATITUDES[0] <= latitude <= _LATITUDES[1] and _LONGITUDES[0] <= longitude <= _LONGITUDES[1]):
        table.problem(line, f"の緯度「{texts[0]}」・経度「{texts[1]}」が日本の中の位置になりません")
    return latitude, longitude


class Info(NamedTuple):
    """What feed_info.txt says; None and "" where it does not."""

    first: date | None
    last: date | None
    version: str


def _info(table: Table | None) -> Info:
    for line, row in table.rows() if table else ():
        assert table is not None
        first, last = (
            table.day(row, name, line) if table.value(row, name) else None
            for name in ("feed_start_date", "feed_end_date")
        )
        return Info(first, last, table.value(row, "feed_version"))
    return Info(None, None, "")


def _validity(services: Iterable[ServiceRow], info: Info, label: str) -> tuple[date, date]:
    """First and last day on which the feed says what runs: its own statement within what its services know."""
    days = [day for one in services for day in (one.first, one.last, *one.added) if day is not None]
    if not days:
        raise ImportProblem(f"「{label}」には便の走る日が一日もありません。もとの時刻表を受け取り直してください。")
    first, last = max(info.first or min(days), min(days)), min(info.last or max(days), max(days))
    if last < first:
        raise ImportProblem(
            f"「{label}」の feed_info.txt の期間には、便の走る日がありません。もとの時刻表を受け取り直してください。"
        )
    return first, last
