"""What the page of a kept round says, before any markup."""

from __future__ import annotations

import copy
import itertools
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from web.pages.round.page import round_page
from web.pages.round.words import UNEXPLAINED_SENTENCE, objection_words
from web.pages.why_not import answers

TODAY = date(2026, 11, 24)
KEPT = json.loads((Path(__file__).parent / "kept_round.json").read_text(encoding="utf-8"))


@pytest.fixture
def kept() -> dict[str, Any]:
    return copy.deepcopy(KEPT)  # type: ignore[no-any-return]


def test_a_card_gives_at_most_three_good_reasons_the_strongest_first(kept: dict[str, Any]) -> None:
    card = round_page(kept["result"], kept["facts"], today=TODAY).cards[0]
    assert len(card.reasons) == 3
    assert card.reasons[0].startswith("求めていること")


def test_a_weak_or_unknown_finding_is_no_reason(kept: dict[str, Any]) -> None:
    card = round_page(kept["result"], kept["facts"], today=TODAY).cards[2]
    assert all("少しちがいます" not in reason and "まだわかりません" not in reason for reason in card.reasons)
    assert any(ground.points is None for ground in card.grounds)


def test_what_must_be_asked_first_stands_first(kept: dict[str, Any]) -> None:
    card = round_page(kept["result"], kept["facts"], today=TODAY).cards[0]
    assert [question.first for question in card.questions] == [True, False]


def test_a_date_on_a_holiday_asks_to_be_confirmed(kept: dict[str, Any]) -> None:
    card = round_page(kept["result"], kept["facts"], today=TODAY).cards[1]
    assert card.dates == ["11/27(金) 13:00〜14:30（祝日のため要確認）"]


def test_no_total_and_no_percentage_reaches_the_words(kept: dict[str, Any]) -> None:
    told = repr(round_page(kept["result"], kept["facts"], today=TODAY))
    assert "81.4" not in told
    assert "0.93" not in told
    assert "%" not in told


def test_a_constraint_that_is_never_explained_is_not_explained_here(kept: dict[str, Any]) -> None:
    page = round_page(kept["result"], kept["facts"], today=TODAY)
    assert page.excluded[-1].reasons == [UNEXPLAINED_SENTENCE]
    assert "会わせない" not in repr(page)


def test_a_place_that_has_left_the_catalogue_does_not_break_an_old_round(kept: dict[str, Any]) -> None:
    page = round_page(kept["result"], {}, today=TODAY)
    assert page.cards[0].place.title == "opp-beach-heijitsu"
    assert all(fact.text is None for fact in page.cards[0].host_state)


def test_the_waterfall_says_how_many_each_step_left_out(kept: dict[str, Any]) -> None:
    stages = round_page(kept["result"], kept["facts"], today=TODAY).stages
    assert stages[0].dropped is None
    assert [stage.dropped for stage in stages[1:]] == [
        before.count - after.count for before, after in itertools.pairwise(stages)
    ]


def test_why_not_finds_a_place_by_two_characters_in_any_script(kept: dict[str, Any]) -> None:
    page = round_page(kept["result"], kept["facts"], today=TODAY)
    assert {answer.place.title for answer in answers(page, "ねぎ")} == {
        answer.place.title for answer in answers(page, "ネギ")
    }
    assert len(answers(page, "ねぎ")) >= 3


def test_why_not_also_says_where_a_proposed_or_nearly_proposed_place_is(kept: dict[str, Any]) -> None:
    page = round_page(kept["result"], kept["facts"], today=TODAY)
    assert answers(page, "浜歩き")[0].sentences == ["提案の1番めに出ています。"]
    assert answers(page, "綿くり")[0].sentences[0].startswith("「あと一歩」に入っています。")


def test_why_not_without_words_gives_everything_left_out(kept: dict[str, Any]) -> None:
    page = round_page(kept["result"], kept["facts"], today=TODAY)
    assert len(answers(page, " ")) == len(page.excluded)


def test_every_place_of_the_catalogue_has_an_answer(kept: dict[str, Any]) -> None:
    page = round_page(kept["result"], kept["facts"], today=TODAY)
    for fact in kept["facts"].values():
        assert answers(page, fact["title"]), fact["title"]


def test_what_is_a_worry_is_not_praised_as_a_reason(kept: dict[str, Any]) -> None:
    candidate = kept["result"]["candidates"][0]
    candidate["findings"][0]["reason_staff"] = "体力が一段の背伸びになります"
    candidate["worries"] = ["体力が一段の背伸びになります。最初は同行や短い時間で支えます"]
    card = round_page(kept["result"], kept["facts"], today=TODAY).cards[0]
    assert "体力が一段の背伸びになります" not in card.reasons
    assert len(card.reasons) == 3


def test_a_place_without_a_point_is_named_beside_the_map(kept: dict[str, Any]) -> None:
    kept["facts"]["opp-tosho-haika"]["latitude"] = None
    assert round_page(kept["result"], kept["facts"], today=TODAY).not_on_map == [2]


def test_a_near_miss_says_what_follows_from_the_change(kept: dict[str, Any]) -> None:
    kept["result"]["near_misses"][0]["change"] = "開始を2時間遅くできれば"
    near = round_page(kept["result"], kept["facts"], today=TODAY).near_misses
    assert near[0].change == "開始を2時間遅くできれば、候補に入ります。"
    assert near[1].change.endswith("候補に入ります。")


def test_what_can_be_talked_about_is_told_from_what_cannot(kept: dict[str, Any]) -> None:
    firm, open_ = ({"code": "time", "sentence": "合いません", "overridable": one} for one in (False, True))
    assert objection_words(firm) == "合いません"
    assert "相談" in objection_words(open_)
    assert objection_words({**open_, "code": "avoidance"}) == UNEXPLAINED_SENTENCE
    assert objection_words({**open_, "code": "stage"}) == "合いません"


def test_a_round_opened_much_later_says_that_its_dates_have_gone_by(kept: dict[str, Any]) -> None:
    assert round_page(kept["result"], kept["facts"], today=TODAY).past == ""
    later = round_page(kept["result"], kept["facts"], today=date(2028, 1, 28))
    assert "430日前" in later.past
    assert "もう過ぎています" in later.past
    assert all(words.endswith("（過ぎました）") for card in later.cards for words in card.dates)


def test_where_nobody_has_said_the_days_the_card_asks_for_them_and_names_no_date(kept: dict[str, Any]) -> None:
    entry = kept["result"]["candidates"][0]
    entry["next_dates"] = []
    entry["questions"] = [{"code": "season", "sentence": "曜日と時間を確かめる", "stops_request": False}]
    card = round_page(kept["result"], kept["facts"], today=TODAY).cards[0]
    assert card.dates == []
    assert "曜日がまだ分かりません" in card.when_question
