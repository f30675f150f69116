"""Slots (枠) and other ranges of time as rules of the calendar."""

from __future__ import annotations

from matching.facts import SlotFacts
from matching.recurrence import Recurrence, WeekPattern
from models.opportunity import Slot
from models.snapshots.values import JSON, day, days, four, minutes, season, weekdays


def slot_facts(slot: Slot) -> SlotFacts:
    """A slot (枠) as the engine reads it."""
    return SlotFacts(recurrence=slot_recurrence(slot), open_places=slot.open_places)


def slot_recurrence(slot: Slot) -> Recurrence:
    """A slot (枠) of an opportunity as a rule of the calendar."""
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
        school_period=rule.get("school_period") or "any",
        on_holidays=four(rule.get("on_holidays")),
    )
