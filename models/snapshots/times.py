"""Slots (枠) and other ranges of time as rules of the calendar."""

from __future__ import annotations

from typing import Literal

from matching.inputs.facts import SlotFacts
from matching.inputs.recurrence import Recurrence, WeekPattern
from models.opportunity import Slot
from models.readable import is_clock, is_month_day, unread_fields
from models.snapshots.values import JSON, day, days, four, minutes, season, weekdays

SCHOOL_PERIODS = (None, "any", "term", "break")
ON_NO_KNOWN_DAY = Recurrence(
    days=None, dates=frozenset(), except_dates=frozenset(), start=None, end=None, pattern=None, valid_from=None,
    valid_until=None, season=None, school_period="any", on_holidays="unknown",
)  # fmt: skip
"""A slot of which something cannot be read: what else it says would be on more days, or at other hours, than was meant."""


def slot_facts(slot: Slot) -> SlotFacts:
    """A slot (枠) as the engine reads it."""
    return SlotFacts(recurrence=slot_recurrence(slot), open_places=slot.open_places)


def readable_slot(slot: Slot) -> bool:
    """Whether all that says when it is can be read."""
    times = [value for value in (slot.start, slot.end) if value is not None]
    season = [value for value in (slot.season_from, slot.season_until) if value is not None]
    told = all(map(is_clock, times)) and len(season) != 1 and all(map(is_month_day, season))
    return told and not unread_fields(slot) and slot.school_period in SCHOOL_PERIODS and _complete(slot.week_pattern)


def _complete(pattern: JSON | None) -> bool:
    """Whether it says which weeks it means."""
    needed = {"nth": "weeks", "alternate": "anchor_date"}.get((pattern or {}).get("kind", ""))
    return needed is None or bool((pattern or {}).get(needed))


def slot_recurrence(slot: Slot) -> Recurrence:
    """A slot (枠) of an opportunity as a rule of the calendar."""
    if not readable_slot(slot):
        return ON_NO_KNOWN_DAY
    return window(
        {
            name: value
            for name in [
                "days",
                "dates",
                "except_dates",
                "start",
                "end",
                "week_pattern",
                "valid_from",
                "valid_until",
                "season_from",
                "season_until",
                "school_period",
                "on_holidays",
            ]
            if (value := getattr(slot, name)) is not None
        }
    )


def window(rule: JSON) -> Recurrence:
    """A time range of the interchange format as a rule of the calendar."""
    pattern: JSON | None = rule.get("week_pattern")
    return Recurrence(
        days=weekdays(rule.get("days")),
        dates=frozenset(days(rule.get("dates"))),
        except_dates=frozenset(days(rule.get("except_dates"))),
        start=minutes(rule.get("start")),
        end=minutes(rule.get("end")),
        pattern=None
        if pattern is None
        else WeekPattern(
            kind=pattern["kind"],
            weeks=tuple(pattern.get("weeks") or ()),
            anchor=day(pattern.get("anchor_date")),
        ),
        valid_from=day(rule.get("valid_from")),
        valid_until=day(rule.get("valid_until")),
        season=season(rule),
        school_period=_school_period(rule.get("school_period")),
        on_holidays=four(rule.get("on_holidays")),
    )


def _school_period(value: str | None) -> Literal["any", "term", "break"]:
    return "term" if value == "term" else "break" if value == "break" else "any"
