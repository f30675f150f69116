"""「この場に合うのはだれか」: the same engine, the other way round."""

from __future__ import annotations

from matching.engine import propose
from matching.reverse import openings, suitable_people
from tests.conftest import ON
from tests.matching.conftest import Asked
from tests.matching.making import person, place, pool_of, slot, window


def test_a_place_suits_whom_it_would_be_proposed_to_with_the_same_total(practice: list[Asked]) -> None:
    pool = practice[0].pool
    profiles = [asked.profile for asked in practice]
    for facts in list(pool.facts)[::7]:
        answers = suitable_people(facts.ref, profiles, pool, on=ON)
        assert [answer.participant_ref for answer in answers] == [profile.participant_ref for profile in profiles]
        for asked, answer in zip(practice, answers, strict=True):
            told = {one.opportunity_ref: one.total for one in asked.listed}
            assert (answer.candidate.total if answer.candidate else None) == told.get(facts.ref)
            assert bool(answer.candidate) != bool(answer.objections)
            if answer.near_miss:
                assert len(answer.objections) == 1


def test_one_change_at_the_host_is_told_with_everybody_it_would_open_the_place_to() -> None:
    mornings = pool_of(place(group_size="one_to_one", slots=(slot("tue", "9:00", "10:00"),)))
    afternoon = window("tue", "10:00", "12:00")
    people = [
        person(participant_ref="late", available=(afternoon,)),
        person(participant_ref="later", available=(afternoon,)),
        person(participant_ref="fits"),
    ]
    answers = suitable_people("o", people, mornings, on=ON)
    (opening,) = openings(answers)
    assert "1時間遅く" in opening.change
    assert opening.participant_refs == ("late", "later")
    assert propose(people[2], mornings, on=ON).candidates
