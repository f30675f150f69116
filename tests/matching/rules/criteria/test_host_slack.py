"""受け入れ先の余裕 (domain S8): ask those with room first; never told to the person."""

from __future__ import annotations

import pytest

from tests.matching.making import host, person, place, reason, score, unknown

CODE = "host_slack"


def with_burden(level: int | None, **facts: object) -> float:
    return score(CODE, person(), place(host=host(burden=level, **facts)))


def test_the_lighter_hosting_feels_the_better_to_ask() -> None:
    points = [with_burden(level) for level in (1, 2, 3, 4, 5)]
    assert points == sorted(points, reverse=True)
    assert len(set(points)) == 5
    assert (points[0], points[-1]) == (1, 0)


def test_a_host_that_answers_slowly_is_a_little_less_easy_to_ask() -> None:
    assert with_burden(2, typical_reply_days=10) < with_burden(2, typical_reply_days=1)
    assert with_burden(5, typical_reply_days=10) == 0


def test_how_fast_a_host_answers_is_no_matter_where_nobody_told() -> None:
    assert with_burden(2, typical_reply_days=None) == with_burden(2, typical_reply_days=1)


def test_a_burden_nobody_asked_about_is_unknown() -> None:
    assert unknown(CODE, person(), place(host=host(burden=None)))


@pytest.mark.parametrize("level", [1, 2, 3, 4, 5])
def test_the_person_hears_nothing_of_it(level: int) -> None:
    assert reason(CODE, person(), place(host=host(burden=level))).participant is None


def test_a_host_that_finds_it_a_little_hard_is_a_worry_for_staff() -> None:
    assert reason(CODE, person(), place(host=host(burden=4))).worry
    assert reason(CODE, person(), place(host=host(burden=3))).worry is None
