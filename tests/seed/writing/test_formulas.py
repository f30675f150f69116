from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seed.writing.formulas import guard, unguard

_any_text = st.text() | st.text(alphabet="'=+-@＝＋－＠−\t\r\n \u3000\ufeff\u200ba1|!")


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+81-197-00-0001",
        "-5",
        "@SUM(A1)",
        "＝１＋１",
        "＋1",
        "－1",
        "−1",
        "＠here",
        "\t=1",
        "\r\n=1",
        "\t覚え書き",
        " =1+1",
        "\u3000=1+1",
        "\ufeff=1",
        "'=1",
        "=cmd|' /C calc'!A0",
        '=HYPERLINK("https://example.jp")',
        "-2+3+cmd|' /C calc'!A0",
        '@SUM(1+9)*cmd|"/C calc"!A0',
    ],
)
def test_what_a_spreadsheet_could_run_gets_an_apostrophe(text: str) -> None:
    assert guard(text) == f"'{text}"


@pytest.mark.parametrize(
    "text", ["", "りんご", "0197-00-0001", "'90年代の歌", "a=b", "（-_-）", "12時〜13時", "2026-12-01"]
)
def test_ordinary_text_stays_as_it_is(text: str) -> None:
    assert guard(text) == text
    assert unguard(text) == text


@given(_any_text)
def test_the_guard_comes_off_again(text: str) -> None:
    assert unguard(guard(text)) == text


@given(_any_text)
def test_nothing_guarded_begins_like_a_formula(text: str) -> None:
    assert guard(text).lstrip()[:1] not in set("=+-@＝＋－＠−")
