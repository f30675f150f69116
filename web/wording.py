"""Dates, spans, ages and codes as a person would say them."""

from __future__ import annotations

from datetime import date, datetime

from matching.vocabulary import ENUMS
from web.clock import TOKYO

WEEKDAYS = "月火水木金土日"
ADULT_BANDS = ((18, "under_18"), (30, "18_29"), (50, "30_49"), (65, "50_64"))


def short_day(day: date, *, on: date | None = None) -> str:
    """`11/27(金)`; with the year in front when it is not this one."""
    text = f"{day.month}/{day.day}({WEEKDAYS[day.weekday()]})"
    return text if on is None or on.year == day.year else f"{day.year}/{text}"


def moment(at: datetime) -> str:
    """`11/27(金) 13:30`, in Japan."""
    local = at.astimezone(TOKYO)
    return f"{short_day(local.date())} {local:%H:%M}"


def long_day(day: date) -> str:
    """`2026年11月24日（火）`."""
    return f"{day.year}年{day.month}月{day.day}日（{WEEKDAYS[day.weekday()]}）"


def months_between(since: date, on: date) -> int:
    """Whole months from one date to another, never below zero."""
    months = (on.year - since.year) * 12 + on.month - since.month - (on.day < since.day)
    return max(months, 0)


def waiting(since: date | None, *, on: date) -> str | None:
    """How long somebody waits, as one would say it; None when it is not known."""
    if since is None:
        return None
    days = (on - since).days
    if days < 0:
        return f"{short_day(since, on=on)}から"
    if days == 0:
        return "今日から"
    if days < 14:
        return f"{days}日"
    months = months_between(since, on)
    if months < 2:
        return f"{days // 7}週間"
    if months < 12:
        return f"{months}か月"
    years, rest = divmod(months, 12)
    return f"{years}年{rest}か月" if rest else f"{years}年"


def age_band(age: int | None) -> str | None:
    """`30〜49歳`; None when the age is not known."""
    if age is None:
        return None
    code = next((code for limit, code in ADULT_BANDS if age < limit), "65_plus")
    return ENUMS["age_band"].label(code)


def minutes(count: int) -> str:
    """`45分`, `2時間`, `1時間30分`."""
    hours, rest = divmod(count, 60)
    if not hours:
        return f"{rest}分"
    return f"{hours}時間{rest}分" if rest else f"{hours}時間"


def month_day(text: str) -> str:
    """`12-01` as `12/1`."""
    month, day = text.split("-")
    return f"{int(month)}/{int(day)}"


def clock_time(text: str) -> str:
    """`09:00` as `9:00`."""
    return text.removeprefix("0")
