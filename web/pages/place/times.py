"""When a place is open: its times as one would say them, and the next dates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from matching.inputs.opening_dates import OpenDay
from matching.inputs.phrases import clock
from matching.inputs.recurrence import DAY_MINUTES
from matching.vocabulary import ENUMS
from models.opportunity import Slot
from models.snapshots import readable_slot, slot_facts
from web.pages.facts import ANY_DAY
from web.pages.place.standing import State
from web.pages.week import limits, pattern, span
from web.wording import short_day


@dataclass(frozen=True)
class Time:
    """枠: one recurring time. `days` None and `hours` None are 未確認; `said` are the words of whoever told, unread."""

    days: str | None
    hours: str | None
    said: str
    notes: str


def times(slots: Sequence[Slot], *, on: date) -> list[Time]:
    return [
        _time({name: getattr(slot, name) for name in Slot.model_fields}, on, days_told=slot_facts(slot).days_told)
        if readable_slot(slot)
        else Time(None, None, slot.season_note or "", "読めない値があります")
        for slot in slots
    ]


def _time(slot: Mapping[str, Any], on: date, *, days_told: bool) -> Time:
    except_days = [date.fromisoformat(day) for day in slot["except_dates"] or () if day > on.isoformat()]
    notes = [
        *limits({name: value for name, value in slot.items() if value is not None}, on=on),
        slot["season_note"] if days_told else "",
        f"{'・'.join(short_day(day, on=on) for day in except_days)}は休み" if except_days else "",
        f"雨のときは{ENUMS['rain_rule'].label(slot['rain_rule'])}" if slot["rain_rule"] else "",
        slot["stop_rule"],
        f"この枠の空き{slot['open_places']}人" if slot["open_places"] is not None else "",
    ]
    said = slot["season_note"] or ""
    return Time(
        days=_days(slot, on) if days_told else None,
        hours=span(slot) if slot["start"] else None,
        said="" if days_told else said,
        notes="、".join(note for note in notes if note),
    )


def _days(slot: Mapping[str, Any], on: date) -> str:
    dates = [short_day(date.fromisoformat(day), on=on) for day in slot["dates"] or ()]
    if dates and not slot["days"]:
        return "・".join(dates)
    days = slot["days"] or ANY_DAY
    named = "毎日" if len(days) == len(ANY_DAY) else "・".join(ENUMS["day"].label(day) for day in days)
    return "・".join([f"{pattern(slot)} {named}".strip(), *dates])


def open_days(days: Sequence[OpenDay], *, on: date) -> list[str]:
    """`11/27(金) 13:30〜15:00`, a holiday nobody asked about to be confirmed."""
    return [_open_day(day, on) for day in days]


def _open_day(day: OpenDay, on: date) -> str:
    hours = "・".join(f"{clock(span[0])}〜{_end(span[1])}" for span in day.spans if span)
    unsure = "（祝日のため要確認）" if day.to_confirm else ""
    return f"{short_day(day.day, on=on)} {hours or '時間は未確認'}{unsure}"


def _end(minutes: int) -> str:
    return "24:00" if minutes == DAY_MINUTES else clock(minutes)


def why_no_days(state: State, *, times_known: bool) -> tuple[str, str]:
    """(a sentence, or else a question to ask) where no date can be named."""
    if state.code in ("prospect", "restricted", "withdrawn"):
        return "いまは受け入れていないので、日は出していません。", ""
    if not times_known:
        return "", "何曜日の、何時から何時までですか。"
    if state.code in ("off_season", "resting"):
        return "", "いつ再開しますか。"
    return "この先1年、開く日が台帳に入っていません。", ""
