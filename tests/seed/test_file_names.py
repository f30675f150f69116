"""A file from outside has a name that can be kept and shown, whatever it was called there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from seed.file_names import LONGEST_FILE_NAME, NAMELESS, file_name


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("C:\\Users\\me\\公共施設一覧.csv", "公共施設一覧.csv"),
        ("../../etc/passwd", "passwd"),
        ("a\x00b\x1b.csv", "ab.csv"),
        ("\ud800.csv", ".csv"),
        ("一覧\r\n 2.csv", "一覧 2.csv"),
        ("..", NAMELESS),
        ("", NAMELESS),
        ("\udcff", NAMELESS),
    ],
)
def test_folders_and_odd_signs_stay_behind(sent: str, kept: str) -> None:
    assert file_name(sent) == kept


def test_a_long_name_keeps_its_beginning_and_its_ending() -> None:
    name = file_name("あ" * 3_000 + ".xlsx")
    assert len(name) == LONGEST_FILE_NAME
    assert name.startswith("あああ")
    assert name.endswith("….xlsx")


@given(some.text())
def test_any_name_can_be_written(sent: str) -> None:
    name = file_name(sent)
    assert 0 < len(name) <= LONGEST_FILE_NAME
    assert "/" not in name
    assert "\x00" not in name
    assert file_name(name) == name
    name.encode()
