"""Small files that earlier builds got wrong: lists that overwrote each other, telephones and hours that vanished."""

from __future__ import annotations

import pytest
from sqlmodel import Session, select

from models.listed import OPEN, Suggestion
from models.tables import Opportunity, Organization
from tests.conftest import SHARED
from tests.seed.lists.conftest import (
    host_of,
    import_content,
    import_file,
    names,
    opportunity_at,
    site,
    slots_at,
)

WORKDAYS = ["mon", "tue", "wed", "thu", "fri"]


def sentences(problems: list[object]) -> str:
    return " ".join(problem.sentence for problem in problems)  # type: ignore[attr-defined]


def test_two_lists_that_number_their_rows_alike_are_four_places(oshu: Session) -> None:
    import_file(oshu, "ids-list-a-toilets.csv")
    plan = import_file(oshu, "ids-list-b-halls.csv")
    assert names(oshu) == ["こぶし集会所", "ひばり広場トイレ", "ひばり集会所", "川原公園トイレ"]
    assert plan.count("changed") == 0
    assert site(oshu, "ひばり集会所").phone is None
    assert site(oshu, "ひばり広場トイレ").phone == "0197-00-0001"
    assert site(oshu, "ひばり広場トイレ").ref == "od-032158-1-site"


def test_a_confirmed_host_stays_as_it_was_when_another_list_has_its_number(oshu: Session) -> None:
    import_file(oshu, "ids-list-a-toilets.csv")
    import_file(oshu, "ids-confirmed.json")
    import_file(oshu, "ids-list-b-halls.csv")
    host = oshu.exec(select(Organization).where(Organization.ref == "od-032158-1-org")).one()
    activity = oshu.exec(select(Opportunity).where(Opportunity.ref == "od-032158-1-opp")).one()
    assert (host.name, host.status, host.burden) == ("ひばり広場トイレ", "open", {"level": 2})
    assert (activity.title, activity.status, activity.organization_id) == ("朝のそうじの手伝い", "open", host.id)
    assert len(names(oshu)) == 4


def test_a_number_used_three_times_is_told_and_all_three_come_in(oshu: Session) -> None:
    plan = import_file(oshu, "ids-same-number-in-one-list.csv")
    assert names(oshu) == ["くるみ館", "くるみ館分室", "とちのき館"]
    assert "番号「1」が「くるみ館」「くるみ館分室」「とちのき館」で重なっています" in sentences(plan.problems)
    assert {site(oshu, name).phone for name in names(oshu)} == {"0197-00-0041", "0197-00-0042", "0197-00-0043"}


def test_each_place_of_one_owner_has_its_own_telephone(oshu: Session) -> None:
    import_file(oshu, "phones-one-owner.csv")
    phones = {name: site(oshu, name).phone for name in names(oshu)}
    assert phones == {"東の台図書室": "0197-00-0011", "西の台図書室": "0197-00-0012", "南の台図書室": "0197-00-0013"}
    owner = oshu.exec(select(Organization)).one()
    assert (owner.name, owner.contact) == ("奥州市", None)


def test_a_telephone_without_its_zero_gets_it_back_and_that_is_told(oshu: Session) -> None:
    plan = import_file(oshu, "phone-without-zero.csv")
    assert site(oshu, "どんぐり広場").phone == "0197000021"
    assert host_of(oshu, "どんぐり広場").contact == {"phone": "0197000021"}
    assert "先頭の0が落ちています" in sentences(plan.problems)


@pytest.mark.parametrize(
    ("name", "start", "end"),
    [("い", "09:00", "17:00"), ("ろ", "09:00", "24:00"), ("は", "09:00", "17:30"), ("に", "13:30", "16:00")],
)
def test_hours_are_read_as_offices_write_them(oshu: Session, name: str, start: str, end: str) -> None:
    plan = import_file(oshu, "times.csv")
    assert [(slot.days, slot.start, slot.end) for slot in slots_at(oshu, name)] == [(["mon", "tue"], start, end)]
    assert not plan.problems


def test_a_remark_does_not_take_the_place_of_the_days(oshu: Session) -> None:
    plan = import_file(oshu, "days-and-remark.csv")
    told = {name: [(slot.days, slot.season_note) for slot in slots_at(oshu, name)] for name in names(oshu)}
    assert told["い"] == [(WORKDAYS, "祝日は休み")]
    assert told["ろ"] == [(WORKDAYS, "年末年始は休み")]
    assert told["は"] == [([*WORKDAYS, "sat", "sun"], None)]
    assert not plan.problems


def test_words_that_are_no_days_stay_as_words_and_leave_the_days_unknown(oshu: Session) -> None:
    content = "名称,住所,利用可能曜日,開始時間,利用可能日時特記事項\nほ,奥州市水沢5,土日祝,朝から,冬は休み\n"
    plan = import_content(oshu, content.encode(), "list.csv")
    slot = slots_at(oshu, "ほ")[0]
    assert (slot.days, slot.start, slot.season_note) == (None, None, "土日祝、開始時間 朝から、冬は休み")
    assert "利用可能曜日「土日祝」は読めなかった" in sentences(plan.problems)


def test_five_ways_to_write_hours_in_the_form_are_read(oshu: Session) -> None:
    plan = import_file(oshu, "form-hours.csv")
    slots = {one.record["title"]: one.record["slots"] for one in plan.planned if one.kind == "opportunity"}
    assert slots["草とり"] == [{"days": WORKDAYS, "start": "09:00", "end": "17:00"}]
    assert slots["い"] == [{"days": ["tue"], "start": "10:30", "end": "12:00"}]
    assert slots["ろ"] == [{"days": ["tue"], "start": "13:30", "end": "15:00"}]
    assert slots["は"] == [
        {"days": ["fri"], "week_pattern": {"kind": "nth", "weeks": [2, 4]}, "start": "13:30", "end": "15:00"}
    ]
    assert slots["に"] == [
        {"days": ["mon", "wed"], "start": "09:00", "end": "12:00"},
        {"days": ["mon", "wed"], "start": "13:00", "end": "15:00"},
    ]
    assert not plan.problems


@pytest.mark.skipif(not SHARED.exists(), reason="../shared is not here")
def test_three_real_lists_of_one_city_in_a_row_leave_all_their_places(oshu: Session) -> None:
    rows = 0
    for path in sorted((SHARED / "data" / "opendata").glob("*.csv")):
        content = path.read_bytes()
        rows += len(read_rows(content))
        import_content(oshu, content, path.name)
        assert not import_content(oshu, content, path.name).has_work
    assert rows == len(names(oshu)) == len(set(names(oshu)))
    assert oshu.exec(select(Suggestion).where(Suggestion.state == OPEN)).all() == []


def read_rows(content: bytes) -> list[str]:
    text = content.decode("utf-8-sig" if content.startswith(b"\xef\xbb\xbf") else "cp932")
    return [line for line in text.splitlines()[1:] if line.strip()]


def test_a_place_of_the_list_is_a_name_to_call_and_nothing_more(oshu: Session) -> None:
    import_file(oshu, "ids-list-a-toilets.csv")
    entry = opportunity_at(oshu, "ひばり広場トイレ")
    assert (entry.status, entry.publication, entry.verification_method) == ("prospect", "staff", "public_source")
    assert (entry.verified_on, entry.slots_known, entry.cost_yen) == (None, None, None)
