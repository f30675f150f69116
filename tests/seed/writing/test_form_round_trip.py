"""What the form has a column for comes back as it was, from CSV in both encodings and from XLSX."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from seed.draft import Draft
from seed.reading import read
from seed.records import Record
from seed.writing import Catalogue, write_form_csv
from seed.writing.columns import COLUMNS, Column
from seed.writing.xlsx_form import write_form_xlsx

EXAMPLE = Path(__file__).resolve().parents[4] / "shared" / "interchange" / "example-catalogue.json"

# Shrinking a whole catalogue takes minutes and shows little more than the first failure does.
FAST = (Phase.explicit, Phase.reuse, Phase.generate)

# Ordinary words, and every sign that a spreadsheet or a separator could trip over. All of them exist in CP932.
_ALPHABET = st.sampled_from("あ畑園A1髙 '=+-@＝＋－＠,;；、|!\"\n\t（消す）\u3000○_x０")
_PIECE_ALPHABET = st.sampled_from("あ畑園A1髙 '=+-@＝＋－＠,!\"\t（消す）\u3000○_x０")


def _trimmed(text: str) -> str:
    """As a cell can hold it: not empty, no blanks around, not the word that erases."""
    return text.strip().replace("（消す）", "") or "畑"


_texts = st.text(_ALPHABET, min_size=1, max_size=12).map(_trimmed)
_piece = st.text(_PIECE_ALPHABET, min_size=1, max_size=8).map(_trimmed)
_dates = st.dates(date(1900, 1, 1), date(2100, 12, 31)).map(lambda day: day.isoformat())
_clocks = st.builds("{:02d}:{:02d}".format, st.integers(0, 23), st.integers(0, 59))
_month_days = st.dates().map(lambda day: f"{day:%m-%d}")
_WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_days = st.sets(st.sampled_from(_WEEK), min_size=1).map(lambda days: [day for day in _WEEK if day in days])
_weeks = st.sets(st.sampled_from([1, 2, 3, 4, 5, -1]), min_size=1).map(
    lambda weeks: sorted(weeks, key=lambda n: (n < 0, n))
)
_patterns = st.one_of(
    st.just({"kind": "every"}),
    st.builds(lambda weeks: {"kind": "nth", "weeks": weeks}, _weeks),
    st.builds(lambda day: {"kind": "alternate", "anchor_date": day}, _dates),
)


@st.composite
def _slot(draw: st.DrawFn) -> Record:
    slot: Record = {"start": draw(_clocks), "end": draw(_clocks)}
    if draw(st.booleans()):
        slot["dates"] = [draw(_dates)]
    else:
        slot["days"] = draw(_days)
        if draw(st.booleans()):
            slot["week_pattern"] = draw(_patterns)
    if draw(st.booleans()):
        slot |= {"season_from": draw(_month_days), "season_until": draw(_month_days)}
    return slot


def _degrees(column: Column) -> tuple[int, int]:
    """In Japan; nothing is heavier than what one lifts."""
    return (123 * 10**6, 153 * 10**6) if column.path == ("longitude",) else (21 * 10**6, 45 * 10**6)


def _in_order(value: Any) -> None:
    """No period ends before it begins."""
    if isinstance(value, list):
        for inner in value:
            _in_order(inner)
    elif isinstance(value, dict):
        if "valid_from" in value and "valid_until" in value:
            value["valid_from"], value["valid_until"] = sorted((value["valid_from"], value["valid_until"]))
        for inner in value.values():
            _in_order(inner)


def _value(column: Column) -> st.SearchStrategy[Any]:
    codes = st.sampled_from(column.vocabulary.codes) if column.vocabulary else st.nothing()
    simple: dict[str, st.SearchStrategy[Any]] = {
        "text": _texts,
        "texts": st.lists(_piece, min_size=1, max_size=3),
        "ids": st.just(["opp-next", "opp-other"]),
        "integer": st.integers(1 if column.path[-1] in ("level", "stale_after_days") else 0, 4),
        "number": st.integers(*_degrees(column)).map(lambda number: number / 10**6),
        "date": _dates,
        "days": _days,
        "slots": st.lists(_slot(), min_size=1, max_size=3),
    }
    if column.shape in simple:
        return simple[column.shape]
    return codes if column.shape in ("code", "enum", "four") else st.lists(codes, min_size=1, unique=True)


@st.composite
def _record(draw: st.DrawFn, kind: str, **fixed: str) -> Record:
    """A record with any of the fields that have a column, and no other."""
    record: Record = dict(fixed)
    shared: Record = {}
    for column in COLUMNS:
        if column.kind != kind or column.shape == "id" or column.header in ("団体名", "場所名", "活動名"):
            continue
        if draw(st.integers(0, 3)):  # most cells of a real form are empty
            continue
        value = draw(_value(column))
        *outer, last = column.path
        if column.level:
            record.setdefault(last, {}).update(
                {code: column.level for code in value if code not in record.get(last, {})}
            )
        elif outer == ["slots", "[]"]:
            shared[last] = value
        elif outer[-1:] == ["[]"]:
            record[outer[0]] = [{last: text} for text in value]
        else:
            place = record
            for key in outer:
                place = place.setdefault(key, {})
            place[last] = value
    if shared:
        record["slots"] = [slot | shared for slot in record.get("slots", [{"season_note": "未定"}])]
    _in_order(record)
    for half, other in (("latitude", "longitude"), ("longitude", "latitude")):
        if other not in record:
            record.pop(half, None)
    return record


@st.composite
def _catalogues(draw: st.DrawFn) -> Catalogue:
    organizations, sites, opportunities = [], [], []
    for number in range(draw(st.integers(1, 2))):
        host = f"org-{number}"
        organizations.append(draw(_record("organization", id=host, name=draw(_texts))))
        places: list[str | None] = [None] if draw(st.booleans()) else []
        for each in range(draw(st.integers(0 if places else 1, 2))):
            place = f"site-{number}-{each}"
            sites.append(draw(_record("site", id=place, organization_id=host, name=draw(_texts))))
            places.append(place)
        for each, where in enumerate(places):
            fixed = {"id": f"opp-{number}-{each}", "organization_id": host, "title": draw(_texts)}
            opportunities.append(draw(_record("opportunity", **fixed, **({"site_id": where} if where else {}))))
    return Catalogue(organizations, sites, opportunities)


def _same(draft: Draft, catalogue: Catalogue) -> None:
    assert draft.problems == []
    assert draft.unmapped == []
    assert [entry.record for entry in draft.organizations] == list(catalogue.organizations)
    assert [entry.record for entry in draft.sites] == list(catalogue.sites)
    assert [entry.record for entry in draft.opportunities] == list(catalogue.opportunities)


@settings(max_examples=60, deadline=None, phases=FAST)
@given(_catalogues())
def test_records_come_back_from_csv(catalogue: Catalogue) -> None:
    written = write_form_csv(catalogue)
    assert written.sentences == []
    _same(read(written.content, "台帳.csv"), catalogue)


@settings(max_examples=20, deadline=None, phases=FAST)
@given(_catalogues())
def test_records_come_back_from_code_page_932(catalogue: Catalogue) -> None:
    written = write_form_csv(catalogue, encoding="cp932")
    assert written.sentences == []
    _same(read(written.content, "台帳.csv"), catalogue)


@settings(max_examples=20, deadline=None, phases=FAST)
@given(_catalogues())
def test_records_come_back_from_xlsx(catalogue: Catalogue) -> None:
    written = write_form_xlsx(catalogue)
    assert written.sentences == []
    _same(read(written.content, "台帳.xlsx"), catalogue)


@pytest.mark.skipif(not EXAMPLE.is_file(), reason="../shared/interchange is not here")
def test_every_value_of_the_example_comes_back_or_is_named_in_a_sentence() -> None:
    document = json.loads(EXAMPLE.read_text(encoding="utf-8"))
    catalogue = Catalogue(document["organizations"], document["sites"], document["opportunities"])
    written = write_form_csv(catalogue)
    draft = read(written.content, "台帳.csv")
    assert draft.problems == []
    again = write_form_csv(
        Catalogue(
            *([entry.record for entry in each] for each in (draft.organizations, draft.sites, draft.opportunities))
        )
    )
    assert again.content == written.content
    # A second writing has nothing left to say: all that was lost in the first was named there.
    assert again.sentences == []
    assert written.sentences != []
