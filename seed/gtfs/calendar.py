"""Which days the services of a feed run: calendar.txt for the weeks, calendar_dates.txt for single days."""

from __future__ import annotations

from datetime import date

from seed.gtfs.feed import ServiceRow
from seed.gtfs.table import Table

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
ADDED, REMOVED = "1", "2"


def read_services(calendar: Table | None, dates: Table | None) -> list[ServiceRow]:
    """Services in the order in which they are named first."""
    weeks = _weeks(calendar) if calendar else {}
    single: dict[str, dict[str, list[date]]] = {}
    for line, row in dates.needs("service_id", "date", "exception_type").rows() if dates else ():
        assert dates is not None
        kind = dates.value(row, "exception_type")
        if kind not in (ADDED, REMOVED):
            dates.problem(line, f"の「exception_type」の「{kind}」は、1（走る）か 2（休む）ではありません")
        days = single.setdefault(dates.must(row, "service_id", line), {ADDED: [], REMOVED: []})
        days[kind].append(dates.day(row, "date", line))
    nothing: dict[str, list[date]] = {ADDED: [], REMOVED: []}
    return [
        ServiceRow(
            ref,
            *weeks.get(ref, ((), None, None)),
            added=tuple(sorted(set(single.get(ref, nothing)[ADDED]))),
            removed=tuple(sorted(set(single.get(ref, nothing)[REMOVED]))),
        )
        for ref in dict.fromkeys((*weeks, *single))
    ]


def _weeks(table: Table) -> dict[str, tuple[tuple[int, ...], date | None, date | None]]:
    table.needs("service_id", *WEEKDAYS, "start_date", "end_date")
    found: dict[str, tuple[tuple[int, ...], date | None, date | None]] = {}
    for line, row in table.rows():
        ref = table.must(row, "service_id", line)
        if ref in found:
            table.problem(line, f"の運行日「{ref}」は前にもあります")
        runs = []
        for weekday, name in enumerate(WEEKDAYS):
            value = table.value(row, name)
            if value not in ("0", "1"):
                table.problem(line, f"の「{name}」の「{value}」は、1（走る）か 0（走らない）ではありません")
            if value == "1":
                runs.append(weekday)
        first, last = table.day(row, "start_date", line), table.day(row, "end_date", line)
        if last < first:
            table.problem(line, "の終わりの日が、始まりの日より前です")
        found[ref] = tuple(runs), first, last
    return found
