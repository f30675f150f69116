"""A telephone is dialled whatever stands beside it, and no word of it is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from seed.reading import read
from seed.reading.telephones import dialled, digits_of, with_zero


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("0197-24-0000", "0197240000"),
        ("TEL0197-24-0000", "0197240000"),
        ("℡０１９７－２４－００００", "0197240000"),
        ("電話：0197－24ー0000", "0197240000"),
        ("0197-24-0000（代表）", "0197240000"),
        ("(0197)24-0000 内線123", "0197240000"),
        ("0197（24）0000", "0197240000"),
        ("0197-24-0000、0197-24-0001", "0197240000"),
        ("0197-24-0000 0197-24-0001", "0197240000"),
        ("0197240000 1", "0197240000"),
        ("FAX：0197-24-0001　TEL0197-24-0000", "0197240000"),
        ("080-1234-5678", "08012345678"),
        ("0800-123-4567", "08001234567"),
        ("050 1234 5678", "05012345678"),
        ("0120-123-456", "0120123456"),
        ("03-1234-5678", "0312345678"),
        ("+81-197-24-0000", "+81197240000"),
        ("+81(0)197-24-0000", "+81197240000"),
        ("24-0000", "240000"),
        ("FAX 0197-24-0001", ""),
        ("役場に聞く", ""),
        ("平日は24-0000、夜は24-0001", ""),
        ("", ""),
    ],
)
def test_the_first_telephone_is_dialled_and_never_the_fax_or_the_extension(written: str, number: str) -> None:
    assert dialled(written) == number


@pytest.mark.parametrize(
    ("written", "whole"),
    [
        ("197000021", "0197000021"),
        ("TEL197-00-0021", "TEL0197-00-0021"),
        ("197-00-0021（代表）", "0197-00-0021(代表)"),
        ("0197-00-0021", None),
        ("24-0000", None),
        ("電話なし", None),
    ],
)
def test_the_zero_comes_back_beside_words_too(written: str, whole: str | None) -> None:
    assert with_zero(written) == whole


def test_two_ways_of_writing_are_one_number() -> None:
    assert (
        digits_of("TEL0197-24-0000（代表）") == digits_of("0197(24)0000") == digits_of("０１９７－２４－００００ 内線5")
    )
    assert digits_of("0197-24-0000") != digits_of("0197-24-0001")


@pytest.mark.parametrize("written", ["TEL0197-24-0000", "電話：0197-24-0000", "0197-24-0000（代表）"])
def test_words_beside_a_number_stay_in_lists_and_forms(written: str) -> None:
    listed = read(f"NO,名称,住所,電話番号\n1,東公民館,水沢1,{written}\n".encode(), "x.csv")
    assert listed.facilities[0].site["phone"] == written
    formed = read(f"団体名,活動名,電話\nみどり会,草取り,{written}\n".encode(), "x.csv")
    assert formed.organizations[0].record["contact"]["phone"] == written


@given(some.text("0123456789０１-ー()（） TELFAX電話内線+、", max_size=40))
def test_what_is_dialled_is_figures_that_are_written_there(text: str) -> None:
    number = dialled(text)
    assert number.removeprefix("+").isdigit() or number == ""
    assert number.isascii()
