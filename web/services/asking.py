"""Putting the question (「この人に合う場はどこか」): for one person with what others are being proposed, or for everybody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self
from uuid import UUID

from sqlmodel import Session

from matching.engine import propose
from matching.inputs.profile import ParticipantProfile
from matching.pool.opportunity_pool import OpportunityPool
from matching.question.answers import Shortlist
from matching.shortlist.shown_to_others import GOES_THERE, Elsewhere
from models.catalogue import opportunity_pool
from models.districts import middle_of
from models.participant_queries import Person, everybody, hosts_not_to_meet_at, person
from models.proposed import goes_to, hosts_proposed, households
from models.snapshots import participant_profile, unreadable_limits

COUNTED_DAYS = 60
"""A round older than this no longer means that the host is about to be asked."""


@dataclass(frozen=True)
class Answer:
    """One question and its answer, before it is kept."""

    profile: ParticipantProfile
    pool: OpportunityPool
    pool_revision: int
    assessment_id: UUID | None
    elsewhere: Elsewhere
    shortlist: Shortlist


@dataclass(frozen=True)
class QuestionBatch:
    """What every question of one municipality on one date shares."""

    session: Session
    on: date
    pool: OpportunityPool
    revision: int
    closed: Mapping[str, frozenset[str]]
    together: Mapping[UUID, frozenset[UUID]]

    @classmethod
    def of(cls, session: Session, *, on: date) -> Self:
        pool, revision = opportunity_pool(session, on=on)
        return cls(session, on, pool, revision, hosts_not_to_meet_at(session), households(session))

    def profile(self, known: Person) -> ParticipantProfile:
        """The question put about one person; why something is closed to them is not in it."""
        return participant_profile(
            known.participant,
            known.assessment,
            known.placements,
            district=known.district.name if known.district else None,
            centre=middle_of(known.district, self.pool),
            also_barred=self._hosts(self.closed.get(known.participant.ref, frozenset())),
            on=self.on,
        )

    def answer(
        self, known: Person, proposed: Mapping[UUID, Mapping[str, int]], profile: ParticipantProfile | None = None
    ) -> Answer:
        """Put it; `proposed` says what everybody is being proposed (host to best total)."""
        key = known.participant.id
        family = self.together.get(key, frozenset())
        waiting = Counter(host for other, hosts in proposed.items() if other != key for host in hosts)
        best: dict[str, int] = {}
        for member in family:
            for host, total in proposed.get(member, {}).items():
                best[host] = max(best.get(host, 0), total)
        best.update(dict.fromkeys(self._hosts(goes_to(self.session, family)), GOES_THERE))
        elsewhere = Elsewhere(dict(waiting), best)
        asked = profile or self.profile(known)
        shortlist = propose(asked, self.pool, on=self.on, elsewhere=elsewhere)
        assessment_id = known.assessment.id if known.assessment else None
        return Answer(asked, self.pool, self.revision, assessment_id, elsewhere, shortlist)

    def _hosts(self, refs: frozenset[str]) -> frozenset[str]:
        """Hosts of these organizations and opportunities."""
        pool = self.pool
        hosts = (*pool.host[pool.rows_with(refs)], *pool.host_numbers(refs))
        return frozenset(str(pool.hosts[number]) for number in hosts)


def ask(session: Session, *, participant_id: UUID, on: date) -> Answer:
    """Put the question about one person; nothing is written."""
    return ask_with_family(session, person(session, participant_id), on=on).answer


@dataclass(frozen=True)
class Household:
    """The person with their answer, and everybody of the household who is a participant too."""

    known: Person
    answer: Answer
    family: list[tuple[Person, Answer]]


def ask_with_family(session: Session, known: Person, *, on: date) -> Household:
    """The question about one person, and beside it about their family."""
    participant_id = known.participant.id
    batch = QuestionBatch.of(session, on=on)
    proposed = hosts_proposed(session, since=on - timedelta(days=COUNTED_DAYS))
    own = batch.answer(known, proposed)
    proposed = {**proposed, participant_id: _proposed(own)}
    family = readable(person(session, key) for key in sorted(batch.together.get(participant_id, ())))
    return Household(known, own, [(member, batch.answer(member, proposed)) for member in family])


def ask_everybody(session: Session, *, on: date) -> list[Answer]:
    """Put the question about everybody as if all had been asked today: each with what the others are proposed."""
    batch, people = QuestionBatch.of(session, on=on), readable(everybody(session))
    alone = {known.participant.id: batch.answer(known, {}) for known in people}
    waiting = {known.participant.id for known in people if known.participant.waiting_since is not None}
    proposed = {key: _proposed(answer) for key, answer in alone.items()}
    return [
        batch.answer(
            known,
            {key: hosts for key, hosts in proposed.items() if key in waiting | batch.together.get(own, frozenset())},
            alone[own].profile,
        )
        for known in people
        for own in (known.participant.id,)
    ]


def readable(people: Iterable[Person]) -> list[Person]:
    """Those whose limits can be read; of the others their own page says why nothing is proposed."""
    return [known for known in people if not unreadable_limits(known.assessment)]


def _proposed(answer: Answer) -> dict[str, int]:
    """Host to the best total with which it is proposed."""
    best: dict[str, int] = {}
    for candidate in answer.shortlist.candidates:
        host = str(answer.pool.hosts[answer.pool.host[candidate.row]])
        best[host] = max(best.get(host, 0), candidate.total)
    return best
