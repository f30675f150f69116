"""Small pieces of Japanese that several reasons share: dates, times, lists, the person's own words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from matching.inputs.profile import ParticipantProfile
from matching.inputs.recurrence import DAY_MINUTES

AXIS_WORDS = {"outing": "外出", "people": "人づきあい", "duration": "時間", "body": "体力", "voice": "つらいと言うこと"}
WEEKDAYS = "月火水木金土日"


def clock(minutes: int) -> str:
    """13:30; the small hours of the next day say so, and so does the night before."""
    day, rest = divmod(minutes, DAY_MINUTES)
    which = "翌" if day > 0 else "前の晩" if day < 0 else ""
    return f"{which}{rest // 60}:{rest % 60:02d}"


def day(value: date) -> str:
    """11/27(金)"""
    return f"{value.month}/{value.day}({WEEKDAYS[value.weekday()]})"


def long_day(value: date) -> str:
    """2026年11月27日"""
    return f"{value.year}年{value.month}月{value.day}日"


def listed(words: Iterable[str], *, most: int = 3) -> str:
    """「a・b・c」, and how many more."""
    all_words = list(words)
    more = f"ほか{len(all_words) - most}つ" if len(all_words) > most else ""
    return "・".join(all_words[:most]) + more


def quoted(profile: ParticipantProfile, *words: str) -> str:
    """The person's newest own words (本人の言葉) that hold one of `words`, with the day; empty when there are none."""
    fitting = [said for said in profile.own_words if any(word and word in said.text for word in words)]
    if not fitting:
        return ""
    said = max(fitting, key=lambda one: (one.said_on or date.min, one.text))
    when = f"（{said.said_on.month}/{said.said_on.day}）" if said.said_on else ""
    return f"「{said.text}」{when}"
