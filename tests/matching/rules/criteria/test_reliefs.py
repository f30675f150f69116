"""不安への手当 (domain S4): what eases which worry, as the list of reliefs says."""

from __future__ import annotations

from typing import Any

import pytest

from matching.inputs.profile import Dislike, ParticipantProfile
from matching.vocabulary import FEAR_RELIEFS, VOCABULARIES
from tests.matching.making import all_told, host, person, place, reason, score, unknown

CODE = "reliefs"
LABEL = VOCABULARIES["fears"].label
FEARS = sorted({fear for fear, _, _ in FEAR_RELIEFS})
UNTOLD: dict[str, Any] = {
    "accommodations": {}, "visit_ok": "unknown", "observe_only_ok": "unknown", "pickup": "unknown",
    "visible_from_street": "unknown", "drop_rule": None, "group_size": None, "talk_level": None, "cost_yen": None,
}  # fmt: skip
NOTHING: dict[str, Any] = {
    "accommodations": all_told("accommodations", {}), "visit_ok": "no", "observe_only_ok": "no", "pickup": "no",
    "visible_from_street": "yes", "drop_rule": "difficult", "group_size": "large_10_plus", "talk_level": 4,
    "cost_yen": 500,
}  # fmt: skip


def worried(**facts: Any) -> ParticipantProfile:
    """Somebody to whom all company is the same."""
    return person(**{"group_size": "any_size", **facts})


def with_relief(field: str, value: str) -> dict[str, Any]:
    """Facts under which one relief of the list holds, and only just."""
    if field == "accommodations":
        return {field: {value: "yes"}}
    if field.endswith("_max"):
        name = field.removesuffix("_max")
        return {name: value if name == "group_size" else int(value)}
    return {field: value}


@pytest.mark.parametrize(("fear", "field", "value"), FEAR_RELIEFS, ids=[" ".join(row) for row in FEAR_RELIEFS])
def test_each_relief_of_the_list_eases_its_worry_alone(fear: str, field: str, value: str) -> None:
    somebody = worried(fears=(fear,))
    assert score(CODE, somebody, place(**{**UNTOLD, **with_relief(field, value)})) == 1
    facts = with_relief(field, value)
    refused = NOTHING["accommodations"] | facts.pop("accommodations", {})
    assert score(CODE, somebody, place(**{**NOTHING, **facts, "accommodations": refused})) == 1


@pytest.mark.parametrize("fear", FEARS)
def test_a_place_without_any_relief_scores_nothing_and_one_nobody_asked_is_unknown(fear: str) -> None:
    assert score(CODE, worried(fears=(fear,)), place(**NOTHING)) == 0
    assert unknown(CODE, worried(fears=(fear,)), place(**UNTOLD))


def test_one_step_beyond_a_limit_is_no_relief() -> None:
    talk, many = worried(fears=("talking_to_people",)), worried(fears=("many_people",))
    assert score(CODE, talk, place(**{**NOTHING, "talk_level": 2})) == 0
    assert score(CODE, many, place(**{**NOTHING, "group_size": "medium_5_9"})) == 0
    assert score(CODE, many, place(**{**NOTHING, "group_size": "one_to_one"})) == 1
    assert score(CODE, worried(fears=("money_worry",)), place(**{**NOTHING, "cost_yen": 1})) == 0


def test_a_relief_that_must_be_talked_about_is_half() -> None:
    one = place(**{**UNTOLD, "accommodations": {"non_phone_contact": "conditional"}})
    assert score(CODE, worried(fears=("phone_calls",)), one) == 0.5
    why = reason(CODE, worried(fears=("phone_calls",)), one)
    assert LABEL("phone_calls") in why.staff
    assert why.worry is None


def test_every_worry_counts_alike_and_those_nobody_knows_about_are_left_out() -> None:
    somebody = worried(fears=("phone_calls", "money_worry", "toilet_worry"))
    one = place(**{**UNTOLD, "accommodations": {"non_phone_contact": "yes"}, "cost_yen": 500})
    assert score(CODE, somebody, one) == 0.5


def test_somebody_without_worries_or_whom_nobody_asked_is_unknown() -> None:
    assert unknown(CODE, worried(fears=()), place(**NOTHING))


def rather_not(code: str) -> Dislike:
    return Dislike(code=code, text=None, absolute=False)


@pytest.mark.parametrize(
    ("code", "facts"),
    [
        ("chatting", {"activity_types": ("chatting",)}),
        ("large_10_plus", {"group_size": "large_10_plus"}),
        ("children_present", {"mix": {"children_present": "yes"}}),
        ("neighborhood_association", {"host": host(type="neighborhood_association")}),
    ],
)
def test_what_somebody_would_rather_not_lowers_the_place_and_is_a_worry(code: str, facts: dict[str, Any]) -> None:
    somebody = worried(fears=("phone_calls",), dislikes=(rather_not(code),))
    eased = {"accommodations": {"non_phone_contact": "yes"}}
    here, elsewhere = place(**eased, **facts), place(**eased)
    assert score(CODE, somebody, here) < 0.5 < score(CODE, somebody, elsewhere) == 1
    assert "があります" in (reason(CODE, somebody, here).worry or "")


def test_a_smaller_circle_than_wished_for_is_easier_than_a_larger_one() -> None:
    somebody = person(fears=(), group_size="small_2_4")
    sizes = ["large_10_plus", "medium_5_9", "one_to_one", "small_2_4"]
    scores = [score(CODE, somebody, place(group_size=size)) for size in sizes]
    assert scores == sorted(scores)
    assert (scores[0], scores[-1]) == (0, 1)
    assert unknown(CODE, somebody, place(group_size=None))


def test_the_company_somebody_wishes_for_counts_and_unknown_company_does_not() -> None:
    somebody = worried(fears=(), companions=("similar_age",), age=29)
    assert score(CODE, somebody, place(age_bands_present=("18_29",))) == 1
    assert score(CODE, somebody, place(age_bands_present=("65_plus",))) == 0
    assert unknown(CODE, somebody, place(age_bands_present=()))
    peers = worried(fears=(), companions=("same_experience_people",))
    assert score(CODE, peers, place(mix={"same_experience_people": "conditional"})) == 0.5
    assert unknown(CODE, peers, place(mix={}))


def test_what_is_eased_and_what_is_not_are_named_to_staff() -> None:
    somebody = worried(fears=("phone_calls", "money_worry"))
    why = reason(CODE, somebody, place(accommodations={"non_phone_contact": "yes"}, cost_yen=500))
    assert LABEL("phone_calls") in why.staff
    assert why.worry is not None
    assert LABEL("money_worry") in why.worry


@pytest.mark.parametrize("fear", FEARS)
def test_the_worry_itself_is_never_put_before_the_person(fear: str) -> None:
    eased = reason(CODE, worried(fears=(fear,)), place(**{**NOTHING, "accommodations": all_told("accommodations", {})}))
    assert eased.participant is None
    somebody, (field, value) = worried(fears=(fear,)), next(row[1:] for row in FEAR_RELIEFS if row[0] == fear)
    told = reason(CODE, somebody, place(**{**UNTOLD, **with_relief(field, value)})).participant
    assert told
    assert LABEL(fear) not in told


def test_a_place_free_of_what_somebody_would_rather_not_is_praised_for_just_that() -> None:
    somebody = person(dislikes=(rather_not("exercise"),), group_size=None)
    found = reason(CODE, somebody, place())
    assert score(CODE, somebody, place()) == 1
    assert found.staff == "苦手な「百歳体操・ラジオ体操」はありません"
    assert found.worry is None
