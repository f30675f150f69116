"""「この人に合う場はどこか」: the one entrance of the engine."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np

from matching.answers import Candidate, Exclusion, Finding, Shortlist, Step, ToAsk
from matching.columns import FAIL, UNKNOWN
from matching.dates import next_dates, way_there
from matching.diversity import choose, low_load
from matching.near_misses import near_misses, objections
from matching.pool import OpportunityPool
from matching.profile import ParticipantProfile
from matching.question import Question
from matching.scoring import Scores
from matching.weights import WEIGHTS

ENGINE_VERSION = "1"
BANDS = ((6_500, "◎"), (5_000, "○"), (-10_000, "△"))
"""Lowest total in hundredths of each band."""
OPEN_QUESTIONS = "open_questions"
STEPS = (("open", "いま受け入れている"), ("reachable", "時間が合い、通える"), ("eligible", "条件が合う"))


def propose(profile: ParticipantProfile, pool: OpportunityPool, *, on: date) -> Shortlist:
    """Candidates, the other eligible places, near misses and exclusions for one person on one date."""
    question = Question(profile, pool, on)
    scores = Scores(question)
    ordered = scores.order(np.flatnonzero(scores.eligible))
    chosen = choose(question, scores, ordered)
    others = [row for row in ordered if row not in set(chosen)]
    return Shortlist(
        candidates=tuple(_candidate(question, scores, row, rank) for rank, row in enumerate(chosen, 1)),
        others=tuple(_candidate(question, scores, row, rank) for rank, row in enumerate(others, len(chosen) + 1)),
        near_misses=near_misses(question, scores),
        excluded=tuple(
            Exclusion(question.facts(int(row)).ref, objections(question, scores, int(row)))
            for row in np.flatnonzero(~scores.eligible)
        ),
        waterfall=_waterfall(scores, chosen),
    )


def _waterfall(scores: Scores, chosen: Sequence[int]) -> tuple[Step, ...]:
    left = np.ones(len(scores.question), dtype=bool)
    steps = [Step("all", "台帳のすべて", len(left))]
    for stage, label in STEPS:
        for rule, verdicts in zip(scores.rules, scores.verdicts, strict=True):
            if rule.stage == stage:
                left &= verdicts != FAIL
        steps.append(Step(stage, label, int(left.sum())))
    return (*steps, Step("chosen", "提案", len(chosen)))


def band(total: int) -> str:
    """◎ ○ △ for people, never a percentage."""
    return next(mark for lowest, mark in BANDS if total >= lowest)


def _candidate(question: Question, scores: Scores, row: int, rank: int) -> Candidate:
    findings = tuple(sorted(_findings(question, scores, row), key=lambda finding: (-finding.points, finding.criterion)))
    worries = [finding.worry for finding in sorted(findings, key=lambda one: -one.weight) if finding.worry]
    return Candidate(
        row=row,
        opportunity_ref=question.facts(row).ref,
        rank=rank,
        band=band(int(scores.totals[row])),
        total=int(scores.totals[row]),
        known_share=int(scores.known_share[row]),
        findings=findings,
        worries=tuple(worries),
        questions=_to_ask(question, scores, row),
        next_dates=next_dates(question, row),
        way=way_there(question, row),
        low_load=low_load(question.facts(row)),
        has_role=bool(question.pool.has_role[row]),
    )


def _findings(question: Question, scores: Scores, row: int) -> list[Finding]:
    found = []
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


def _to_ask(question: Question, scores: Scores, row: int) -> tuple[ToAsk, ...]:
    unknown = scores.verdicts[:, row] == UNKNOWN
    asked = [rule.to_ask(question, row) for rule, open_ in zip(scores.rules, unknown, strict=True) if open_]
    known = [question_to_ask for question_to_ask in asked if question_to_ask is not None]
    return tuple(sorted(known, key=lambda one: not one.stops_request))
