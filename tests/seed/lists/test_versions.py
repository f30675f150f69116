"""The next version of a list finds its own rows, follows what nobody touched, and suggests where somebody did."""

from __future__ import annotations

from datetime import date

import pytest
from sqlmodel import Session, select

from models.listed import CLOSED, DISMISSED, OPEN, FacilityList, ListedRow, Suggestion
from models.tables import Opportunity, Organization, Site
from seed.lists.keys import address_key
from seed.lists.known import looks_like
from seed.reading import read
from tests.conftest import ON
from tests.seed.lists.conftest import (
    HEAD,
    BringIn,
    host_of,
    import_content,
    names,
    opportunity_at,
    site,
)

HALL = "1,奥州市,くるみ館,水沢桜町1,0197-00-0001"
LODGE = "2,奥州市,とちのき館,水沢桜町2,0197-00-0002"
CATALOGUE = (
    '{{"format":"participation-catalogue","version":"1.0","organizations":[{}],"sites":[{}],"opportunities":[{}]}}'
)


def open_suggestions(session: Session) -> list[tuple[str, dict[str, object]]]:
    rows = session.exec(select(Suggestion).where(Suggestion.state == OPEN)).all()
    return sorted((f"{row.kind}.{row.field}", row.value) for row in rows)


def refs(session: Session) -> dict[str, str]:
    return {row.name: row.ref for row in session.exec(select(Site)).all()}


@pytest.mark.parametrize(
    ("again", "kept"),
    [
        ("2,奥州市,くるみ館,水沢桜町1,0197-00-0001", "くるみ館"),
        ("1,奥州市,くるみ館,水沢桜町9,0197-00-0001", "くるみ館"),
        ("1,奥州市,くるみ会館,水沢桜町1,0197-00-0001", "くるみ会館"),
        ("1,奥州市,くるみ 館,岩手県奥州市水沢桜町１番地,0197-00-0001", "くるみ館"),
    ],
)
def test_a_row_is_found_again_renumbered_corrected_or_spelled_otherwise(
    oshu: Session, bring_in: BringIn, again: str, kept: str
) -> None:
    bring_in(HALL, LODGE)
    before = refs(oshu)["くるみ館"]
    plan = bring_in(again, LODGE.replace("2,", "3,", 1))
    assert plan.count("new") == 0
    assert plan.listed is not None
    assert plan.listed.vanished == []
    after = {name.replace(" ", ""): ref for name, ref in refs(oshu).items()}
    assert after[kept] == before
    assert len(after) == 2


def test_a_number_alone_finds_nothing_again(oshu: Session, bring_in: BringIn) -> None:
    bring_in(HALL, LODGE)
    plan = bring_in("1,奥州市,もみじ館,江刺北町7,", LODGE)
    assert plan.count("new", "site") == 1
    assert names(oshu) == ["くるみ館", "とちのき館", "もみじ館"]
    assert plan.listed is not None
    assert [one.name for one in plan.listed.vanished] == ["くるみ館"]


def test_the_same_file_again_has_nothing_to_do(oshu: Session, bring_in: BringIn) -> None:
    bring_in(HALL, LODGE, day=date(2026, 4, 1))
    assert not bring_in(LODGE, HALL, day=date(2026, 4, 1)).has_work


def test_what_nobody_touched_follows_the_list(oshu: Session, bring_in: BringIn) -> None:
    bring_in(HALL)
    plan = bring_in("1,奥州市,くるみ会館,水沢桜町1,0197-00-0009", day=date(2026, 10, 1))
    told = {(one.kind, change.label): (change.before, change.after) for one in plan.planned for change in one.changes}
    assert told["site", "場所の電話"] == ("0197-00-0001", "0197-00-0009")
    assert told["organization", "電話"] == ("0197-00-0001", "0197-00-0009")
    assert told["opportunity", "活動名"] == ("くるみ館（活動は未確認）", "くるみ会館（活動は未確認）")
    assert site(oshu, "くるみ会館").phone == "0197-00-0009"
    assert host_of(oshu, "くるみ会館").name == "くるみ会館"
    assert open_suggestions(oshu) == []


