"""The page of one place: what a colleague wants to read before calling."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlmodel import select

from models.account import Role
from models.scope import open_session
from models.tables import Opportunity, Participant
from tests.web.conftest import PracticeFile, Town, fill
from tests.web.places_made import HOST, SITE, bare, catalogue, place
from tests.web.test_people_pages import counted, text_of

Enter = Callable[..., FlaskClient]
STAFF = (Role.CO, Role.LD, Role.MC, Role.GV, Role.SC)
FRIDAY = {"days": ["fri"], "start": "13:30", "end": "15:00"}


def keys_of_places(engine: Engine, town: Town) -> dict[str, UUID]:
    """File id of every place to its key."""
    with open_session(engine, municipality_id=town.id) as session:
        return {row.ref: row.id for row in session.exec(select(Opportunity)).all()}


@pytest.fixture
def page_of(signed_in: Enter, engine: Engine, empty_town: Town) -> Callable[..., str]:
    """The page of a place that is said to be so, as somebody of a role gets it."""

    def page(*, role: Role = Role.CO, **said: object) -> str:
        fill(engine, empty_town, catalogue(place(**said), hosts=[HOST], sites=[SITE]))
        key = keys_of_places(engine, empty_town)["opp-1"]
        return signed_in(empty_town, role).get(f"/places/{key}").text

    return page


def fact(page: str, label: str) -> str:
    """What stands beside a label."""
    found = re.search(rf"<dt>{label}</dt>\s*<dd[^>]*>(.*?)</dd>", page, re.DOTALL)
    assert found, label
    return text_of(found[1]).strip()


def test_the_page_begins_with_what_one_does_there_and_how_to_call(page_of: Callable[..., str]) -> None:
    page = text_of(page_of(plain_description="花に水をやります。", meets_needs=["quiet_place"], slots=[FRIDAY]))
    parts = ["花に水をやります。", "話さなくてよい静かな場がほしい", "曜日と時間", "電話の前に", "無理なくできる目安"]
    places = [page.index(part) for part in parts]
    assert places == sorted(places)


def test_times_are_told_as_one_would_say_them_with_the_next_three_dates(page_of: Callable[..., str]) -> None:
    second = {"days": ["mon"], "week_pattern": {"kind": "nth", "weeks": [2]}, "start": "09:00", "end": "24:00"}
    page = page_of(slots=[{**FRIDAY, "rain_rule": "cancelled", "season_note": "冬は室内"}, second])
    assert fact(page, "開いている時間") == "金 13:30〜15:00 冬は室内、雨のときは中止 第2 月 9:00〜24:00"
    assert fact(page, "次に開く日") == "11/27(金) 13:30〜15:00 12/4(金) 13:30〜15:00 12/11(金) 13:30〜15:00"


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"slots": [{"days": ["fri"]}]}, "11/27(金) 時間は未確認 12/4(金) 時間は未確認 12/11(金) 時間は未確認"),
        ({"slots": [FRIDAY], "status": "resting", "status_until": "2026-12-20"}, "12/25(金) 13:30〜15:00 2027/1/1(金)"),
        ({"slots": [FRIDAY], "status": "resting"}, "未確認 いつ再開しますか。"),
        ({"slots": [FRIDAY], "status": "prospect"}, "いまは受け入れていないので、日は出していません。"),
        ({"slots": [{**FRIDAY, "valid_until": "2026-01-01"}]}, "この先1年、開く日が台帳に入っていません。"),
        ({}, "未確認 何曜日の、何時から何時までですか。"),
    ],
)
def test_no_date_is_named_on_which_the_place_is_known_to_be_shut(
    page_of: Callable[..., str], said: dict[str, object], told: str
) -> None:
    assert fact(page_of(**said), "次に開く日").startswith(told)


def test_a_date_on_a_holiday_nobody_asked_about_is_to_be_confirmed(page_of: Callable[..., str]) -> None:
    page = page_of(slots=[{"dates": ["2026-12-23", "2027-01-01"], "start": "10:00", "end": "11:00"}])
    assert fact(page, "次に開く日") == "12/23(水) 10:00〜11:00 2027/1/1(金) 10:00〜11:00（祝日のため要確認）"


def test_hazards_stand_under_what_is_known_of_each(page_of: Callable[..., str]) -> None:
    page = page_of(hazards={"heat": "yes", "heights": "conditional", "driving": "no"}, heaviest_lift_kg=10)
    assert fact(page, "ある") == "炎天下・暑い場所"
    assert fact(page, "頼めば外せる") == "高所・はしご"
    assert fact(page, "ない") == "運転"
    unknown = re.search(r'<dt>\s*<span class="unknown">未確認</span>\s*</dt>\s*<dd>(.*?)</dd>', page, re.DOTALL)
    assert unknown
    assert {"重い物", "水辺"} <= set(unknown[1].strip().split("、"))
    assert "炎天下" not in unknown[1]
    assert "一番重い物は10kgです。" in page


def test_what_follows_from_the_building_counts_as_an_accommodation(
    signed_in: Enter, engine: Engine, empty_town: Town
) -> None:
    site = {**SITE, "step_free": "yes", "toilets": {"western": "no"}}
    fill(engine, empty_town, catalogue(place(drop_rule="with_notice"), sites=[site]))
    page = signed_in(empty_town).get(f"/places/{keys_of_places(engine, empty_town)['opp-1']}").text
    assert fact(page, "できる") == "段差なし"
    assert fact(page, "相談できる") == "早く帰ってよい、当日欠席してよい"
    assert fact(page, "できない") == "洋式トイレ"


def test_loads_are_told_in_words_on_all_five_axes(page_of: Callable[..., str]) -> None:
    page = page_of(loads={"outing": 2, "people": 0, "duration": 1, "body": 4})
    assert fact(page, "外出・移動") == "2 一人で近く"
    assert fact(page, "対人") == "0 会わない"
    assert fact(page, "意思表示・SOS").startswith("未確認 つらいときに")


def test_work_is_broken_into_its_steps_in_their_order(page_of: Callable[..., str]) -> None:
    last = {"order": 2, "text": "水をやる", "posture": "standing", "alone": "yes", "minutes": 20, "hazards": ["heat"]}
    page = page_of(task_steps=[last, {"order": 1, "text": "じょうろを出す"}])
    assert fact(page, "手順") == "じょうろを出す 水をやる 立って・一人でできる・20分・炎天下・暑い場所"


@pytest.mark.parametrize(
    ("said", "label", "told"),
    [
        ({"reward_yen": 500, "reward_per": "hour"}, "謝礼", "1時間 500円"),
        ({"reward_yen": 0, "reward_in_kind": "野菜"}, "謝礼", "なし 野菜"),
        ({}, "謝礼", "未確認 お礼やお金は出ますか。"),
        ({"reward_yen": 500}, "労働者でないこと", "未確認 仕事のさせ方が雇用にあたらないか、確かめましたか。"),
        ({"cost_yen": 0}, "参加費", "無料"),
        ({"cost_yen": 300, "cost_per": "session", "cost_waivable": "yes"}, "参加費", "1回 300円 安くする相談ができます。"),
        (
            {"insurance": {"kind": "volunteer_activity", "valid_until": "2026-03-31"}},
            "保険",
            "ボランティア活動保険 3/31(火)で切れています。更新を確かめてください。",
        ),
        (
            {"insurance": {"kind": "volunteer_activity", "valid_from": "2027-04-01"}},
            "保険",
            "ボランティア活動保険 2027/4/1(木)から使えます。",
        ),
        ({"conditions": {"min_age": 18, "max_age": 64, "age_flexible": "yes"}}, "年齢", "18〜64歳（相談できる）"),
        ({}, "年齢", "未確認 何歳から何歳までの人が参加できますか。決まりはありますか。"),
        ({"conditions": {"min_age": 0}}, "年齢", "決まりなし"),
        ({"conditions": {"min_age": 18}}, "年齢", "18歳から"),
        ({}, "対象", "未確認 どんな人でも参加できますか。対象を限っていますか。"),
        ({"conditions": {"restricted_to": []}}, "対象", "だれでも"),
        ({}, "受け入れの上限", "未確認 団体全体で、同時に何人まで受け入れられますか。"),
        (
            {"conditions": {"restricted_to": ["women_only"]}},
            "対象",
            "女性だけの場 限定する理由は、まだ聞いていません。",
        ),
        ({"conditions": {"self_commute_required": "yes"}}, "自分で通うこと", "必要"),
        ({"visit_ok": "conditional"}, "見学", "相談すればできる"),
        ({"min_stay_minutes": 30, "session_minutes": 120}, "1回の長さ", "30分から・ふだん2時間"),
        ({"pickup": {"available": "yes", "area": ["みなみ"], "days": ["mon"], "reserve": "yes"}}, "送り迎え", "ある みなみ、月曜、予約が必要"),
        ({"open_places": 2, "trial_places": 0}, "空き", "本参加2人・体験なし"),
    ],
)  # fmt: skip
def test_a_fact_is_told_in_plain_words(
    page_of: Callable[..., str], said: dict[str, object], label: str, told: str
) -> None:
    assert fact(page_of(**said), label) == told


def test_the_host_is_told_with_burden_contact_and_who_keeps_the_relation(
    signed_in: Enter, engine: Engine, empty_town: Town
) -> None:
    host = {
        **HOST,
        "relation_owner": "及川",
        "burden": {"level": 4, "on": "2026-11-05", "trend": "up"},
        "contact": {"phone": "0197-00-0101", "extension": "3", "best_hours": "昼", "avoid_periods": "田植え"},
        "new_intakes_per_month": 1,
        "recent_intakes_on": ["2026-11-02"],
    }
    fill(engine, empty_town, catalogue(place(), place("opp-2", "花の苗づくり"), hosts=[host]))
    keys = keys_of_places(engine, empty_town)
    page = signed_in(empty_town).get(f"/places/{keys['opp-1']}").text
    assert fact(page, "電話") == "0197-00-0101（内線3）"
    assert 'href="tel:0197000101"' in page
    assert fact(page, "連絡の時間") == "昼"
    assert fact(page, "避ける時期") == "田植え"
    assert fact(page, "負担感") == "やや重い 11/5(木)に聞いた・上がっている"
    assert fact(page, "関係を持つ職員") == "及川"
    assert fact(page, "新しい人は") == "12/1(火)から"
    assert fact(page, "最後の確認").startswith("11/10(火)")
    assert fact(page, "確認の期限") == "2027/2/8(月)"
    assert f'<a href="/places/{keys["opp-2"]}">花の苗づくり</a>' in page


def test_the_telephone_of_the_place_comes_before_that_of_its_host(
    signed_in: Enter, engine: Engine, empty_town: Town
) -> None:
    host = {**HOST, "contact": {"phone": "0197-00-0101"}}
    site = {**SITE, "phone": "0197-00-0202", "extension": "7"}
    fill(engine, empty_town, catalogue(place(site_id=SITE["id"]), hosts=[host], sites=[site]))
    key = keys_of_places(engine, empty_town)["opp-1"]
    page = signed_in(empty_town).get(f"/places/{key}").text
    assert fact(page, "電話") == "0197-00-0202（内線7）"
    assert fact(page, "団体の電話") == "0197-00-0101"


def test_an_assumption_about_the_host_is_not_told_as_a_fact(page_of: Callable[..., str]) -> None:
    assert fact(page_of(), "新しい人").startswith("未確認")
    assert "聞くまでは、月に1人と考えます。" in fact(page_of(), "新しい人")


def test_what_is_past_its_day_says_so_on_top(page_of: Callable[..., str]) -> None:
    page = text_of(page_of(verified_on="2026-03-01"))
    assert "電話で確かめてください。 確認の期限が過ぎています。" in page
    assert page.index("電話で確かめてください") < page.index("ここですること")


def test_unknown_looks_the_same_everywhere_and_brings_its_question(
    signed_in: Enter, engine: Engine, empty_town: Town
) -> None:
    fill(engine, empty_town, catalogue(bare(), hosts=[{"id": "org-1", "name": "花の会"}], sites=[]))
    page = signed_in(empty_town).get(f"/places/{keys_of_places(engine, empty_town)['opp-1']}").text
    marks = re.findall(r"<span[^>]*>未確認</span>", page)
    assert len(marks) > 35
    assert set(marks) == {'<span class="unknown">未確認</span>'}
    for question in ("静かな席、声かけ少なめ", "食べ物、動物、花粉", "重い物、高い所", "電話番号を教えてください"):
        assert question in page


def test_what_staff_noted_for_themselves_is_not_for_other_agencies(
    signed_in: Enter, engine: Engine, empty_town: Town
) -> None:
    host = {**HOST, "status": "resting", "status_reason": "代表が入院中", "notes": "話が長い"}
    fill(engine, empty_town, catalogue(place(notes="裏口から"), hosts=[host]))
    key = keys_of_places(engine, empty_town)["opp-1"]
    for role in STAFF:
        page = signed_in(empty_town, role).get(f"/places/{key}").text
        told = [words in page for words in ("代表が入院中", "話が長い", "裏口から")]
        assert told == [role is not Role.MC] * 3, role


def test_an_emergency_place_says_how_to_ask(page_of: Callable[..., str]) -> None:
    page = text_of(page_of(emergency_24h="yes", emergency_procedure="当番の電話へ"))
    assert "24時間、受け入れています。ふだんの提案には出ません。 当番の電話へ" in page
    assert "急いで身を寄せる" not in page_of(emergency_24h="no")


def test_a_host_with_hundreds_of_places_lists_some_and_leads_to_the_rest(
    signed_in: Enter, engine: Engine, empty_town: Town
) -> None:
    fill(engine, empty_town, catalogue(*(place(f"opp-{number}", f"場{number:02}") for number in range(20))))
    page = signed_in(empty_town).get(f"/places/{keys_of_places(engine, empty_town)['opp-1']}").text
    assert len(re.findall(r">場\d\d</a>", page)) == 12
    assert '<a href="/places?q=%E8%8A%B1%E3%81%AE%E4%BC%9A">この団体の場をすべて見る</a>' in page


def test_no_page_about_places_names_anybody_who_takes_part(signed_in: Enter, engine: Engine, town: Town) -> None:
    with open_session(engine, municipality_id=town.id) as session:
        people = session.exec(select(Participant)).all()
    client = signed_in(town, Role.SC)
    keys = keys_of_places(engine, town)
    pages = [client.get("/places").text, *(client.get(f"/places/{key}").text for key in keys.values())]
    assert len(people) >= 10
    assert len(pages) > 40
    for page in pages:
        assert not [one.display_name for one in people if one.display_name in page or str(one.id) in page]
        assert "/people" not in page


def test_whoever_sees_no_people_gets_neither_the_button_nor_the_page(
    signed_in: Enter, engine: Engine, town: Town
) -> None:
    key = keys_of_places(engine, town)["opp-wata-kuri"]
    for role in STAFF:
        client = signed_in(town, role)
        may = role in (Role.CO, Role.LD, Role.MC)
        assert ("待っている人のだれに合うかを見る" in client.get(f"/places/{key}").text) == may, role
        assert client.get(f"/places/{key}/people").status_code == (200 if may else 403), role


def test_the_practice_places_all_have_a_page(
    signed_in: Enter, engine: Engine, town: Town, practice_file: PracticeFile, queries: list[str]
) -> None:
    client, keys = signed_in(town), keys_of_places(engine, town)
    for told in json.loads(practice_file("catalogue.json"))["opportunities"]:
        queries.clear()
        page = client.get(f"/places/{keys[told['id']]}")
        assert page.status_code == 200
        assert counted(queries) <= 8
        assert told["plain_description"] in html.unescape(page.text)
        assert "None" not in text_of(page.text)


def test_what_somebody_typed_into_a_catalogue_is_never_run(page_of: Callable[..., str]) -> None:
    evil = "<script>alert(1)</script>"
    page = page_of(title=evil, plain_description=evil, notes=evil, task_steps=[{"text": evil}], items=[evil])
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_words_that_could_not_be_read_are_shown_and_the_days_are_unknown(page_of: Callable[..., str]) -> None:
    page = page_of(slots=[{"season_note": "月・水の午前"}])
    assert fact(page, "開いている時間").startswith("未確認")
    assert "「月・水の午前」と書いてあります" in fact(page, "開いている時間")
    assert fact(page, "次に開く日").startswith("未確認")
    assert "毎日" not in text_of(page)


def test_hours_without_days_are_hours_and_no_days(page_of: Callable[..., str]) -> None:
    page = page_of(slots=[{"start": "09:00", "end": "17:00"}])
    assert fact(page, "開いている時間") == "曜日は 未確認 何曜日ですか。 9:00〜17:00"
    assert fact(page, "次に開く日").startswith("未確認")
