"""候補 with everything a coordinator reads before the telephone call; made only for places that are shown."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from matching.columns.encodings import UNKNOWN
from matching.question.answers import Candidate, Finding, ToAsk
from matching.shortlist.dates import next_dates, way_there
from matching.shortlist.diversity import low_load
from matching.shortlist.scoring import Scores
from matching.shortlist.weights import WEIGHTS

BANDS = ((6_500, "◎"), (5_000, "○"), (-10_000, "△"))
"""Lowest total in hundredths of each band."""
OPEN_QUESTIONS = "open_questions"


def band(total: int) -> str:
    """◎ ○ △ for people, never a percentage."""
    return next(mark for lowest, mark in BANDS if total >= lowest)


def candidates(scores: Scores, rows: Sequence[int], ranks: Sequence[int], pool_rows: Sequence[int]) -> list[Candidate]:
    """A candidate of each of `rows`; `pool_rows` are the same places' rows in the whole pool."""
    shown = scores.at(rows)
    return [
        _candidate(shown, place, rank, pool_row)
        for place, (rank, pool_row) in enumerate(zip(ranks, pool_rows, strict=True))
    ]


def _candidate(scores: Scores, row: int, rank: int, pool_row: int) -> Candidate:
    question, total = scores.question, int(scores.totals[row])
    findings = tuple(sorted(_findings(scores, row), key=lambda finding: (-finding.points, finding.criterion)))
    worries = [finding.worry for finding in sorted(findings, key=lambda one: -one.weight) if finding.worry]
    return Candidate(
        row=pool_row,
        opportunity_ref=question.facts(row).ref,
        rank=rank,
        band=band(total),
        total=total,
        known_share=int(scores.known_share[row]),
        findings=findings,
        worries=tuple(worries),
        questions=_to_ask(scores, row),
        next_dates=next_dates(question, row),
        way=way_there(question, row),
        low_load=bool(low_load(question.pool)[row]),
        has_role=bool(question.pool.has_role[row]),
    )


def _findings(scores: Scores, row: int) -> list[Finding]:
    found, question = [], scores.question
    for place, rule in enumerate(scores.criteria):
        score = float(scores.scores[place, row])
        weight, points = WEIGHTS[rule.code].value, int(scores.points[place, row])
        if np.isnan(score):
            sentence = rule.unknown(question, row)
            found.append(Finding(rule.code, rule.label, None, weight, 0, sentence, None, None))
            continue
        why = rule.reason(question, row, score)
        found.append(
            Finding(rule.code, rule.label, round(score, 4), weight, points, why.staff, why.participant, why.worry)
        )
    off = int(scores.open_questions[row])
    if off:
        sentence = f"まだ確かめていないことが{int(scores.open_facts[row])}つあります"
        found.append(Finding(OPEN_QUESTIONS, "未確認のこと", None, 0, off, sentence, None, None))
    return found


def _to_ask(scores: Scores, row: int) -> tuple[ToAsk, ...]:
    unknown = scores.verdicts[:, row] == UNKNOWN
    asked = [rule.to_ask(scores.question, row) for rule, open_ in zip(scores.rules, unknown, strict=True) if open_]
    known = [question_to_ask for question_to_ask in asked if question_to_ask is not None]
    return tuple(sorted(known, key=lambda one: not one.stops_request))
