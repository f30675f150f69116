"""What a facility list is called before anybody says so."""

from __future__ import annotations

from datetime import date

import pytest

from seed.reading import read
from seed.reading.list_name import evidence, suggested

FIRST_OF_APRIL = date(2024, 4, 1)


@pytest.mark.parametrize(
    ("file_name", "name", "when"),
    [
        ("公共施設一覧.csv", "公共施設一覧", None),
        ("公共施設一覧_20240401.csv", "公共施設一覧", FIRST_OF_APRIL),
        ("20240401_公共施設一覧.csv", "公共施設一覧", FIRST_OF_APRIL),
        ("公共施設一覧（令和６年４月１日現在）.xlsx", "公共施設一覧", FIRST_OF_APRIL),
        ("公共施設一覧R6.4.1.csv", "公共施設一覧", FIRST_OF_APRIL),
        ("公共施設一覧 2024-04-01.csv", "公共施設一覧", FIRST_OF_APRIL),
        ("222127_community_center.csv", "222127_community_center", None),
        ("公共施設一覧_20241340.csv", "公共施設一覧_20241340", None),
        ("一覧120240401.csv", "一覧120240401", None),
        ("20240401.csv", "20240401", FIRST_OF_APRIL),
        ("", "施設の一覧", None),
    ],
)
def test_a_file_name_gives_the_name_and_the_date_it_holds(file_name: str, name: str, when: date | None) -> None:
    assert suggested(file_name, []) == (name, when)


def test_the_municipality_that_all_rows_name_stands_in_front() -> None:
    assert suggested("公共施設一覧.csv", ["焼津市", "焼津市"])[0] == "焼津市 公共施設一覧"
    assert suggested("焼津市公共施設一覧.csv", ["焼津市"])[0] == "焼津市公共施設一覧"
    assert suggested("公共施設一覧.csv", ["焼津市", "藤枝市"])[0] == "公共施設一覧"


def test_the_date_stands_behind_the_name_where_it_is_known() -> None:
    assert evidence("公共施設一覧", FIRST_OF_APRIL) == "公共施設一覧（2024年4月1日）"
    assert evidence("公共施設一覧", None) == "公共施設一覧"


def test_what_somebody_says_about_a_list_counts_more_than_its_file_name() -> None:
    content = "名称,住所\nみなと会館,本町1-1\n".encode()
    told = read(content, "施設_20240401.csv", list_name="公共施設一覧")
    assert (told.list_name, told.list_date) == ("公共施設一覧", None)
    guessed = read(content, "施設_20240401.csv")
    assert (guessed.list_name, guessed.list_date) == ("施設", FIRST_OF_APRIL)
