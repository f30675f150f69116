"""One thing we know about somebody, or do not know yet and should ask."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from matching.vocabulary import ENUMS, VOCABULARIES
from web.wording import clock_time, minutes, month_day, short_day

ANY_DAY = ENUMS["day"].codes


@dataclass(frozen=True)
class Fact:
    """A label with its words. `text` None is 未確認: the page then shows the question to ask."""

    label: str
    text: str | None
    question: str = ""
    note: str = ""


def as_date(value: date | str | None) -> date | None:
    """Dates stand in columns as dates and inside JSON as text."""
    return date.fromisoformat(value) if isinstance(value, str) else value


def labels(vocabulary: str, codes: Sequence[str] | None) -> list[str]:
    return [VOCABULARIES[vocabulary].label(code) for code in codes or ()]


def words(vocabulary: str, codes: Sequence[str] | None) -> str | None:
    """Labels joined; None when nobody asked, 「とくにない」 when asked and none."""
    if codes is None:
        return None
    return "、".join(labels(vocabulary, codes)) or "とくにない"


def enum_words(name: str, code: str | None) -> str | None:
    return ENUMS[name].label(code) if code else None


def season(window: Mapping[str, Any]) -> str:
    """`4/1〜11/30` or nothing."""
    if not window.get("season_from"):
        return ""
    return f"{month_day(window['season_from'])}〜{month_day(window['season_until'])}"


def transport_words(way: Mapping[str, Any]) -> str:
    """`自転車（片道30分まで、4/1〜11/30）`."""
    limits = []
    if way.get("max_minutes") is not None:
        limits.append(f"片道{minutes(way['max_minutes'])}まで")
    if way.get("days") and len(way["days"]) < len(ANY_DAY):
        limits.append("".join(ENUMS["day"].label(day) for day in way["days"]) + "曜")
    earliest, latest = (clock_time(way[name]) if way.get(name) else "" for name in ("not_before", "not_after"))
    if earliest and latest:
        limits.append(f"{earliest}〜{latest}")
    elif earliest or latest:
        limits.append(f"{earliest}から" if earliest else f"{latest}まで")
    if season(way):
        limits.append(season(way))
    if way.get("cost_yen"):
        limits.append(f"往復{way['cost_yen']:,}円")
    label = VOCABULARIES["transport_modes"].label(way["mode"])
    return f"{label}（{'、'.join(limits)}）" if limits else label


def sourced(entry: Mapping[str, Any], *, on: date) -> str:
    """`本人 11/12(木)`: who said it and when it was checked, as far as known."""
    who = enum_words("source", entry.get("source")) or ""
    checked = as_date(entry.get("checked_on"))
    return " ".join(part for part in (who, short_day(checked, on=on) if checked else "") if part)
