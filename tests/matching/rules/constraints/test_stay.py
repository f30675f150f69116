"""1回の長さ (domain H10): the shortest stay the host accepts against the longest the person can bear."""

from __future__ import annotations

from tests.matching.making import lifted, objection, person, place, to_ask, verdict

CODE = "stay"
AN_HOUR = person(session_max_minutes=60)


def test_exactly_as_long_as_the_person_can_bear_fits() -> None:
    assert verdict(CODE, AN_HOUR, place(min_stay_minutes=60)) == "pass"


def test_a_minute_more_is_an_objection_that_names_both_and_can_be_negotiated() -> None:
    one = place(min_stay_minutes=61)
    found = objection(CODE, AN_HOUR, one)
    assert "61" in found.sentence
    assert "60" in found.sentence
    assert found.overridable
    assert lifted(found, AN_HOUR, one)


def test_what_is_usual_does_not_matter_where_the_shortest_stay_is_known() -> None:
    assert verdict(CODE, AN_HOUR, place(min_stay_minutes=30, session_minutes=180)) == "pass"


def test_a_shortest_stay_nobody_told_is_asked() -> None:
    for usual in (61, None):
        assert "60" in to_ask(CODE, AN_HOUR, place(min_stay_minutes=None, session_minutes=usual)).sentence


def test_where_the_usual_session_fits_there_is_nothing_to_ask() -> None:
    assert verdict(CODE, AN_HOUR, place(min_stay_minutes=None, session_minutes=60)) == "pass"


def test_no_shortest_stay_at_all_is_an_answer() -> None:
    assert verdict(CODE, person(session_max_minutes=1), place(min_stay_minutes=0)) == "pass"
