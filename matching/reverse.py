"""「この場に合うのはだれか」: the same question the other way round, for one opportunity and the people waiting."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from matching.engine import propose
from matching.inputs.profile import ParticipantProfile
from matching.pool.opportunity_pool import OpportunityPool
from matching.question.answers import Candidate, NearMiss, Objection


@dataclass(frozen=True)
class Suitability:
    """How the place fits one person: as a candidate, nearly, or not, with every objection."""

    participant_ref: str
    candidate: Candidate | None
    near_miss: NearMiss | None
    objections: tuple[Objection, ...]


@dataclass(frozen=True)
class Opening:
    """One change at the host (あと一歩の変更) and the people it would open the place to."""

    change: str
    participant_refs: tuple[str, ...]


def suitable_people(
    ref: str, profiles: Iterable[ParticipantProfile], pool: OpportunityPool, *, on: date
) -> tuple[Suitability, ...]:
    """One answer a person, in the order they are given; KeyError where the pool has no such opportunity."""
    alone = pool.take([pool.row_of[ref]])
    return tuple(_suitability(profile, alone, on) for profile in profiles)


def _suitability(profile: ParticipantProfile, alone: OpportunityPool, on: date) -> Suitability:
    answer = propose(profile, alone, on=on)
    candidate = next(iter((*answer.candidates, *answer.others)), None)
    objections = answer.excluded[0].objections if answer.excluded else ()
    return Suitability(profile.participant_ref, candidate, next(iter(answer.near_misses), None), objections)


def openings(answers: Sequence[Suitability]) -> tuple[Opening, ...]:
    """Which single change would open the place to how many: most people first, then by the words of the change."""
    people: dict[str, list[str]] = {}
    for answer in answers:
        if answer.near_miss is not None and answer.near_miss.objection.change is not None:
            people.setdefault(answer.near_miss.objection.change.sentence, []).append(answer.participant_ref)
    found = [Opening(change, tuple(refs)) for change, refs in people.items()]
    return tuple(sorted(found, key=lambda opening: (-len(opening.participant_refs), opening.change)))
