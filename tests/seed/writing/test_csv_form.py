from __future__ import annotations

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from seed.reading import read
from seed.writing import Catalogue, write_form_csv
from seed.writing.columns import COLUMNS
from seed.writing.formulas import unguard

_signs = st.text(alphabet=st.sampled_from("=+-@＝＋－＠−\t\r\n '\";,、|!A1あ\u3000"), min_size=1, max_size=12)


def _catalogue(name: str, notes: str = "") -> Catalogue:
    organization = {"id": "org-1", "name": name, "concurrent_limit": 2}
    opportunity = {"id": "opp-1", "organization_id": "org-1", "title": "畑", "reward_yen": 0}
    return Catalogue([organization], [], [opportunity | ({"notes": notes} if notes else {})])


def _cells(content: bytes, encoding: str = "utf-8-sig") -> dict[str, str]:
    headers, row = csv.reader(io.StringIO(content.decode(encoding), newline=""))
    return dict(zip(headers, row, strict=True))


def test_the_file_opens_in_excel_as_it_is() -> None:
    content = write_form_csv(_catalogue("ひだまり")).content
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.decode("utf-8-sig").splitlines()[0] == ",".join(f'"{column.header}"' for column in COLUMNS)


def test_texts_stand_in_quotes_and_numbers_do_not() -> None:
    row = write_form_csv(_catalogue("ひだまり")).content.decode("utf-8-sig").splitlines()[1]
    assert row.startswith('"org-1","ひだまり","",')
    assert ",2," in row
    assert ",0," in row


@given(_signs)
def test_no_cell_can_become_a_formula_and_the_text_comes_back(text: str) -> None:
    content = write_form_csv(_catalogue("ひだまり", notes=text)).content
    cells = _cells(content)
    for cell in cells.values():
        assert not cell or cell.lstrip()[:1] not in set("=+-@＝＋－＠−")
        assert cell[:1] not in set("\t\r\n")
    assert unguard(cells["備考"]) == text.replace("\r\n", "\n").replace("\r", "\n")


def test_a_separator_inside_a_text_does_not_cut_the_cell() -> None:
    content = write_form_csv(_catalogue("畑;=1+1\t=2")).content.decode("utf-8-sig")
    assert '"畑;=1+1\t=2"' in content


def test_code_page_932_takes_the_twin_of_a_sign_it_lacks() -> None:
    written = write_form_csv(_catalogue("髙﨑—園 12–13 〜①㈱"), encoding="cp932")
    assert _cells(written.content, "cp932")["団体名"] == "髙﨑―園 12－13 ～①㈱"
    assert written.sentences == []


def test_a_sign_that_cannot_be_written_is_named_with_its_cell() -> None:
    written = write_form_csv(_catalogue("𠮷田農園", notes="é☎é"), encoding="cp932")
    assert _cells(written.content, "cp932")["団体名"] == "〓田農園"
    name, notes = written.sentences
    assert name.startswith("2行目の「団体名」の「𠮷」は、この形式（Shift_JIS）では書けないので「〓」にしました。")
    assert notes.startswith("2行目の「備考」の「é」「☎」は、")
    assert write_form_csv(_catalogue("𠮷田農園")).sentences == []


def test_a_minus_that_turns_full_width_is_guarded_too() -> None:
    written = write_form_csv(_catalogue("ひだまり", notes="\u22121+cmd"), encoding="cp932")
    assert _cells(written.content, "cp932")["備考"] == "'－1+cmd"


@given(st.text(max_size=20))
def test_any_text_can_be_written_in_code_page_932(text: str) -> None:
    write_form_csv(_catalogue("ひだまり", notes=text), encoding="cp932").content.decode("cp932")


def test_a_word_of_a_list_is_still_read_as_its_code_from_code_page_932() -> None:
    catalogue = _catalogue("ひだまり")
    opportunity = {**catalogue.opportunities[0], "group_size": "small_2_4"}  # 2〜4人: the wave dash changes
    written = write_form_csv(Catalogue(catalogue.organizations, [], [opportunity]), encoding="cp932")
    draft = read(written.content, "台帳.csv")
    assert draft.problems == []
    assert draft.opportunities[0].record["group_size"] == "small_2_4"