def confirm(session: Session, name: str) -> None:
    entry, host = opportunity_at(session, name), host_of(session, name)
    entry.status, entry.title, entry.verified_on, entry.verification_method = "open", "朝の体操", ON, "phone_call"
    host.status, host.name = "open", "くるみの会"
    session.commit()


def test_what_a_host_confirmed_stays_and_the_difference_stands_beside_it(oshu: Session, bring_in: BringIn) -> None:
    bring_in(HALL)
    confirm(oshu, "くるみ館")
    plan = bring_in("1,奥州市,くるみ会館,水沢桜町1,0197-00-0009")
    assert plan.ready == 0
    assert plan.has_work
    assert host_of(oshu, "くるみ館").name == "くるみの会"
    assert opportunity_at(oshu, "くるみ館").title == "朝の体操"
    assert site(oshu, "くるみ館").phone == "0197-00-0001"
    assert open_suggestions(oshu) == [("site.name", {"name": "くるみ会館"}), ("site.phone", {"phone": "0197-00-0009"})]


def test_what_a_colleague_changed_stays_without_any_status(oshu: Session, bring_in: BringIn) -> None:
    bring_in(HALL)
    site(oshu, "くるみ館").phone = "0197-00-0055"
    oshu.commit()
    plan = bring_in("1,奥州市,くるみ館,水沢桜町1,0197-00-0009")
    assert plan.count("changed", "site") == 0
    assert site(oshu, "くるみ館").phone == "0197-00-0055"
    assert open_suggestions(oshu) == [("site.phone", {"phone": "0197-00-0009"})]


def test_a_difference_is_suggested_once_and_not_again_after_it_was_dismissed(oshu: Session, bring_in: BringIn) -> None:
    bring_in(HALL)
    confirm(oshu, "くるみ館")
    changed = "1,奥州市,くるみ館,水沢桜町1,0197-00-0009"
    bring_in(changed)
    assert not bring_in(changed).has_work
    oshu.exec(select(Suggestion)).one().state = DISMISSED
    oshu.commit()
    assert not bring_in(changed).has_work
    bring_in("1,奥州市,くるみ館,水沢桜町1,0197-00-0010")
    assert open_suggestions(oshu) == [("site.phone", {"phone": "0197-00-0010"})]


def test_a_suggestion_closes_when_both_say_the_same_and_gives_way_to_a_newer_one(
    oshu: Session, bring_in: BringIn
) -> None:
    bring_in(HALL)
    confirm(oshu, "くるみ館")
    for number in ("0197-00-0009", "0197-00-0010"):
        bring_in(f"1,奥州市,くるみ館,水沢桜町1,{number}")
        assert open_suggestions(oshu) == [("site.phone", {"phone": number})]
    bring_in("1,奥州市,くるみ館,水沢桜町1,0197(00)0001")
    assert open_suggestions(oshu) == []
    assert {row.state for row in oshu.exec(select(Suggestion)).all()} == {CLOSED}


def test_another_list_that_names_the_place_is_linked_fills_what_is_empty_and_suggests_the_rest(
    oshu: Session, bring_in: BringIn
) -> None:
    bring_in("1,奥州市,くるみ館,水沢桜町1,0197-00-0001,", head=f"{HEAD},URL")
    plan = bring_in(
        "77,奥州市,くるみ館,岩手県奥州市水沢桜町1番地,0197-00-0002,https://example.jp/kurumi",
        name="避難所一覧",
        head=f"{HEAD},URL",
    )
    assert names(oshu) == ["くるみ館"]
    assert plan.listed is not None
    assert plan.listed.linked == 1
    assert site(oshu, "くるみ館").url == "https://example.jp/kurumi"
    assert site(oshu, "くるみ館").phone == "0197-00-0001"
    assert open_suggestions(oshu) == [("site.phone", {"phone": "0197-00-0002"})]
    assert len(oshu.exec(select(Opportunity)).all()) == 1


