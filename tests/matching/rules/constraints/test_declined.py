"""前の返事 (domain §4.5-8, §2.4): what the person or the host said no to is not shown again before its day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.conftest import ON
from tests.matching.making import answered, objection, person, place, verdict

CODE = "declined"


@pytest.mark.parametrize("side", ["declined", "host_declined"])
def test_it_stays_away_until_the_day_before_and_comes_back_on_the_day(side: str) -> None:
    later = person(**{side: (answered(again_from=ON + timedelta(days=1)),)})
    today = person(**{side: (answered(again_from=ON),)})
    assert verdict(CODE, later, place()) == "fail"
    assert verdict(CODE, today, place()) == "pass"


@pytest.mark.parametrize("side", ["declined", "host_declined"])
def test_without_a_day_it_stays_away(side: str) -> None:
    assert verdict(CODE, person(**{side: (answered(),)}), place()) == "fail"


@pytest.mark.parametrize("side", ["declined", "host_declined"])
def test_nobody_overrides_an_answer_and_the_sentence_names_the_day(side: str) -> None:
    found = objection(CODE, person(**{side: (answered(again_from=date(2027, 4, 2)),)}), place())
    assert not found.overridable
    assert found.change is None
    assert "4月2日" in found.sentence


def test_it_is_said_whose_answer_it_was() -> None:
    own = objection(CODE, person(declined=(answered(),)), place()).sentence
    hosts = objection(CODE, person(host_declined=(answered(),)), place()).sentence
    assert "ご本人" in own
    assert "ご本人" not in hosts


def test_the_reason_somebody_gave_is_not_repeated() -> None:
    told = objection(CODE, person(declined=(answered(reason="too_many_people"),)), place()).sentence
    assert told == objection(CODE, person(declined=(answered(),)), place()).sentence


def test_an_answer_about_another_place_counts_there_only() -> None:
    assert verdict(CODE, person(declined=(answered("elsewhere"),)), place()) == "pass"


def test_the_day_that_is_named_is_that_of_the_answer_that_still_counts() -> None:
    over, counts = date(2026, 10, 1), date(2027, 1, 31)
    both = objection(CODE, person(declined=(answered(again_from=over), answered(again_from=counts))), place())
    assert "1月31日" in both.sentence
    hosts = person(declined=(answered(again_from=over),), host_declined=(answered(again_from=counts),))
    assert "1月31日" in objection(CODE, hosts, place()).sentence
    assert "ご本人" not in objection(CODE, hosts, place()).sentence
