"""会いたくない人・同席不可 (domain H3, H17): excludes, for good, and says nothing of why."""

from __future__ import annotations

import pytest

from matching.inputs.profile import ParticipantProfile
from tests.matching.making import host, judged, objection, person, place, question, to_ask, verdict

CODE = "avoidance"
BARRED = [
    person(barred_organizations=frozenset({"h"})),
    person(barred_opportunities=frozenset({"o"})),
    person(barred_districts=frozenset({"北"})),
]


@pytest.mark.parametrize("somebody", BARRED)
def test_a_barred_host_place_or_district_is_excluded_and_nobody_can_override_it(somebody: ParticipantProfile) -> None:
    found = objection(CODE, somebody, place())
    assert not found.overridable
    assert found.change is None


def test_the_sentence_is_the_same_whatever_is_barred_and_names_neither_host_place_nor_district() -> None:
    sentences = {objection(CODE, somebody, place()).sentence for somebody in BARRED}
    assert len(sentences) == 1
    for word in ("みんなの家", "火曜の居場所", "北", "会いたくない", "接近", "同席"):
        assert word not in next(iter(sentences))


def test_a_barred_host_takes_all_its_places_and_no_others() -> None:
    asked = question(BARRED[0], place("a"), place("b"), place("c", host=host("other")))
    assert [judged(CODE, asked, row) for row in range(3)] == ["fail", "fail", "pass"]


def test_what_is_barred_but_no_longer_in_the_catalogue_troubles_nobody() -> None:
    somebody = person(
        barred_organizations=frozenset({"gone"}),
        barred_opportunities=frozenset({"gone"}),
        barred_districts=frozenset({"消えた地区"}),
    )
    assert verdict(CODE, somebody, place()) == "pass"


# Domain §4.1: what is not known about people who must not meet does not go on to a request.
def test_a_place_whose_district_nobody_knows_is_asked_about_where_a_district_is_barred() -> None:
    nowhere = place(district=None, latitude=None, longitude=None)
    assert to_ask(CODE, person(barred_districts=frozenset({"北"})), nowhere).stops_request
