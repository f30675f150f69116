"""Every kind of file that an office may bring, whole or broken."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from openpyxl import Workbook

from seed.errors import ImportProblem
from seed.reading import read
from seed.reading.slots import parse_slots
from tests.conftest import CASES, SHARED

FORM = "団体名,活動名,曜日と時間,段差なし,危険あり,危険なし,確認日\nみどりの会,草取り,第2・4 金 13:30-15:00,○,炎天下・暑い場所,ほかすべて,令和8年11月1日\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "euc_jp", "utf-16"])
def test_the_form_reads_in_every_office_encoding(encoding: str) -> None:
    draft = read(FORM.encode(encoding), "form.csv")
    record = draft.opportunities[0].record
    assert not draft.problems
    assert record["slots"] == [
        {"days": ["fri"], "week_pattern": {"kind": "nth", "weeks": [2, 4]}, "start": "13:30", "end": "15:00"}
    ]
    assert (record["hazards"]["heat"], record["hazards"]["heights"]) == ("yes", "no")
    assert record["verified_on"] == "2026-11-01"
    assert draft.sites == []


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_any_usual_delimiter(delimiter: str) -> None:
    assert len(read(f"団体名{delimiter}活動名\nA{delimiter}B\n".encode(), "x.csv").opportunities) == 1


def test_an_excel_sheet_reads_like_the_csv() -> None:
    book = Workbook()
    for row in (line.split(",") for line in FORM.strip().split("\n")):
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    assert (
        read(content.getvalue(), "form.xlsx").opportunities[0].record
        == read(FORM.encode(), "form.csv").opportunities[0].record
    )


def test_a_header_nobody_knows_is_asked_about_and_never_guessed() -> None:
    text = "団体名,活動名,人数めやす\nA,B,3\n".encode()
    assert read(text, "x.csv").unmapped == ["人数めやす"]
    told = read(text, "x.csv", columns={"人数めやす": "定員（人）"})
    assert told.unmapped == []
    assert told.opportunities[0].record["capacity_total"] == 3
    assert read(text, "x.csv", columns={"人数めやす": ""}).unmapped == []


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "空のファイル"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\xd0\xcf\x11\xe0old", "古い形式"),
        (b"<!DOCTYPE html><html>", "ウェブページ"),
        (b'{"format": "participation-catalogue", ', "1行目"),
        (b'{"format": "something"}', "participation-catalogue"),
        (b"[" * 100, "入れ子"),
        (b"PK\x03\x04 no zip", "開けません"),
        ("りんご,みかん\n1,2\n".encode(), "団体名"),
        ("団体名,団体名,活動名\nA,B,C\n".encode(), "2つ"),
        (b"x" * (21 * 1024 * 1024), "大きすぎ"),
    ],
)
def test_a_file_that_cannot_be_used_gets_one_clear_sentence(content: bytes, says: str) -> None:
    with pytest.raises(ImportProblem, match=says):
        read(content, "ファイル")


def test_a_zip_bomb_is_not_unpacked() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (201 * 1024 * 1024))
    with pytest.raises(ImportProblem, match="大きすぎ"):
        read(packed.getvalue(), "bomb.xlsx")


def test_one_bad_record_hides_no_other() -> None:
    document = json.loads((CASES / "participants.json").read_text(encoding="utf-8"))
    document["participants"][0]["sex"] = "?"
    document["participants"][1]["needs"] = ["no_such_need"]
    document["participants"][1]["allergies"] = {"no_such_allergen": "yes"}
    document["participants"][2]["work_limits"] = "高い所"
    draft = read(json.dumps(document, ensure_ascii=False, indent=1).encode(), "people.json")
    assert len(draft.participants) == 7
    refused = [problem for problem in draft.problems if problem.blocking]
    assert ["お預かりしない" in refused[0].sentence, "no_such_allergen" in refused[1].sentence] == [True, True]
    assert "決まりに合いません" in refused[2].sentence
    assert all(problem.line for problem in draft.problems)


def test_a_bad_value_costs_its_own_field_where_its_absence_only_means_more_to_ask() -> None:
    document = json.loads((CASES / "participants.json").read_text(encoding="utf-8"))
    first, second = document["participants"][:2]
    first["needs"], second["waiting_since"] = ["no_such_need"], "2026-02-30"
    draft = read(json.dumps(document, ensure_ascii=False, indent=1).encode(), "people.json")
    assert len(draft.participants) == len(document["participants"])
    assert ["needs" in draft.participants[0].record, "waiting_since" in draft.participants[1].record] == [False] * 2
    assert "no_such_need" in draft.problems[0].sentence
    assert "暦にありません" in draft.problems[1].sentence
    assert all("この欄だけ取り込みません" in problem.sentence and not problem.blocking for problem in draft.problems)


@pytest.mark.skipif(not SHARED.exists(), reason="../shared is not here")
def test_real_open_data_lists_read() -> None:
    lists = sorted((SHARED / "data" / "opendata").glob("*.csv"))
    assert lists
    for path in lists:
        draft = read(path.read_bytes(), path.name)
        assert draft.open_data
        assert draft.facilities
        assert not draft.problems
        assert draft.unmapped == (["区分"] if "nouen" in path.name else [])


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("火 10:00-11:30", {"days": ["tue"], "start": "10:00", "end": "11:30"}),
        (
            "月～金 9:00-17:00",
            {"days": ["mon", "tue", "wed", "thu", "fri"], "start": "09:00", "end": "17:00"},
        ),
        ("火 10時半-12時", {"days": ["tue"], "start": "10:30", "end": "12:00"}),
        ("火 午後1時30分～3時", {"days": ["tue"], "start": "13:30", "end": "15:00"}),
        (
            "第2、4金曜日 13:30-15:00",
            {
                "days": ["fri"],
                "week_pattern": {"kind": "nth", "weeks": [2, 4]},
                "start": "13:30",
                "end": "15:00",
            },
        ),
        ("月・水・金 ９：００〜１２：００", {"days": ["mon", "wed", "fri"], "start": "09:00", "end": "12:00"}),
        (
            "隔週(2026-11-29) 日 10:00-12:00",
            {
                "days": ["sun"],
                "week_pattern": {"kind": "alternate", "anchor_date": "2026-11-29"},
                "start": "10:00",
                "end": "12:00",
            },
        ),
        (
            "最終 土 10:00-11:30",
            {"days": ["sat"], "week_pattern": {"kind": "nth", "weeks": [-1]}, "start": "10:00", "end": "11:30"},
        ),
        ("2026-12-19 13:00-15:00", {"dates": ["2026-12-19"], "start": "13:00", "end": "15:00"}),
        (
            "月水金 10:00-12:30 12/01-02/28",
            {
                "days": ["mon", "wed", "fri"],
                "start": "10:00",
                "end": "12:30",
                "season_from": "12-01",
                "season_until": "02-28",
            },
        ),
        ("祝日のぞく昼ごろ", {"season_note": "祝日のぞく昼ごろ"}),
        ("月 25:00-26:00", {"season_note": "月 25:00-26:00"}),
    ],
)
def test_times_as_people_write_them(text: str, first: dict[str, Any]) -> None:
    slots, unread = parse_slots(text)
    assert slots == [first]
    assert bool(unread) == ("season_note" in first)


@settings(max_examples=300, deadline=None)
@given(some.binary(max_size=300) | some.text(max_size=300).map(str.encode))
def test_any_bytes_are_a_draft_or_one_sentence(content: bytes) -> None:
    try:
        read(content, "何か")
    except ImportProblem as problem:
        sentence = str(problem)
        if not sentence.endswith("。"):
            pytest.fail(sentence)


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("197000021", "0197000021"),
        ("197-00-0021", "0197-00-0021"),
        ("9000000021", "09000000021"),
        ("0197-00-0021", "0197-00-0021"),
        ("２２−００２１", "２２−００２１"),
        ("内線 123456789", "内線 123456789"),
    ],
)
def test_a_telephone_of_the_form_gets_its_zero_back(written: str, read_as: str) -> None:
    draft = read(f"団体名,活動名,電話\nみどり会,草とり,{written}\n".encode(), "form.csv")
    assert draft.organizations[0].record["contact"] == {"phone": read_as}
    assert bool(draft.problems) == (written != read_as)
