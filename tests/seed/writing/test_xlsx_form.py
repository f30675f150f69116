from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from seed.reading import read
from seed.writing import Catalogue, Written, write_form_csv
from seed.writing.columns import COLUMNS
from seed.writing.formulas import unguard
from seed.writing.xlsx_form import write_form_xlsx

HEADERS = [column.header for column in COLUMNS]


def _written(notes: str = "") -> Written:
    organization = {"id": "org-1", "name": "ひだまり", "concurrent_limit": 2, "contact": {"phone": "0197000001"}}
    site = {"id": "site-1", "organization_id": "org-1", "name": "広間", "latitude": 39.14}
    opportunity = {"id": "opp-1", "organization_id": "org-1", "site_id": "site-1", "title": "茶話会", "reward_yen": 0}
    return write_form_xlsx(
        Catalogue([organization], [site], [opportunity | ({"notes": notes} if notes else {})], exported_on="2026-11-23")
    )


def _open(written: Written) -> Workbook:
    return load_workbook(io.BytesIO(written.content))


def test_the_form_comes_first_and_its_explanation_second() -> None:
    workbook = _open(_written())
    assert workbook.sheetnames == ["台帳", "書き方"]
    assert [cell.value for cell in workbook["台帳"][1]] == HEADERS
    explained = [row[0].value for row in workbook["書き方"].iter_rows(min_row=2)]
    assert explained == HEADERS


def test_each_column_says_how_it_is_filled_in_and_which_words_it_takes() -> None:
    rows = {row[0]: row[1:] for row in _open(_written())["書き方"].iter_rows(min_row=2, values_only=True)}
    assert rows["団体名"][0] == "必須"
    assert all(method for _, method, _ in rows.values())
    assert rows["見学"][2] == "はい、条件付き、いいえ、未確認"
    assert "ほかすべて" in rows["危険なし"][1]


def test_numbers_are_numbers_and_a_telephone_keeps_its_zero() -> None:
    row = dict(zip(HEADERS, _open(_written())["台帳"][2], strict=True))
    assert (row["団体の同時受け入れ上限（人）"].value, row["謝礼（円）"].value, row["緯度"].value) == (2, 0, 39.14)
    assert (row["電話"].value, row["電話"].data_type, row["電話"].number_format) == ("0197000001", "s", "@")


def test_what_is_typed_into_an_empty_row_stays_as_it_was_typed() -> None:
    form = _open(_written())["台帳"]
    assert form.max_row == 2
    assert form.column_dimensions[_letter("電話")].number_format == "@"
    assert form.column_dimensions[_letter("謝礼（円）")].number_format == "General"


def test_a_word_can_be_chosen_from_a_list() -> None:
    validations = _open(_written())["台帳"].data_validations.dataValidation
    (visit,) = [each for each in validations if f"{_letter('見学')}2" in each.sqref]
    assert visit.formula1 == '"はい,条件付き,いいえ,未確認"'
    assert not visit.showErrorMessage


def _letter(header: str) -> str:
    from openpyxl.utils import get_column_letter

    return get_column_letter(HEADERS.index(header) + 1)


@pytest.mark.parametrize("text", ["=1+1", "=cmd|' /C calc'!A0", "＝１", "+81", "-1", "@x", "\t=1", "'=1"])
def test_no_cell_is_a_formula_and_the_text_comes_back(text: str) -> None:
    workbook = _open(_written(text))
    for sheet in workbook:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f"
    value = workbook["台帳"].cell(2, HEADERS.index("備考") + 1).value
    assert value.startswith("'")
    assert unguard(value) == text


@settings(max_examples=15, deadline=None)
@given(st.text(max_size=30))
def test_any_text_makes_a_workbook_that_opens(text: str) -> None:
    assert _open(_written(text)).sheetnames == ["台帳", "書き方"]


def test_the_csv_and_the_workbook_leave_out_the_same() -> None:
    catalogue = Catalogue([{"id": "org-1", "name": "ひだまり"}])
    assert write_form_xlsx(catalogue).sentences == write_form_csv(catalogue).sentences != []


@pytest.mark.parametrize("text", ["_x0041_", "a_x000D_b", "_x005F_x0041_"])
def test_text_that_looks_like_an_excel_escape_is_not_changed(text: str) -> None:
    draft = read(_written(text).content, "台帳.xlsx")
    assert draft.opportunities[0].record["notes"] == text