def test_a_place_entered_by_hand_is_linked_and_its_activity_left_alone(oshu: Session, bring_in: BringIn) -> None:
    entered = CATALOGUE.format(
        '{"id":"o-1","name":"くるみの会","status":"open"}',
        '{"id":"s-1","organization_id":"o-1","name":"くるみ館","address":"奥州市水沢桜町1"}',
        '{"id":"a-1","organization_id":"o-1","site_id":"s-1","title":"朝の体操","status":"open","verified_on":"2026-11-20"}',
    )
    import_content(oshu, entered.encode(), "places.json")
    plan = bring_in(f"{HALL},火,9:00,17:00", head=f"{HEAD},利用可能曜日,開始時間,終了時間")
    assert plan.count("new") == 0
    assert site(oshu, "くるみ館").phone == "0197-00-0001"
    entry = opportunity_at(oshu, "くるみ館")
    assert (entry.title, entry.slots_known) == ("朝の体操", None)
    assert host_of(oshu, "くるみ館").contact is None


def test_what_an_earlier_build_imported_finds_its_rows_and_is_not_doubled(oshu: Session, bring_in: BringIn) -> None:
    head = f"都道府県コード又は市区町村コード,{HEAD}"
    before = CATALOGUE.format(
        '{"id":"od-032158-1-org","name":"くるみ館","status":"prospect","contact":{"phone":"0197-00-0001"}}',
        '{"id":"od-032158-1-site","organization_id":"od-032158-1-org","name":"くるみ館","address":"奥州市水沢桜町1"}',
        '{"id":"od-032158-1-opp","organization_id":"od-032158-1-org","site_id":"od-032158-1-site",'
        '"title":"くるみ館（活動は未確認）","status":"prospect","verification_method":"public_source"}',
    )
    import_content(oshu, before.encode(), "before.json")
    plan = bring_in(f"032158,9{HALL[1:].replace('0001', '0007')}", head=head)
    assert plan.count("new") == 0
    assert site(oshu, "くるみ館").ref == "od-032158-1-site"
    assert site(oshu, "くるみ館").phone == "0197-00-0007"
    assert host_of(oshu, "くるみ館").contact == {"phone": "0197-00-0007"}


def test_rows_that_vanish_are_marked_and_come_back_as_themselves(oshu: Session, bring_in: BringIn) -> None:
    bring_in(HALL, LODGE)
    before = refs(oshu)
    plan = bring_in(HALL, day=date(2026, 11, 1))
    assert plan.listed is not None
    assert [one.name for one in plan.listed.vanished] == ["とちのき館"]
    gone = oshu.exec(select(ListedRow).where(ListedRow.number == "2")).one()
    assert gone.vanished_on == date(2026, 11, 1)
    assert names(oshu) == ["くるみ館", "とちのき館"]
    again = bring_in(HALL, LODGE)
    assert again.listed is not None
    assert again.listed.returned == 1
    assert refs(oshu) == before
    assert oshu.exec(select(ListedRow.vanished_on).where(ListedRow.number == "2")).one() is None


def test_a_row_that_stands_twice_is_one_place_and_that_is_told(oshu: Session, bring_in: BringIn) -> None:
    plan = bring_in(HALL, HALL, "3,奥州市,くるみ館,水沢桜町1番地,")
    assert names(oshu) == ["くるみ館"]
    told = [problem.sentence for problem in plan.problems]
    assert "2行目とまったく同じ行です。1つの場所として取り込みます。" in told
    assert any("2行目と名称も住所も同じです" in sentence for sentence in told)


