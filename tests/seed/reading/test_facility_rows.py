"""Rows of a facility list keep the bounds of every other file: a bad cell costs itself and is told."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from sqlalchemy import Engine
from sqlmodel import select

from models.scope import open_session
from models.tables import Site
from seed.applying import apply
from seed.bounds import outside
from seed.draft import Draft
from seed.previewing import preview
from seed.reading import read
from seed.reading.opendata import ALIASES, read_facilities
from seed.reading.schemas import passes
from seed.reading.table import Line
from tests.conftest import AT, ON, add_one

HEADERS = [
    "NO",
    "名称",
    "住所",
    "電話番号",
    "団体名",
    "法人番号",
    "緯度",
    "経度",
    "備考",
    "利用可能曜日",
    "開始時間",
    "終了時間",
]
FINE = {"NO": "1", "名称": "東公民館", "住所": "奥州市水沢1", "電話番号": "0197-00-0001"}


def draft_of(*rows: dict[str, str], encoding: str = "utf-8") -> Draft:
    text = io.StringIO(newline="")
    csv.writer(text).writerows([HEADERS, *([row.get(header, "") for header in HEADERS] for row in rows)])
    return read(text.getvalue().encode(encoding), "公共施設一覧.csv")


def sentences(draft: Draft) -> str:
    return "\n".join(problem.sentence for problem in draft.problems)


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({"団体名": "あ" * 201}, "長すぎます"),
        ({"住所": "あ" * 4_000, "備考": "\x1f"}, ""),
        ({"緯度": "91", "経度": "141"}, "日本の外か、数ではありません"),
        ({"緯度": "nan", "経度": "141"}, "日本の外か、数ではありません"),
        ({"法人番号": "7.00001E+12"}, "13けたの数字ではない"),
        ({"法人番号": "７００００1205000-"}, "13けたの数字ではない"),
        ({"NO": "9" * 101}, "番号が長すぎます"),
        ({"名称": "東公\x07民館"}, ""),
    ],
)  # fmt: skip
def test_a_bad_cell_costs_itself(told: dict[str, str], says: str) -> None:
    draft = draft_of(FINE | told)
    (row,) = draft.facilities
    assert (row.name, row.site["phone"]) == ("東公民館", "0197-00-0001")
    assert says in sentences(draft)
    assert not any(problem.blocking for problem in draft.problems)
    assert not {"corporate_number", "latitude"} & (row.organization.keys() | row.site.keys())


@pytest.mark.parametrize("name", ["", "   ", "\x01\x02", "あ" * 201])
def test_a_row_without_a_name_that_can_be_kept_stays_out_alone(name: str) -> None:
    draft = draft_of(FINE | {"名称": name}, FINE | {"NO": "2", "名称": "西公民館"})
    assert [row.name for row in draft.facilities] == ["西公民館"]
    assert [problem.blocking for problem in draft.problems] == [True]


def test_a_name_may_be_as_long_as_names_are() -> None:
    (row,) = draft_of(FINE | {"名称": "あ" * 200}).facilities
    assert (len(row.name), len(row.opportunity["title"])) == (200, 200)


def test_a_corporate_number_in_full_width_is_read_and_told() -> None:
    draft = draft_of(FINE | {"団体名": "みどり会", "法人番号": "７０００01205000２"})
    assert draft.facilities[0].organization["corporate_number"] == "7000012050002"
    assert "「7000012050002」として読みました" in sentences(draft)


@pytest.mark.parametrize(
    ("start", "end", "says"),
    [
        ("0:09", "0:17", "「0:09〜0:17」は夜中の時刻です。9時から17時までのことなら直してください。"),
        ("0:09:00", "0:17:00", "9時から17時までのことなら"),
        ("0:09", "", "9時のことなら"),
        ("9:00", "0:17", "昼の時刻のことなら"),
        ("3:30", "12:00", "夜中の時刻です"),
    ],
)
def test_hours_at_night_are_kept_as_words_and_asked_about(start: str, end: str, says: str) -> None:
    draft = draft_of(FINE | {"利用可能曜日": "月火", "開始時間": start, "終了時間": end})
    (slot,) = draft.facilities[0].opportunity["slots"]
    assert slot["days"] == ["mon", "tue"]
    assert not {"start", "end"} & slot.keys()
    assert all(written in slot["season_note"] for written in (start, end))
    assert says in sentences(draft)


@pytest.mark.parametrize(("start", "end"), [("0:00", "24:00"), ("00:00", "23:59"), ("5:00", "9:00"), ("9:00", "24:00")])
def test_hours_of_the_day_and_of_the_whole_day_are_hours(start: str, end: str) -> None:
    draft = draft_of(FINE | {"開始時間": start, "終了時間": end})
    (slot,) = draft.facilities[0].opportunity["slots"]
    assert (slot["start"].lstrip("0"), slot["end"].lstrip("0")) == (
        start.zfill(5).lstrip("0"),
        end.zfill(5).lstrip("0"),
    )
    assert not draft.problems


CELLS = some.text(max_size=12) | some.sampled_from(
    ["\x00", "\ud800", "あ" * 201, "1" * 13, "月火", "0:09", "9:00", "39.1", "nan", "-0", "\u2028", "﷽" * 300]
)


@given(some.lists(some.lists(CELLS, min_size=len(ALIASES), max_size=len(ALIASES)), min_size=1, max_size=3))
@settings(max_examples=100, deadline=None)
def test_whatever_the_cells_hold_what_is_kept_can_be_kept(rows: list[list[str]]) -> None:
    draft = Draft("catalogue", "x.csv")
    lines = [Line(number, tuple(cells)) for number, cells in enumerate(rows, 2)]
    read_facilities(lines, dict(enumerate(ALIASES)), draft, list_name="一覧", list_date=None)
    for row in draft.facilities:
        for kind in ("organization", "site", "opportunity"):
            record = getattr(row, kind)
            assert not list(outside(record))
            assert passes("catalogue", kind, record, partly=True)
        assert not list(outside([row.number, row.owner, row.address, row.code, row.municipality]))
    "".join(problem.sentence for problem in draft.problems).encode()


def test_a_list_with_odd_cells_goes_into_both_databases(engine: Engine) -> None:
    odd = "\x0b住\u202e所\u200b"
    content = draft_of(
        FINE | {"名称": "東館\x1b", "備考": odd, "団体名": "\x7f"},
        FINE | {"NO": "2", "名称": "西館"},
        encoding="utf-16",
    )
    town = add_one(engine, "oshu", "03215", "奥州市")
    with open_session(engine, municipality_id=town.id) as session:
        apply(session, preview(session, content, on=ON), at=AT, on=ON)
        session.commit()
        assert sorted(session.exec(select(Site.name)).all()) == ["東館", "西館"]
