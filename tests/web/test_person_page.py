"""What the page of a person says, before any markup."""

from __future__ import annotations

from datetime import date
from typing import Any

from web.pages.person import person_page
from web.pages.week import week_table

TODAY = date(2026, 11, 24)


def person(**known: Any) -> dict[str, Any]:
    return {"ref": "p-1", "display_name": "たけさん", **known}


def test_somebody_nobody_has_asked_yet_is_unknown_everywhere() -> None:
    page = person_page(person(), district=None, on=TODAY)
    assert page.needs is None
    assert page.fears is None
    assert page.must is None
    assert page.transport is None
    assert page.week is None
    assert page.stage.text is None
    assert page.limits.text is None
    assert all(axis.staff is None and axis.self_view is None for axis in page.axes)
    assert all(fact.text is None and fact.question for fact in [*page.wishes, *page.disclosure])


def test_asked_and_none_is_not_unknown() -> None:
    page = person_page(
        person(work_limits=[], work_limits_checked_on=date(2026, 11, 2), fears=[], companions=[]),
        district=None,
        on=TODAY,
    )
    assert page.limits.text == "とくにない"
    assert page.limits.note == "11/2(月)に確認"
    assert page.fears == []
    assert next(fact.text for fact in page.wishes if fact.label == "一緒にいる人") == "とくにない"


def test_limits_without_a_date_ask_to_be_checked_before_a_request() -> None:
    page = person_page(person(work_limits=["heights"]), district=None, on=TODAY)
    assert page.limits.text == "高所・はしご"
    assert "打診の前に" in page.limits.note


def test_the_newest_words_come_first_and_undated_words_last() -> None:
    words = [{"text": "いつか"}, {"text": "先月", "on": "2026-10-28"}, {"text": "今月", "on": "2026-11-12"}]
    page = person_page(person(own_words=words), district=None, on=TODAY)
    assert [(said.text, said.when) for said in page.own_words] == [
        ("今月", "11/12(木)"),
        ("先月", "10/28(水)"),
        ("いつか", ""),
    ]


def test_two_steps_apart_is_something_to_talk_about_and_one_is_not() -> None:
    page = person_page(
        person(capacities={"outing": 3, "people": 2}, capacities_self={"outing": 1, "people": 1}),
        district=None,
        on=TODAY,
    )
    assert [axis.worth_talking for axis in page.axes] == [True, False, False, False, False]


def test_a_level_brings_its_words() -> None:
    page = person_page(person(capacities={"voice": 0}), district=None, on=TODAY)
    voice = page.axes[-1].staff
    assert voice is not None
    assert (voice.step, voice.words) == (0, "言えない（周りが気づく）")


def test_an_accommodation_without_a_level_is_a_preference() -> None:
    page = person_page(
        person(
            accommodations_needed=[
                {"code": "few_words"},
                {"code": "fixed_helper", "level": "required", "source": "person"},
            ]
        ),
        district=None,
        on=TODAY,
    )
    assert [wish.label for wish in page.nice] == ["声かけ少なめ"]
    assert page.must is not None
    assert [(wish.label, wish.source) for wish in page.must] == [("世話役を固定", "本人")]


def test_allergens_nobody_named_are_counted_as_unknown() -> None:
    allergies = person_page(person(allergies={"bee_sting": "yes", "egg": "no"}), district=None, on=TODAY).allergies
    assert allergies.present == ["ハチ"]
    assert allergies.absent == ["卵"]
    assert allergies.unlisted == 17


def test_neutral_constraints_reach_no_word_of_the_page() -> None:
    page = person_page(
        person(avoid={"participant_ids": ["p-secret"], "districts": ["羽田"], "organization_ids": ["org-x"]}),
        district=None,
        on=TODAY,
    )
    told = repr(page)
    assert "p-secret" not in told
    assert "羽田" not in told
    assert "org-x" not in told


def test_what_somebody_must_never_meet_is_kept_apart_from_what_they_would_rather_not() -> None:
    dislikes = [{"code": "large_10_plus", "absolute": True}, {"text": "急に予定が変わること"}]
    page = person_page(person(dislikes=dislikes), district=None, on=TODAY)
    assert page.never == ["10人以上の場"]
    assert page.rather_not == ["急に予定が変わること"]


def test_a_way_of_travel_says_its_limits() -> None:
    ways = [
        {"mode": "bicycle", "max_minutes": 30, "season_from": "04-01", "season_until": "11-30"},
        {"mode": "bus", "days": ["mon", "fri"], "not_before": "09:00", "cost_yen": 600},
    ]
    page = person_page(person(transport=ways), district=None, on=TODAY)
    assert page.transport == ["自転車（片道30分まで、4/1〜11/30）", "路線バス（月金曜、9:00から、往復600円）"]


def test_the_week_shows_hours_under_their_day_and_blocked_hours_apart() -> None:
    week = week_table(
        [{"days": ["wed"], "start": "10:00", "end": "16:00", "on_holidays": "no"}],
        [{"days": ["thu"], "start": "13:00", "end": "15:00", "week_pattern": {"kind": "nth", "weeks": [1, 3]}}],
        on=TODAY,
    )
    assert week is not None
    assert week.rows[0].days[2] == ["10:00〜16:00（祝日は除く）"]
    assert week.rows[1].label == "来られない"
    assert week.rows[1].days[3] == ["第1・3 13:00〜15:00"]


def test_a_window_without_days_is_every_day_and_one_with_only_dates_stands_below() -> None:
    week = week_table(
        [{"start": "10:00"}, {"dates": ["2026-12-25"], "start": "10:00", "end": "12:00", "school_period": "break"}],
        None,
        on=TODAY,
    )
    assert week is not None
    assert week.rows[0].days == tuple([["10:00から"]] * 7)
    assert week.dates == ["来られる: 12/25(金) 10:00〜12:00（長期休み）"]


def test_the_last_week_of_a_month_is_called_last() -> None:
    week = week_table([{"days": ["sat"], "week_pattern": {"kind": "nth", "weeks": [2, -1]}}], None, on=TODAY)
    assert week is not None
    assert week.rows[0].days[5] == ["第2と最終 終日"]