def test_a_row_without_a_number_is_told_and_comes_in(oshu: Session, bring_in: BringIn) -> None:
    plan = bring_in(HALL, ",奥州市,とちのき館,水沢桜町2,")
    assert names(oshu) == ["くるみ館", "とちのき館"]
    assert any("番号のない行が1行あります" in problem.sentence for problem in plan.problems)


def test_an_owner_renamed_on_all_rows_is_renamed_and_one_of_another_name_is_another(
    oshu: Session, bring_in: BringIn
) -> None:
    head = f"{HEAD},団体名"
    bring_in(f"{HALL},公民館課", f"{LODGE},公民館課", head=head)
    bring_in(f"{HALL},交流課", f"{LODGE},交流課", head=head)
    assert [row.name for row in oshu.exec(select(Organization)).all()] == ["交流課"]
    bring_in(f"{HALL},交流課", f"{LODGE},福祉課", head=head)
    assert host_of(oshu, "くるみ館").name == "交流課"
    assert host_of(oshu, "とちのき館").name == "福祉課"
    assert opportunity_at(oshu, "とちのき館").organization_id == host_of(oshu, "とちのき館").id


def test_a_file_of_another_name_with_the_rows_of_a_known_list_is_its_new_version(
    oshu: Session, bring_in: BringIn
) -> None:
    bring_in(HALL, LODGE)
    file = read("\n".join([HEAD, HALL, "5,奥州市,もみじ館,江刺北町7,"]).encode(), "data.csv")
    assert looks_like(oshu, file.list_name or "", file.facilities) == "公共施設一覧"
    other = read("\n".join([HEAD, "5,奥州市,もみじ館,江刺北町7,"]).encode(), "data.csv")
    assert looks_like(oshu, other.list_name or "", other.facilities) is None


def test_a_list_of_a_known_name_that_shares_hardly_a_row_is_asked_about(oshu: Session, bring_in: BringIn) -> None:
    bring_in(HALL, LODGE, "3,奥州市,かえで館,水沢桜町3,")
    plan = bring_in("1,奥州市,もみじ館,江刺北町7,")
    assert any("3行のうち、この一覧にあるのは0行だけです" in problem.sentence for problem in plan.problems)


def test_the_list_keeps_its_last_day(oshu: Session, bring_in: BringIn) -> None:
    bring_in(HALL, day=date(2026, 4, 1))
    bring_in(HALL)
    kept = oshu.exec(select(FacilityList)).one()
    assert (kept.name, kept.list_date) == ("公共施設一覧", date(2026, 4, 1))


@pytest.mark.parametrize(
    "text",
    ["岩手県奥州市水沢桜町1番地2号", "奥州市水沢桜町1-2", "水沢桜町１の２", "〒023-0000 岩手県奥州市水沢桜町1番2号"],
)
def test_one_address_however_it_is_typed(text: str) -> None:
    assert address_key(text, "奥州市") == "水沢桜町1-2"


def test_two_addresses_stay_two() -> None:
    assert len({address_key(text, "奥州市") for text in ("水沢桜町1", "水沢桜町12", "水沢桜町1-2", "水沢上桜町1")}) == 4


def test_the_same_address_in_another_town_is_another_place(oshu: Session, bring_in: BringIn) -> None:
    bring_in(HALL, "2,やま町,くるみ館,水沢桜町1,")
    bring_in("7,やま町,くるみ館,水沢桜町1,0198-00-0001", name="やま町の一覧")
    assert sorted(str(row.address) for row in oshu.exec(select(Site)).all()) == ["やま町水沢桜町1", "奥州市水沢桜町1"]


def test_whose_a_list_is_is_no_part_of_its_name(oshu: Session, bring_in: BringIn) -> None:
    bring_in(HALL, name="奥州市 公共施設一覧")
    plan = bring_in(HALL, name="公共施設一覧")
    assert plan.listed is not None
    assert plan.listed.known is not None
