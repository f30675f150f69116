"""A person (本人) as a coordinator reads them: own words first, and what is not known said plainly.

Neutral avoid constraints are left out on purpose: they hold, but nobody reads them here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from matching.vocabulary import VOCABULARIES
from models.participant import Assessment, Participant
from models.readable import Unread
from models.snapshots import age_on
from seed.labels import word_for
from web.pages.capacities import Axis, axes
from web.pages.facts import Fact, as_date, labels, sourced, transport_words, words
from web.pages.week import Week, week_table
from web.pages.wishes import disclosure, ways_of_taking_part
from web.wording import age_band, minutes, short_day, waiting

Json = Mapping[str, Any]


@dataclass(frozen=True)
class Said:
    """The person's own words, and when they were said."""

    text: str
    when: str


@dataclass(frozen=True)
class Wish:
    """One accommodation or dislike, with who said it."""

    label: str
    source: str


@dataclass(frozen=True)
class Allergies:
    """What must be avoided, what nobody has asked, what is fine."""

    present: list[str]
    unknown: list[str]
    unlisted: int
    absent: list[str]


@dataclass(frozen=True)
class PersonPage:
    """Everything the page says about one person, in words."""

    ref: str
    name: str
    unreadable: list[str]
    """Labels of what stands in the record and cannot be read."""
    age: str | None
    district: str | None
    stage: Fact
    waiting: str | None
    own_words: list[Said]
    needs: list[str] | None
    likes: list[str]
    strengths: list[str]
    never: list[str]
    rather_not: list[str]
    fears: list[str] | None
    axes: list[Axis]
    must: list[Wish] | None
    nice: list[Wish]
    limits: Fact
    lift: Fact
    allergies: Allergies
    transport: list[str] | None
    travel: Fact
    week: Week | None
    wishes: list[Fact]
    disclosure: list[Fact]
    checked: str | None


def own_words(entries: Sequence[Json] | None, *, on: date) -> list[Said]:
    """Newest first; undated words last."""
    ordered = sorted(entries or (), key=lambda entry: entry.get("on") or "", reverse=True)
    return [
        Said(entry["text"], short_day(day, on=on) if (day := as_date(entry.get("on"))) else "") for entry in ordered
    ]


def record_of(participant: Participant, assessment: Assessment | None) -> dict[str, Any]:
    """The two rows as one mapping by field name; what nobody has asked is None."""
    identity = {name: getattr(participant, name) for name in Participant.model_fields}
    judged = {name: getattr(assessment, name) for name in Assessment.model_fields} if assessment else {}
    record = {**judged, **identity}
    unread = [name for name, value in record.items() if isinstance(value, Unread)]
    # Where nothing of a field can be read, nobody knows it: an empty one would say that there is none.
    record |= {name: None for name in unread if not record[name]}
    if "work_limits" in unread:
        record["work_limits_checked_on"] = None
    return {**record, "unreadable": unread}


def person_page(record: Json, *, district: str | None, on: date) -> PersonPage:
    """`record` holds the fields of the interchange format by name; absent or None is unknown."""
    needed = record.get("accommodations_needed")
    checked = as_date(record.get("updated_on"))
    travel = record.get("max_travel_minutes")
    return PersonPage(
        ref=record["ref"],
        name=record["display_name"],
        unreadable=[_label(name) for name in record.get("unreadable", ())],
        age=age_band(age_on(as_date(record.get("birth_date")), record.get("age"), as_date(record.get("age_on")), on)),
        district=district,
        stage=_stage(record, on),
        waiting=waiting(as_date(record.get("waiting_since")), on=on),
        own_words=own_words(record.get("own_words"), on=on),
        needs=None if record.get("needs") is None else labels("participation_needs", record["needs"]),
        likes=_liked(record.get("interests")),
        strengths=_liked(record.get("strengths")),
        never=_disliked(record.get("dislikes"), absolute=True),
        rather_not=_disliked(record.get("dislikes"), absolute=False),
        fears=None if record.get("fears") is None else labels("fears", record["fears"]),
        axes=axes(record.get("capacities"), record.get("capacities_self"), record.get("stretch_ok")),
        must=None if needed is None else _wishes(needed, "required", on),
        nice=_wishes(needed or (), "preferred", on),
        limits=_limits(record, on),
        lift=_lift(record),
        allergies=_allergies(record.get("allergies") or {}),
        transport=None if record.get("transport") is None else [transport_words(way) for way in record["transport"]],
        travel=Fact("片道の上限", None if travel is None else minutes(travel), "片道どのくらいまでなら行けますか。"),
        week=week_table(record.get("available"), record.get("blocked"), on=on),
        wishes=ways_of_taking_part(record),
        disclosure=disclosure(record),
        checked=short_day(checked, on=on) if checked else None,
    )


def _label(name: str) -> str:
    """What must not be met is nowhere named, not even as a heading."""
    return "表示しない項目" if name == "avoid" else word_for("participant", name)


def _stage(record: Json, on: date) -> Fact:
    level, day = record.get("stage"), as_date(record.get("stage_set_on"))
    label = None if level is None else VOCABULARIES["readiness_stages"].label(f"stage_{level}")
    return Fact(
        "準備ステージ", label, "見立てで、いまの目安を決めてください。", f"{short_day(day, on=on)}に確認" if day else ""
    )


def _liked(liked: Json | None) -> list[str]:
    liked = liked or {}
    return [
        *liked.get("texts", ()),
        *labels("activity_types", liked.get("activity_types")),
        *(f"{text}（教えられる）" for text in liked.get("can_teach", ())),
    ]


DISLIKE_LISTS = ("activity_types", "hazards", "companions", "organization_types")


def _dislike_label(code: str) -> str:
    if code in VOCABULARIES["group_sizes"]:
        return f"{VOCABULARIES['group_sizes'].label(code)}の場"
    return next((VOCABULARIES[name].label(code) for name in DISLIKE_LISTS if code in VOCABULARIES[name]), code)


def _disliked(dislikes: Sequence[Json] | None, *, absolute: bool) -> list[str]:
    return [
        entry.get("text") or _dislike_label(entry["code"])
        for entry in dislikes or ()
        if bool(entry.get("absolute")) is absolute and (entry.get("text") or entry.get("code"))
    ]


def _wishes(needed: Sequence[Json], level: str, on: date) -> list[Wish]:
    return [
        Wish(VOCABULARIES["accommodations"].label(entry["code"]), sourced(entry, on=on))
        for entry in needed
        if entry.get("level", "preferred") == level
    ]


def _limits(record: Json, on: date) -> Fact:
    checked = as_date(record.get("work_limits_checked_on"))
    question = "高い所、機械や刃物、暑さ、重い物など、避けたい作業はありますか。"
    limits = record.get("work_limits")
    if not limits and checked is None:
        return Fact("作業の制限", None, question)
    note = f"{short_day(checked, on=on)}に確認" if checked else "確認した日がわかりません。打診の前に聞いてください。"
    return Fact("作業の制限", words("hazards", limits or ()), question, note)


def _lift(record: Json) -> Fact:
    weight = record.get("max_lift_kg")
    return Fact("持てる重さ", None if weight is None else f"{weight:g}kgまで", "どのくらいの重さまで持てますか。")


def _allergies(known: Mapping[str, str]) -> Allergies:
    allergens = VOCABULARIES["allergens"]

    def with_value(value: str) -> list[str]:
        return [allergens.label(code) for code in allergens.codes if known.get(code) == value]

    return Allergies(
        with_value("yes"), with_value("unknown"), sum(code not in known for code in allergens.codes), with_value("no")
    )
