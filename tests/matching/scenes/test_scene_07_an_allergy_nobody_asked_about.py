"""場面7: 動物アレルギーが「未確認」の人に牛の世話。候補には出るが打診へ進めず、確認事項に出る。"""

from __future__ import annotations

import dataclasses

import pytest

from matching.engine import propose
from matching.question.answers import Shortlist
from tests.conftest import ON
from tests.matching.conftest import Asked
from tests.matching.making import allergens, way

COWS = "opp-koushi"


@pytest.fixture
def with_a_car(oshu: dict[str, Asked]) -> Asked:
    """たけるさん, were there a car."""
    takeru = oshu["p-takeru"]
    car = (way("own_car", max_minutes=60),)
    return dataclasses.replace(
        takeru, profile=dataclasses.replace(takeru.profile, transport=car, max_travel_minutes=60)
    )


def asked_about(one: Asked, animals: str | None) -> Shortlist:
    allergies = allergens(animals_allergen=animals)
    return propose(dataclasses.replace(one.profile, allergies=allergies), one.pool, on=ON)


@pytest.mark.parametrize("answer", [None, "unknown"])
def test_the_cows_are_listed_and_the_request_waits_for_an_answer(with_a_car: Asked, answer: str | None) -> None:
    shortlist = asked_about(with_a_car, answer)
    cows = next(one for one in (*shortlist.candidates, *shortlist.others) if one.opportunity_ref == COWS)
    stopping = [question for question in cows.questions if question.stops_request]
    assert [question.code for question in stopping] == ["allergens"]
    assert "動物" in stopping[0].sentence
    assert cows.questions[0] == stopping[0]


def test_the_same_cows_ask_nothing_of_somebody_who_said_no(with_a_car: Asked) -> None:
    shortlist = asked_about(with_a_car, "no")
    cows = next(one for one in (*shortlist.candidates, *shortlist.others) if one.opportunity_ref == COWS)
    assert not [question for question in cows.questions if question.stops_request]


def test_not_having_asked_lowers_the_cows(with_a_car: Asked) -> None:
    def total(answer: str | None) -> int:
        shortlist = asked_about(with_a_car, answer)
        return next(one.total for one in (*shortlist.candidates, *shortlist.others) if one.opportunity_ref == COWS)

    assert total(None) < total("no")


def test_somebody_allergic_is_kept_from_them_for_good(with_a_car: Asked) -> None:
    shortlist = asked_about(with_a_car, "yes")
    reasons = next(one for one in shortlist.excluded if one.opportunity_ref == COWS).objections
    assert [(one.code, one.overridable, one.change) for one in reasons] == [("allergens", False, None)]
    assert COWS not in [one.opportunity_ref for one in shortlist.near_misses]
