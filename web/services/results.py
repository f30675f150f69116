"""An answer of the engine as plain JSON values: what `engawa rank` writes and what a round keeps."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from matching.engine import ENGINE_VERSION
from matching.inputs.phrases import clock
from matching.inputs.phrases import day as day_words
from matching.question.answers import Candidate, Exclusion, Finding, NearMiss, NextDate, RoundTrip, WayThere
from matching.shortlist.weights import WEIGHTS_VERSION
from matching.travel.travel_minutes import ONLINE
from matching.vocabulary import VOCABULARIES
from web.services.asking import Answer
from web.services.ride_words import door_to_door, ride_sentence

MOST_OTHERS, MOST_EXCLUDED = 40, 200
"""Places beyond the proposals that a round keeps in words; whoever seeks another one asks why it does not stand there."""


def result_of(answer: Answer, *, on: date) -> dict[str, Any]:
    """The whole answer, every place of the catalogue in it."""
    found = answer.shortlist
    return {
        **_shown(answer, found.others, on=on),
        "excluded": [exclusion_of(excluded) for excluded in found.excluded],
    }


def shown_result_of(answer: Answer, *, on: date) -> dict[str, Any]:
    """What a round keeps in words: of a large catalogue the nearest. The others are asked again when somebody wonders."""
    found = answer.shortlist
    every, eligible = (
        next(step.count for step in found.waterfall if step.stage == stage) for stage in ("all", "eligible")
    )
    return {
        **_shown(answer, found.not_shown.others(MOST_OTHERS), on=on),
        "others_count": eligible - len(found.candidates),
        "excluded": [exclusion_of(excluded) for excluded in found.not_shown.excluded(MOST_EXCLUDED)],
        "excluded_count": every - eligible,
    }


def _shown(answer: Answer, others: Iterable[Candidate], *, on: date) -> dict[str, Any]:
    found = answer.shortlist
    return {
        "participant_id": answer.profile.participant_ref,
        "on": on.isoformat(),
        "engine_version": ENGINE_VERSION,
        "weights_version": WEIGHTS_VERSION,
        "candidates": [_candidate(candidate) for candidate in found.candidates],
        "others": [_candidate(candidate) for candidate in others],
        "near_misses": [_near_miss(miss) for miss in found.near_misses],
        "waterfall": [{"stage": step.stage, "label": step.label, "count": step.count} for step in found.waterfall],
    }


def exclusion_of(excluded: Exclusion) -> dict[str, Any]:
    """One place that does not stand in the answer, with all its objections."""
    return {
        "opportunity_id": excluded.opportunity_ref,
        "objections": [
            {"code": one.code, "sentence": one.sentence, "overridable": one.overridable} for one in excluded.objections
        ],
    }


def _near_miss(miss: NearMiss) -> dict[str, Any]:
    return {
        "opportunity_id": miss.opportunity_ref,
        "objection": {"code": miss.objection.code, "sentence": miss.objection.sentence},
        "change": miss.objection.change.sentence if miss.objection.change else "",
        "total_if_changed": miss.total_if_changed / 100,
    }


def _candidate(candidate: Candidate) -> dict[str, Any]:
    return {
        "opportunity_id": candidate.opportunity_ref,
        "rank": candidate.rank,
        "band": candidate.band,
        "total": candidate.total / 100,
        "known_share": candidate.known_share / 100,
        "findings": [_finding(finding) for finding in candidate.findings],
        "worries": list(candidate.worries),
        "questions": [dataclasses.asdict(question) for question in candidate.questions],
        "next_dates": [_next_date(date_) for date_ in candidate.next_dates],
        "way": _way(candidate),
        "low_load": candidate.low_load,
        "has_role": candidate.has_role,
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "criterion": finding.criterion,
        "label": finding.label,
        "score": finding.score,
        "weight": finding.weight,
        "points": finding.points / 100,
        "reason_staff": finding.reason_staff,
        "reason_participant": finding.reason_participant,
    }


def _next_date(one: NextDate) -> dict[str, Any]:
    return {
        "date": one.day.isoformat(),
        "start": clock(one.start),
        "end": clock(one.end),
        "to_confirm": one.to_confirm,
        "ride": ride_sentence(one.round_trip) if one.round_trip else None,
        "ride_to_confirm": one.ride_to_confirm,
        "label": f"{day_words(one.day)} {clock(one.start)}〜{clock(one.end)}",
    }


def _way(candidate: Candidate) -> dict[str, Any] | None:
    """How one gets there on the next date: by the rides of that day where a timetable knows them, else by the quickest way."""
    first = next(iter(candidate.next_dates), None)
    if first is not None and first.round_trip is not None:
        return _ridden(first.round_trip, candidate.way)
    way = candidate.way
    if way is None:
        return None
    if way.mode == ONLINE:
        return {"mode": way.mode, "minutes": 0, "sentence": "家から参加できます", "detail": None}
    by = VOCABULARIES["transport_modes"].label(way.mode)
    sentence = f"{by}で約{way.minutes}分{'' if way.by_timetable else '（見込み）'}"
    return {"mode": way.mode, "minutes": way.minutes, "sentence": sentence, "detail": None}


def _ridden(trip: RoundTrip, quickest: WayThere | None) -> dict[str, Any]:
    ride = trip.there or trip.back
    minutes = quickest.minutes if quickest else None
    if ride is not None:
        minutes = ride.arrive - ride.leave
    return {
        "mode": ride.mode if ride else "walk",
        "minutes": minutes,
        "sentence": ride_sentence(trip),
        "detail": door_to_door(trip),
    }


def plain(value: Any) -> Any:
    """A frozen dataclass as JSON values, sets in order, so that the same question is the same bytes."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(inner) for key, inner in sorted(value.items())}
    if isinstance(value, frozenset | set):
        return sorted(plain(inner) for inner in value)
    if isinstance(value, tuple | list):
        return [plain(inner) for inner in value]
    if isinstance(value, date):
        return value.isoformat()
    return value
