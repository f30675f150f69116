"""Slots as the form writes them: 「第2・4 金 13:30-15:00」."""

from __future__ import annotations

from matching.vocabulary import ENUMS
from seed.writing.catalogue import Record

TIMES = frozenset({"days", "dates", "start", "end", "week_pattern", "season_from", "season_until"})
"""What the text of a slot says; its other fields have a column for all slots of the row, or none."""

_WEEK = ENUMS["day"].codes


def slot_texts(slot: Record) -> list[str]:
    """The pieces of text for one slot, to be joined by "; "; empty where the form has no words for it.

    Only days or dates, times, week pattern and season are written: the rest of a slot has columns of its own or none.
    """
    if "start" not in slot or "end" not in slot:
        return []
    times = f"{slot['start']}-{slot['end']}"
    pattern = slot.get("week_pattern")
    season = ""
    if "season_from" in slot and "season_until" in slot:
        season = f" {slot['season_from'].replace('-', '/')}-{slot['season_until'].replace('-', '/')}"
    texts = [f"{day} {times}{season}" for day in slot.get("dates", ())]
    if slot.get("days"):
        words = "".join(ENUMS["day"].label(day) for day in sorted(slot["days"], key=_WEEK.index))
        texts.insert(0, f"{_weeks(pattern)}{words} {times}{season}")
    return texts


def _weeks(pattern: Record | None) -> str:
    if not pattern:
        return ""
    if pattern["kind"] == "alternate":
        return f"隔週({pattern['anchor_date']}) "
    if pattern["kind"] == "every":
        return "毎週 "
    counted = [str(week) for week in pattern["weeks"] if week > 0]
    words = [f"第{'・'.join(counted)}"] if counted else []
    return "・".join([*words, *(["最終"] if -1 in pattern["weeks"] else [])]) + " "
