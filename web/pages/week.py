"""The hours somebody can and cannot come, as a small week table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from matching.vocabulary import ENUMS
from web.pages.facts import ANY_DAY, as_date, season
from web.wording import clock_time, short_day

LAST_WEEK = -1


@dataclass(frozen=True)
class WeekRow:
    """One row: the words for each weekday, Monday first; an empty list is an empty cell."""

    label: str
    days: tuple[list[str], ...]


@dataclass(frozen=True)
class Week:
    """The table and what does not fit into it (single dates)."""

    headings: tuple[str, ...]
    rows: list[WeekRow]
    dates: list[str] = field(default_factory=list)


def span(window: Mapping[str, Any]) -> str:
    """`10:00〜16:00`, `13:00から`, `終日`."""
    start, end = (clock_time(window[name]) if window.get(name) else None for name in ("start", "end"))
    if start and end:
        return f"{start}〜{end}"
    if start:
        return f"{start}から"
    return f"{end}まで" if end else "終日"


def pattern(window: Mapping[str, Any]) -> str:
    """`第1・3` (`最終`), `隔週`, or nothing for every week."""
    rule = window.get("week_pattern") or {}
    if rule.get("kind") == "alternate":
        return "隔週"
    if rule.get("kind") != "nth":
        return ""
    counted = [str(week) for week in rule["weeks"] if week != LAST_WEEK]
    parts = [f"第{'・'.join(counted)}"] if counted else []
    if LAST_WEEK in rule["weeks"]:
        parts.append("最終")
    return "と".join(parts)


def limits(window: Mapping[str, Any], *, on: date) -> list[str]:
    """What narrows the window beyond weekday and hour."""
    found = [season(window)]
    if window.get("school_period") not in (None, "any"):
        found.append(ENUMS["school_period"].label(window["school_period"]))
    if window.get("on_holidays") == "no":
        found.append("祝日は除く")
    since, until = as_date(window.get("valid_from")), as_date(window.get("valid_until"))
    if since and since > on:
        found.append(f"{short_day(since, on=on)}から")
    if until:
        found.append(f"{short_day(until, on=on)}まで")
    return [text for text in found if text]


def week_table(
    available: Sequence[Mapping[str, Any]] | None, blocked: Sequence[Mapping[str, Any]] | None, *, on: date
) -> Week | None:
    """None when nobody has asked for the hours yet."""
    if available is None and not blocked:
        return None
    rows, dates = [], []
    for label, windows in (("来られる", available), ("来られない", blocked)):
        if windows is None or (label == "来られない" and not windows):
            continue
        cells: dict[str, list[str]] = {day: [] for day in ANY_DAY}
        for window in windows:
            notes = limits(window, on=on)
            tail = f"（{'、'.join(notes)}）" if notes else ""
            for day in window.get("dates", ()):
                dates.append(f"{label}: {short_day(date.fromisoformat(day), on=on)} {span(window)}{tail}")
            if window.get("dates") and not window.get("days"):
                continue
            for day in window.get("days") or ANY_DAY:
                cells[day].append(f"{pattern(window)} {span(window)}{tail}".strip())
        rows.append(WeekRow(label, tuple(cells[day] for day in ANY_DAY)))
    return Week(tuple(ENUMS["day"].label(day) for day in ANY_DAY), rows, dates)
