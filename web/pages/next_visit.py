"""次に会う日 on the page of a person: what is set, and the small form that sets it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from models.participant import Participant, VisitWay
from web.pages.day_field import day_typed, field_type
from web.wording import short_day

LABEL = "次に会う日"
UNDECIDED = "まだ決まっていません"
WAYS: Mapping[str, str] = {
    VisitWay.VISIT: "訪問",
    VisitWay.FAMILY: "家族と話す",
    VisitWay.LETTER: "手紙",
    VisitWay.MESSAGE: "メールやチャット",
    VisitWay.PHONE: "電話",
}
FURTHEST = timedelta(days=366)
"""Whoever types a day beyond it has mistaken the year."""


@dataclass(frozen=True)
class VisitAnswer:
    """A day and a way that can be kept; no day takes the visit away."""

    day: date | None
    how: VisitWay | None


@dataclass(frozen=True)
class NextVisit:
    """The section: the sentence on top, and the two fields as they stand, with what is wrong beside them."""

    sentence: str
    decided: bool
    day: str
    how: str
    day_error: str = ""
    how_error: str = ""

    @property
    def day_type(self) -> str:
        return field_type(self.day)

    @property
    def ways(self) -> list[tuple[str, str]]:
        return list(WAYS.items())


def visit_words(day: date, how: str | None, *, on: date) -> str:
    """`12/3(木)・訪問`, or the day alone where nobody has said how."""
    return "・".join(part for part in (short_day(day, on=on), WAYS.get(how or "", "")) if part)


def next_visit(participant: Participant, *, on: date) -> NextVisit:
    """What is kept. A day that has passed is told, and no longer stands in the field."""
    day, how = participant.next_visit_on, participant.next_visit_how
    if day is None:
        return NextVisit(f"{UNDECIDED}。", False, "", "")
    words = visit_words(day, how, on=on)
    if day < on:
        return NextVisit(f"{words}の予定は過ぎました。次の日は、{UNDECIDED}。", False, "", how or "")
    return NextVisit(words, True, day.isoformat(), how or "")


def answer_of(form: Mapping[str, str], kept: NextVisit, *, on: date) -> VisitAnswer | NextVisit:
    """What was typed, or the section again with a sentence beside each field that cannot be used."""
    typed, way = form.get("next_visit_on", "").strip(), form.get("next_visit_how", "")
    day_error, day = _day_of(typed, on)
    how_error = "" if not way or way in WAYS else "会い方を、一覧から選び直してください。"
    if day_error or how_error:
        return replace(kept, day=typed, how=way, day_error=day_error, how_error=how_error)
    return VisitAnswer(day, VisitWay(way) if way else None)


def _day_of(typed: str, on: date) -> tuple[str, date | None]:
    """(what is wrong, the date); empty is fine."""
    if not typed:
        return "", None
    try:
        day = day_typed(typed)
    except ValueError:
        return f"「{typed[:20]}」は日付として読めません。{on.isoformat()} のように入れてください。", None
    if day < on:
        past = short_day(day, on=on)
        return (
            f"{past}は、もう過ぎた日です。今日からあとの日を入れてください。決まっていなければ、空のままで大丈夫です。",
            None,
        )
    if day - on > FURTHEST:
        return f"{short_day(day, on=on)}は、1年より先です。年を確かめてください。", None
    return "", day


def outcome(answer: VisitAnswer, *, on: date) -> str:
    """What is said after it was kept."""
    if answer.day is None:
        return f"{LABEL}を、決まっていないことにしました。"
    return f"{LABEL}を、{visit_words(answer.day, answer.how, on=on)}にしました。"
