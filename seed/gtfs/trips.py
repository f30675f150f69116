"""The trips of a feed (便): what calls where and when, on which service days, as which kind of vehicle."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from seed.errors import ImportProblem
from seed.gtfs.feed import TripRow
from seed.gtfs.table import LAST_MINUTE_SECONDS, Table

MOST_CALLS = 4_000_000
"""Ten times the timetable of a large city."""
MOST_TRIPS = 200_000
_NOT_HERE = ("1", "2")
"""pickup_type and drop_off_type: never, or only by telephone; a bus that must be called is no bus by timetable."""
_EXACT = "1"


def mode_of(route_type: int) -> str | None:
    """bus or train by route_type, the extended ones too; None for ships, cable cars and the like."""
    if route_type in (3, 11) or 200 <= route_type < 300 or 700 <= route_type < 900:
        return "bus"
    if route_type in (0, 1, 2, 12) or 100 <= route_type < 200 or 400 <= route_type < 500 or 900 <= route_type < 1000:
        return "train"
    return None


@dataclass(frozen=True)
class ReadTrips:
    """The trips by their ref, and sentences about what was left out."""

    trips: tuple[TripRow, ...]
    left_out: tuple[str, ...]


class Call(NamedTuple):
    """One row of stop_times.txt; seconds."""

    sequence: int
    stop: int
    arrive: int
    depart: int
    boards: bool
    alights: bool
    line: int


def read_trips(tables: Mapping[str, Table], stops: Sequence[str], services: Sequence[str]) -> ReadTrips:
    """All trips by bus or train; stops and services by their positions."""
    trips, others = _named(tables["routes.txt"], tables["trips.txt"], services)
    calls, telephoned = _calls(tables["stop_times.txt"], set(trips) | others, {ref: at for at, ref in enumerate(stops)})
    timed = {
        ref: _with_calls(trip, tables["stop_times.txt"], calls[ref])
        for ref, trip in trips.items()
        if len(calls.get(ref, ())) > 1
    }
    left_out = []
    if others:
        left_out.append(f"バスや電車でない便が{len(others)}ありました。行き方には使いません。")
    if telephoned:
        left_out.append("電話で予約して乗り降りする停留所がありました。時刻表では行けないものとして扱います。")
    if table := tables.get("frequencies.txt"):
        timed, loose = _repeated(timed, table, set(trips) | others)
        if loose:
            left_out.append(
                f"時刻が決まっていない便（何分おきとだけあるもの）が{loose}ありました。行き方には使いません。"
            )
    return ReadTrips(tuple(timed[ref] for ref in sorted(timed)), tuple(left_out))


def _too_many(table: Table) -> str:
    return f"「{table.feed}」は便が多すぎて読めません。地域ごとに分けて取り込んでください。"


def _named(routes: Table, table: Table, services: Sequence[str]) -> tuple[dict[str, TripRow], set[str]]:
    """(trips by bus or train, still without calls, refs of the other trips)."""
    routes.needs("route_id", "route_type")
    lines: dict[str, tuple[str | None, str]] = {}
    for line, row in routes.rows():
        name = routes.value(row, "route_short_name") or routes.value(row, "route_long_name")
        lines[routes.must(row, "route_id", line)] = mode_of(routes.whole(row, "route_type", line)), name
    table.needs("route_id", "service_id", "trip_id")
    place = {ref: at for at, ref in enumerate(services)}
    found: dict[str, TripRow] = {}
    others: set[str] = set()
    for count, (line, row) in enumerate(table.rows(), start=1):
        if count > MOST_TRIPS:
            raise ImportProblem(_too_many(table))
        ref, route, service = (table.must(row, name, line) for name in ("trip_id", "route_id", "service_id"))
        if ref in found or ref in others:
            table.problem(line, f"の便「{ref}」は前にもあります")
        if route not in lines:
            table.problem(line, f"の路線「{route}」が routes.txt にありません")
        if service not in place:
            table.problem(line, f"の運行日「{service}」が calendar.txt にも calendar_dates.txt にもありません")
        mode, name = lines[route]
        if mode is None:
            others.add(ref)
            continue
        headsign = table.value(row, "trip_headsign")
        found[ref] = TripRow(ref, route, name, headsign, mode, place[service], (), (), (), (), ())
    return found, others


def _calls(table: Table, trips: set[str], stops: Mapping[str, int]) -> tuple[dict[str, list[Call]], bool]:
    """(calls of each trip, whether any is by telephone); a call without a time is passed over, not guessed."""
    table.needs("trip_id", "arrival_time", "departure_time", "stop_id", "stop_sequence")
    found: dict[str, list[Call]] = {}
    telephoned = False
    for count, (line, row) in enumerate(table.rows(), start=1):
        if count > MOST_CALLS:
            raise ImportProblem(_too_many(table))
        trip, stop = table.must(row, "trip_id", line), table.must(row, "stop_id", line)
        if trip not in trips:
            table.problem(line, f"の便「{trip}」が trips.txt にありません")
        if stop not in stops:
            table.problem(line, f"の停留所「{stop}」が stops.txt にありません")
        arrive, depart = table.seconds(row, "arrival_time", line), table.seconds(row, "departure_time", line)
        if arrive is None and depart is None:
            continue
        arrive, depart = arrive if arrive is not None else depart or 0, depart if depart is not None else arrive or 0
        pickup, drop_off = table.value(row, "pickup_type"), table.value(row, "drop_off_type")
        telephoned |= "2" in (pickup, drop_off)
        sequence = table.whole(row, "stop_sequence", line)
        call = Call(sequence, stops[stop], arrive, depart, pickup not in _NOT_HERE, drop_off not in _NOT_HERE, line)
        found.setdefault(trip, []).append(call)
    return found, telephoned


def _with_calls(trip: TripRow, table: Table, calls: list[Call]) -> TripRow:
    """The trip in the order of travel. Whole minutes on the safe side: arriving late, leaving early."""
    calls.sort()
    before: Call | None = None
    for call in calls:
        if before is not None and call.sequence == before.sequence:
            table.problem(call.line, f"は便「{trip.ref}」の{call.sequence}番めの停留所の二つめです")
        if call.depart < call.arrive or (before is not None and call.arrive < before.depart):
            table.problem(call.line, f"の時刻が、便「{trip.ref}」の前の時刻より早くなっています")
        before = call
    return replace(
        trip,
        stops=tuple(call.stop for call in calls),
        arrivals=tuple(-(-call.arrive // 60) for call in calls),
        departures=tuple(call.depart // 60 for call in calls),
        no_boarding=tuple(at for at, call in enumerate(calls) if not call.boards),
        no_alighting=tuple(at for at, call in enumerate(calls) if not call.alights),
    )


def _repeated(timed: Mapping[str, TripRow], table: Table, trips: set[str]) -> tuple[dict[str, TripRow], int]:
    """(trips with those of frequencies.txt written out, how many have no fixed time)."""
    table.needs("trip_id", "start_time", "end_time", "headway_secs")
    found, patterns, loose = dict(timed), set[str](), set[str]()
    for line, row in table.rows():
        ref = table.must(row, "trip_id", line)
        if ref not in trips:
            table.problem(line, f"の便「{ref}」が trips.txt にありません")
        patterns.add(ref)
        if table.value(row, "exact_times") != _EXACT:
            loose.add(ref)
            continue
        for copy in _copies(timed[ref], table, line, row) if ref in timed else ():
            found[copy.ref] = copy
        if len(found) > MOST_TRIPS:
            table.problem(line, "まででバスが多くなりすぎます")
    for ref in patterns:
        found.pop(ref, None)
    return found, len(loose)


def _copies(trip: TripRow, table: Table, line: int, row: list[str]) -> Iterator[TripRow]:
    start, end = table.seconds(row, "start_time", line), table.seconds(row, "end_time", line)
    headway = table.whole(row, "headway_secs", line)
    if start is None or end is None or headway < 60:
        table.problem(line, "の始まり・終わり・間隔（60秒以上）がそろっていません")
    for at in range(start, end, headway):
        minutes = at // 60 - trip.departures[0]
        if trip.arrivals[-1] + minutes >= LAST_MINUTE_SECONDS // 60:
            table.problem(line, "の便が、次の次の日まで走ることになります")
        yield replace(
            trip,
            ref=f"{trip.ref}@{at // 3600}:{at % 3600 // 60:02d}",
            arrivals=tuple(minute + minutes for minute in trip.arrivals),
            departures=tuple(minute + minutes for minute in trip.departures),
        )
