"""How much a file would become is known before it is built of it."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from seed import packed_files
from seed.errors import ImportProblem
from seed.gtfs.files import feed_files
from seed.packed_files import TooMuchError, check_unpacked, entries_of, pieces_of
from seed.reading import json_files, json_shape, read, sheet, table
from seed.reading.json_shape import check_shape
from seed.reading.schemas import passes, schema_of, validator
from seed.reading.sheet_extent import extent_of

JSON = some.recursive(
    some.none() | some.booleans() | some.integers() | some.text(alphabet='[]{}",\\:あ', max_size=6),
    lambda inner: some.lists(inner, max_size=4) | some.dictionaries(some.text(max_size=3), inner, max_size=4),
    max_leaves=30,
)


def depth(value: object) -> int:
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return (1 if isinstance(value, dict | list) else 0) + max((depth(one) for one in inside), default=0)


@given(JSON, some.booleans())
def test_depth_is_counted_without_what_stands_in_texts(value: object, ascii_only: bool) -> None:
    text = json.dumps(value, ensure_ascii=ascii_only)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(json_shape, "DEEPEST", depth(value))
        check_shape(text, "x.json")
        if depth(value):
            patched.setattr(json_shape, "DEEPEST", depth(value) - 1)
            with pytest.raises(ImportProblem, match="入れ子"):
                check_shape(text, "x.json")


@given(some.text(alphabet='[]{}",\\: a', max_size=60))
def test_what_is_no_json_is_counted_without_falling_over(text: str) -> None:
    check_shape(text, "x.json")


@pytest.mark.parametrize("text", ['"' * 400_001, '\\"' * 400_000, '"' + "\\" * 400_000, '["' + '\\"' * 400_000])
def test_counting_takes_no_longer_than_the_text(text: str) -> None:
    check_shape(text, "x.json")  # seconds, not hours: nothing is tried twice


def test_too_many_values_are_refused_before_they_are_built(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_shape, "MOST_VALUES", 10)
    assert json_files._parsed('["a,b", [1, 2, 3], {"c": 4}]', "x.json")
    monkeypatch.setattr(json, "loads", None)
    with pytest.raises(ImportProblem, match="中身が多すぎ"):
        json_files._parsed("[" + "0," * 10 + "0]", "x.json")


def test_more_records_than_are_written_at_once_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_files, "MOST_RECORDS", {"catalogue": 2, "participants": 2})
    document = {"format": "participation-catalogue", "version": "1.0", "sites": [], "opportunities": []}
    records = [{"id": f"o{n}", "name": "団体"} for n in range(3)]
    with pytest.raises(ImportProblem, match="2件まで"):
        read(json.dumps({**document, "organizations": records}).encode(), "x.json")
    assert len(read(json.dumps({**document, "organizations": records[:2]}).encode(), "x.json").organizations) == 2


def test_a_record_with_a_hundred_thousand_faults_tells_a_few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_files, "MOST_EXPLAINED", 2)
    document = {"format": "participation-catalogue", "version": "1.0", "sites": [], "opportunities": []}
    wrong = [{"id": f"o{n}", "name": "団体", "recent_intakes_on": list(range(2000))} for n in range(4)]
    wrong.append({"id": "good", "name": "団体"})
    draft = read(json.dumps({**document, "organizations": wrong}).encode(), "x.json")
    assert [entry.record["id"] for entry in draft.organizations] == ["good"]
    assert 4 <= len(draft.problems) <= 4 * json_files.MOST_FAULTS
    assert all(problem.blocking for problem in draft.problems)
    assert max(len(problem.sentence) for problem in draft.problems) < 400


ODD = (
    some.none() | some.booleans() | some.integers() | some.floats() | some.text(max_size=4) | some.just("2026-02-30\n")
)


@settings(max_examples=200, deadline=None)
@given(some.data())
def test_what_the_compiled_schema_lets_through_the_other_one_lets_through_too(data: some.DataObject) -> None:
    kind, record_kind = data.draw(
        some.sampled_from([("catalogue", "organization"), ("catalogue", "site"), ("catalogue", "opportunity"), ("participants", "participant")])
    )  # fmt: skip
    fields = sorted(schema_of(kind)["$defs"][record_kind]["properties"])
    value = (
        ODD | some.lists(ODD, max_size=2) | some.dictionaries(some.sampled_from(["level", "kind", "x_a", "days"]), ODD)
    )
    record = data.draw(some.dictionaries(some.sampled_from(fields), value, max_size=4))
    if data.draw(some.booleans()):
        record |= {"id": "x", "name": "な", "title": "だ", "organization_id": "o", "display_name": "よ"}
        record = {name: one for name, one in record.items() if name in fields}
    if passes(kind, record_kind, record):
        assert list(validator(kind, record_kind).iter_errors(record)) == []


def book(cells: dict[str, object]) -> bytes:
    made = Workbook()
    for place, value in cells.items():
        made.active[place] = value
    content = io.BytesIO()
    made.save(content)
    return content.getvalue()


@given(
    some.dictionaries(
        some.tuples(some.integers(1, 3000), some.integers(1, 800)),
        some.text("あ x", min_size=1, max_size=2),
        max_size=5,
    ),
    some.integers(1, 200),
)
def test_the_reach_of_a_sheet_is_seen_in_any_pieces(cells: dict[tuple[int, int], str], size: int) -> None:
    said = "".join(
        f'<row r="{row}"><c r="{get_column_letter(column)}{row}" s="1" t="inlineStr"><is><t>{text}</t></is></c></row>'
        for (row, column), text in sorted(cells.items())
    )
    # A format alone, however far, is nothing to build.
    whole = f'<worksheet><sheetData>{said}<row r="9000"><c r="ZZZ9000" s="2"/></row></sheetData></worksheet>'.encode()
    extent = extent_of(whole[start : start + size] for start in range(0, len(whole), size))
    assert (extent.row, extent.column) == (
        max((row for row, _ in cells), default=0),
        max((column for _, column in cells), default=0),
    )


def test_a_row_counts_when_it_says_something(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "MOST_ROWS", 2)
    rows = {"A1": "団体名", "B1": "活動名", "A2": "A", "B2": "B", "A60": " ", "GZ7": "　", "A90": "C", "B90": "D"}
    assert [entry.line for entry in read(book(rows), "x.xlsx").opportunities] == [2, 90]
    with pytest.raises(ImportProblem, match="2行"):
        read(book({**rows, "A91": "E", "B91": "F"}), "x.xlsx")
    text = "団体名,活動名\nA,B\n" + ",\n" * 50 + "C,D\n"
    assert [entry.line for entry in read(text.encode(), "x.csv").opportunities] == [2, 53]


def test_a_sheet_that_reaches_too_far_says_where_and_builds_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet, "MOST_CELLS", 100)
    monkeypatch.setattr(sheet, "CalamineWorkbook", None)
    with pytest.raises(ImportProblem, match="Z40"):
        read(book({"A1": "団体名", "B1": "活動名", "Z40": " "}), "x.xlsx")


def test_the_first_sheet_is_the_one_that_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    made = Workbook()
    made.active.append(["団体名", "活動名"])
    made.active.append(["A", "B"])
    made.create_sheet("下書き", 1)["Z40"] = "遠い"
    content = io.BytesIO()
    made.save(content)
    monkeypatch.setattr(sheet, "MOST_CELLS", 100)
    assert len(read(content.getvalue(), "x.xlsx").opportunities) == 1


def test_too_many_merged_cells_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet, "MOST_MERGED", 1)
    made = Workbook()
    made.active.append(["団体名", "活動名"])
    for place in ("A3:A4", "A5:A6"):
        made.active.merge_cells(place)
    content = io.BytesIO()
    made.save(content)
    with pytest.raises(ImportProblem, match="結合"):
        read(content.getvalue(), "x.xlsx")


def zipped(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> io.BytesIO:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", method) as archive:
        for name, inside in files.items():
            archive.writestr(name, inside)
    return content


@given(
    some.dictionaries(some.text("ab", min_size=1, max_size=3), some.binary(max_size=4000), max_size=4),
    some.sampled_from([zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED]),
)
def test_a_zip_unpacks_piece_by_piece_to_what_it_holds(files: dict[str, bytes], method: int) -> None:
    content = zipped(files, method)
    with zipfile.ZipFile(content) as archive:
        entries = entries_of(archive, most_bytes=100_000)
        found = {entry.filename: b"".join(pieces_of(content, entry)) for entry in entries}
    assert found == files
    total = sum(map(len, files.values()))
    check_unpacked(content, entries, most_bytes=total)
    if total:
        with pytest.raises(TooMuchError):
            check_unpacked(content, entries, most_bytes=total - 1)


def test_what_a_zip_says_of_itself_is_not_believed() -> None:
    content = zipped({"a.txt": b"0" * 5000})
    with zipfile.ZipFile(content) as archive:
        entries = archive.infolist()
    entries[0].file_size = 10
    with pytest.raises(TooMuchError):
        check_unpacked(content, entries, most_bytes=1000)


def test_too_many_files_in_a_zip_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed_files, "MOST_ENTRIES", 1)
    with pytest.raises(ImportProblem, match="中身が大きすぎ"):
        read(book({"A1": "団体名"}), "x.xlsx")


def test_a_timetable_in_a_zip_within_a_zip_is_asked_to_be_opened_first(tmp_path: Path) -> None:
    outer = zipped({"bus.zip": zipped({"stops.txt": b""}).getvalue()})
    path = tmp_path / "feeds.zip"
    path.write_bytes(outer.getvalue())
    with pytest.raises(ImportProblem, match="また zip"):
        feed_files(path)


def test_the_files_of_a_timetable_are_counted_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("seed.gtfs.files.MOST_BYTES", 100)
    path = tmp_path / "feed.zip"
    path.write_bytes(zipped({"stops.txt": b"x" * 60, "routes.txt": b"y" * 60}).getvalue())
    with pytest.raises(ImportProblem, match="大きすぎ"):
        feed_files(path)
