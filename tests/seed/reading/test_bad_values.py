"""A bad value costs its own field, cell or line: never a list, and never what keeps somebody from harm."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlmodel import select

from models.scope import EVERYWHERE, open_session
from models.tables import Municipality, Opportunity, Placement
from seed.applying import apply
from seed.draft import Draft
from seed.errors import ImportProblem
from seed.exact_schema import exact_validator
from seed.previewing import preview
from seed.reading import read
from seed.reading.schemas import schema_of
from seed.reading.slots import parse_slots
from seed.settings_schema import checked_settings
from seed.writing.slot_text import slot_texts
from tests.conftest import ON

INPUTS = Path(__file__).parent / "inputs"
NOW = datetime(2026, 11, 24, 1, tzinfo=UTC)
HUGE = 10**30


def catalogue(**told: Any) -> dict[str, Any]:
    """One host, one site, one place; `told` says more of them, a dict each."""
    return {
        "format": "participation-catalogue",
        "version": "1.0",
        "organizations": [{"id": "o1", "name": "みどり会", **told.get("organization", {})}],
        "sites": [{"id": "s1", "organization_id": "o1", "name": "広場", **told.get("site", {})}],
        "opportunities": [
            {"id": "p1", "organization_id": "o1", "site_id": "s1", "title": "草とり", **told.get("opportunity", {})}
        ],
        **told.get("file", {}),
    }


def people(**told: Any) -> dict[str, Any]:
    return {
        "format": "participation-participants",
        "version": "1.0",
        "participants": [{"id": "p1", "display_name": "たろう", **told}],
    }


def drafted(document: dict[str, Any]) -> Draft:
    return read(json.dumps(document).encode(), "x.json")


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("opportunity", {"verified_on": "9999-12-31"}),
        ("opportunity", {"verified_on": "0001-01-01"}),
        ("opportunity", {"stale_after_days": HUGE}),
        ("opportunity", {"cost_yen": 2**31}),
        ("opportunity", {"capacity_total": 2**31}),
        ("opportunity", {"reward_yen": -1}),
        ("opportunity", {"notes": "a\x00b"}),
        ("opportunity", {"plain_description": "\ud800"}),
        ("opportunity", {"x_count": float("nan")}),
        ("opportunity", {"x_deep": {"a": [1, {"b": float("inf")}]}}),
        ("opportunity", {"plain_description": "あ" * 100_000}),
        ("opportunity", {"next_opportunity_ids": ["x"] * 10_000}),
        ("opportunity", {"insurance": {"kind": "volunteer_activity", "valid_from": "2027-01-01", "valid_until": "2026-01-01"}}),
        ("opportunity", {"activity_types": ["no_such_thing"]}),
        ("opportunity", {"slots": "月曜"}),
        ("site", {"latitude": 91, "longitude": 141}),
        ("site", {"latitude": 141.1, "longitude": 39.1}),
        ("site", {"step_free": "あり"}),
        ("site", {"toilets": {"western": 3}}),
        ("organization", {"contact": {"phone": 197000021}}),
        ("organization", {"contact": {"phone": "0197-00-0021", "pager": "7"}}),
        ("organization", {"relation_since": "2026-02-30"}),
        ("organization", {"typical_reply_days": 10**6}),
        ("organization", {"corporate_number": "700001205000"}),
        ("organization", {"corporate_number": "７０００01205000x"}),
        ("organization", {"type": "npo\n"}),
        ("opportunity", {"verified_on": "２０２６-01-01"}),
        ("opportunity", {"verified_on": "2026-01-01\n"}),
        ("opportunity", {"slots": [{"start": "10:00\n", "end": "11:00"}]}),
        ("opportunity", {"slots": [{"start": "１0:00", "end": "11:00"}]}),
        ("opportunity", {"slots": [{"season_from": "0１-01", "season_until": "03-31"}]}),
        ("opportunity", {"slots": [{"season_from": "01-01\n", "season_until": "03-31"}]}),
    ],
)  # fmt: skip
def test_a_bad_value_is_left_out_alone_and_told(kind: str, told: dict[str, Any]) -> None:
    draft = drafted(catalogue(**{kind: {**told, "x_kept": "ほかの欄"}}))
    record = getattr(draft, {"organization": "organizations", "site": "sites"}.get(kind, "opportunities"))[0].record
    assert record["x_kept"] == "ほかの欄"
    assert {name: record.get(name) for name in told} != told
    assert [problem.blocking for problem in draft.problems] == [False]
    assert draft.problems[0].sentence.endswith("。")
    draft.problems[0].sentence.encode()
    json.dumps(record, allow_nan=False).encode()


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("opportunity", {"hazards": {"heat": "perhaps"}}),
        ("opportunity", {"hazards": {"no_such_danger": "yes"}}),
        ("opportunity", {"allergens_present": "egg"}),
        ("opportunity", {"conditions": {"min_age": 999}}),
        ("opportunity", {"conditions": {"restricted_to": ["nobody_knows"]}}),
        ("opportunity", {"heaviest_lift_kg": 10**6}),
        ("opportunity", {"status": "closd"}),
        ("opportunity", {"title": "  "}),
        ("opportunity", {"title": "\x00"}),
        ("opportunity", {"id": " "}),
        ("opportunity", {"id": "p1\n"}),
        ("opportunity", {"hazardz": {"heat": "yes"}}),
        ("organization", {"concurrent_limit": HUGE}),
        ("organization", {"burden": {"level": 9}}),
        ("organization", {"x_own\n": 1}),
    ],
)
def test_a_record_stays_out_where_half_of_it_would_be_less_safe(kind: str, told: dict[str, Any]) -> None:
    draft = drafted(catalogue(**{kind: told}))
    assert not getattr(draft, {"organization": "organizations"}.get(kind, "opportunities"))
    assert draft.problems[0].blocking
    draft.problems[0].sentence.encode()


@pytest.mark.parametrize(
    "told",
    [
        {"allergies": {"egg": "perhaps"}},
        {"work_limits": ["no_such_danger"]},
        {"avoid": {"organization_ids": "o1"}},
        {"consents": [{"kind": "record", "given_on": "2026-02-30"}]},
        {"consents": [{"kind": "record", "given_on": "2026-03-01", "valid_until": "9999-12-31"}]},
        {"max_travel_minutes": HUGE},
        {"blocked": [{"days": ["tue"], "valid_from": "2027-01-01", "valid_until": "2026-01-01"}]},
    ],
)
def test_a_person_stays_out_where_a_limit_of_theirs_cannot_be_read(told: dict[str, Any]) -> None:
    draft = drafted(people(**told))
    assert not draft.participants
    assert draft.problems[0].blocking


@pytest.mark.parametrize(
    "heading",
    [
        {"calendar": {"holidays": ["2026-13-01"]}},
        {"calendar": {"holidays": "2026-01-01"}},
        {"calendar": {"school_breaks": [{"from": "2026-08-31", "until": "2026-07-20"}]}},
        {"calendar": [], "x": 1},
        {"municipality": "奥州市"},
        {"municipality": ["03215"]},
        {"municipality": {"code": 3215}},
        {"exported_on": 20261124},
    ],
)
def test_a_malformed_heading_costs_itself_in_one_sentence(heading: dict[str, Any]) -> None:
    name = next(iter(heading))
    draft = drafted(catalogue(file=heading))
    assert getattr(draft, name) is None
    assert len(draft.opportunities) == 1
    assert [problem.blocking for problem in draft.problems if problem.field == name] == [False]


def test_an_impossible_period_is_told_and_leaves_the_days_unknown() -> None:
    draft = read((INPUTS / "impossible-periods.json").read_bytes(), "x.json")
    assert len(draft.opportunities) == 2
    assert [set(entry.record["slots"][0]) for entry in draft.opportunities] == [{"season_note"}] * 2
    assert "終わりが始まりより前" in draft.problems[0].sentence
    assert "暦にありません" in draft.problems[1].sentence


def form(*cells: tuple[str, str]) -> Draft:
    headings, values = zip(*(("団体名", "みどり会"), ("活動名", "草とり"), *cells), strict=True)
    return read(f"{','.join(headings)}\n{','.join(values)}\n".encode(), "x.csv")


def test_a_year_without_an_era_is_unclear_and_costs_its_cell() -> None:
    draft = read((INPUTS / "form-year-without-era.csv").read_bytes(), "x.csv")
    assert len(draft.opportunities) == 2
    assert not any("next_contact_on" in entry.record for entry in draft.organizations)
    assert all("何年のことか" in problem.sentence for problem in draft.problems if problem.field == "次の連絡日")


def test_cells_as_offices_write_them_cost_no_row() -> None:
    draft = read((INPUTS / "form-one-cell-loses-the-row.csv").read_bytes(), "x.csv")
    assert not draft.problems
    free, fifteen, dated = (draft.opportunities[place].record for place in (0, 1, 3))
    assert (free["cost_yen"], fifteen["capacity_total"], dated["verified_on"]) == (0, 15, "2026-11-24")


@pytest.mark.parametrize(
    ("header", "cell"),
    [
        ("定員（人）", "たくさん"),
        ("参加費（円）", "99999999999"),
        ("確認日", "きのう"),
        ("緯度", "九十度"),
        ("段差なし", "たぶん"),
        ("危険あり", "あぶない橋"),
        ("電話", "0197\x0000"),
    ],
)
def test_a_cell_that_cannot_be_read_costs_itself(header: str, cell: str) -> None:
    if "\x00" in cell:
        cell = cell.replace("\x00", "\ufffe")
    draft = form((header, cell), ("備考", "ほか"))
    assert draft.opportunities[0].record["notes"] == "ほか"
    assert all(not problem.blocking for problem in draft.problems)


@pytest.mark.parametrize("header", ["年齢（下限）", "年齢（上限）", "対象の限定", "団体の同時受け入れ上限（人）"])
def test_a_limit_that_cannot_be_read_costs_the_row_because_without_it_there_would_be_none(header: str) -> None:
    draft = form((header, "おとな"))
    assert not draft.opportunities
    assert draft.problems[0].blocking


def test_a_danger_that_cannot_be_read_is_not_said_to_be_away_by_all_others() -> None:
    record = form(("危険あり", "炎天下ぎみ"), ("危険なし", "ほかすべて")).opportunities[0].record
    assert "hazards" not in record or record["hazards"] == {}


def test_hours_in_the_form_are_read_as_offices_write_them() -> None:
    draft = read((INPUTS / "form-hours.csv").read_bytes(), "x.csv")
    assert not draft.problems
    weekdays, half, noon, nth, twice = (entry.record["slots"] for entry in draft.opportunities)
    assert weekdays == [{"days": ["mon", "tue", "wed", "thu", "fri"], "start": "09:00", "end": "17:00"}]
    assert (half[0]["start"], noon[0]["start"], noon[0]["end"]) == ("10:30", "13:30", "15:00")
    assert nth[0]["week_pattern"] == {"kind": "nth", "weeks": [2, 4]}
    assert [(slot["start"], slot["end"]) for slot in twice] == [("09:00", "12:00"), ("13:00", "15:00")]


@pytest.mark.parametrize("text", ["月・水 25:00", "月 25:00-26:00", "農作業のある日", "月 9:00-12:00 2/30-3/31"])
def test_hours_that_cannot_be_are_told_and_leave_the_days_unknown(text: str) -> None:
    draft = form(("曜日と時間", text))
    assert draft.opportunities[0].record["slots"] == [{"season_note": text}]
    assert "曜日と時間は取り込みません" in draft.problems[0].sentence


def test_a_period_that_cannot_be_read_leaves_the_days_unknown() -> None:
    record = form(("曜日と時間", "火 10:00-11:30"), ("実施期間（終了日）", "春まで")).opportunities[0].record
    assert set(record["slots"][0]) == {"season_note"}
    assert "火 10:00-11:30" in record["slots"][0]["season_note"]
    assert "春まで" in record["slots"][0]["season_note"]


_WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_clocks = st.builds("{:02d}:{:02d}".format, st.integers(0, 23), st.integers(0, 59))
_slots = st.fixed_dictionaries(
    {"days": st.sets(st.sampled_from(_WEEK), min_size=1).map(lambda days: sorted(days, key=_WEEK.index)),
     "start": _clocks, "end": _clocks},
    optional={"week_pattern": st.one_of(
        st.just({"kind": "every"}),
        st.lists(st.sampled_from([1, 2, 3, 4, 5]), min_size=1, unique=True).map(
            lambda weeks: {"kind": "nth", "weeks": sorted(weeks)}),
        st.dates().filter(lambda day: 1900 <= day.year <= 2100).map(
            lambda day: {"kind": "alternate", "anchor_date": day.isoformat()}),
    )},
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(_slots)
def test_what_is_written_of_a_slot_is_read_as_it_was(slot: dict[str, Any]) -> None:
    assert parse_slots("; ".join(slot_texts(slot))) == ([slot], [])


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=40))
def test_no_words_about_hours_become_a_day_nobody_said(text: str) -> None:
    slots, _ = parse_slots(text)
    assert all(slot.keys() & {"days", "dates"} or slot.keys() == {"season_note"} for slot in slots)


def _imported(engine: Engine, *documents: dict[str, Any]) -> list[str]:
    """Import the files one after another, in a town of its own; what was told."""
    with open_session(engine, municipality_id=EVERYWHERE) as session:
        town = Municipality(key="t", code="03215", name="奥州市")
        session.add(town)
        session.commit()
        key = town.id
    told: list[str] = []
    with open_session(engine, municipality_id=key) as session:
        for document in documents:
            plan = preview(session, drafted(document), on=ON)
            told += [problem.sentence for problem in plan.problems]
            apply(session, plan, at=NOW, on=ON)
        session.commit()
    return told


def test_what_is_left_can_be_kept_by_either_database(engine: Engine) -> None:
    bad: dict[str, Any] = {
        "verified_on": "9999-12-31", "stale_after_days": HUGE, "cost_yen": 2**31, "notes": "a\x00b",
        "plain_description": "\ud800", "x_nan": float("nan"), "dress": "\x01しろい\x7f服",
    }  # fmt: skip
    file = {"municipality": "奥州市", "calendar": {"holidays": [7]}}
    told = _imported(engine, catalogue(opportunity=bad, file=file), people(birth_date="2090-01-01", x=1))
    assert len(told) == 9
    with open_session(engine, municipality_id=EVERYWHERE) as session:
        kept = session.exec(select(Opportunity)).one()
        assert (kept.dress, kept.cost_yen, kept.notes) == ("しろい服", None, None)


def test_a_birth_to_come_is_left_out() -> None:
    draft = drafted(people(birth_date="2090-01-01"))
    assert draft.participants


def test_a_calendar_that_soon_ends_warns(engine: Engine) -> None:
    told = _imported(engine, catalogue(file={"calendar": {"holidays": ["2026-11-03", "2026-11-23"]}}))
    assert "2026-11-23までしか" in told[0]


def test_a_participation_is_ended_by_file_and_stays_with_its_days(engine: Engine) -> None:
    going = {"opportunity_id": "p1", "state": "joined", "started_on": "2026-05-01"}
    ended = {"opportunity_id": "p1", "state": "ended", "ended_on": "2026-11-20"}
    told = _imported(
        engine, catalogue(), people(active_placements=[going]), people(active_placements=[ended]),
        people(active_placements=[ended]),
    )  # fmt: skip
    assert told == []
    with open_session(engine, municipality_id=EVERYWHERE) as session:
        kept = session.exec(select(Placement)).one()
        assert (kept.state, str(kept.started_on), str(kept.ended_on)) == ("ended", "2026-05-01", "2026-11-20")


@pytest.mark.parametrize("written", ["７０００01205000２", "7000012050002\n", "7-0000-1205-0002", " 7000012050002"])
def test_figures_of_a_corporate_number_are_read_as_figures_and_told(written: str) -> None:
    draft = drafted(catalogue(organization={"corporate_number": written}))
    assert draft.organizations[0].record["corporate_number"] == "7000012050002"
    assert [
        (problem.blocking, "「7000012050002」として読みました" in problem.sentence) for problem in draft.problems
    ] == [(False, True)]


@pytest.mark.parametrize("code", ["０3215", "03215\n"])
def test_a_code_of_a_municipality_is_figures_alone(code: str) -> None:
    draft = drafted(catalogue(file={"municipality": {"code": code, "name": "奥州市"}}))
    assert draft.municipality is None
    with pytest.raises(ImportProblem, match="code"):
        checked_settings({"key": "oshu", "code": code, "name": "奥州市"})


@given(
    st.from_regex(r"\A[0-9０-９:\-\n]{0,6}[0-9a-z]{0,8}\n?\Z"),
    st.sampled_from(["date", "month_day", "time", "id"]),
)
@settings(max_examples=200, deadline=None)
def test_the_quick_look_and_the_slow_one_agree_about_patterns(text: str, name: str) -> None:
    schema = schema_of("catalogue")["$defs"][name]
    quick, slow = jsonschema_rs.Draft202012Validator(schema), exact_validator(schema)
    assert quick.is_valid(text) == slow.is_valid(text)


def test_where_a_nameless_place_lies_is_told_and_a_long_cell_costs_itself() -> None:
    told = "団体名,活動名,地区,住所,備考\nみどり会,草取り,水沢,水沢1-1," + "あ" * 20_000 + "\n青空会,花の水やり,,,\n"
    draft = read(told.encode(), "form.csv")
    assert [entry.record["title"] for entry in draft.opportunities] == ["草取り", "花の水やり"]
    assert "notes" not in draft.opportunities[0].record
    sentences = [problem.sentence for problem in draft.problems]
    assert any("場所名が空なので、住所・地区は取り込みません" in sentence for sentence in sentences)
    assert any("長すぎます" in sentence for sentence in sentences)
    assert not any(problem.blocking for problem in draft.problems)


@pytest.mark.parametrize("header", ["団体名,活動名,備考", "名称,住所,備考"])
def test_a_sign_that_is_none_costs_its_cell_and_not_the_file(header: str) -> None:
    rows = [f"花の会{number},水沢{number}," + ("よい\x00場" if number == 3 else "よい場") for number in range(20)]
    draft = read("\n".join([header, *rows]).encode(), "form.csv")
    assert len(draft.organizations or draft.facilities) == 20
    told = [problem for problem in draft.problems if "NUL" in problem.sentence]
    assert [problem.line for problem in told] == [5]
    assert not any(problem.blocking for problem in draft.problems)
    assert "\x00" not in repr(draft)
