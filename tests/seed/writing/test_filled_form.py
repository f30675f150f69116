from __future__ import annotations

from typing import Any

import pytest

from matching.vocabulary import VOCABULARIES
from seed.writing import Catalogue
from seed.writing.columns import COLUMNS
from seed.writing.form import fill_form
from seed.writing.key_order import schema
from seed.writing.left_out import LABELS
from seed.writing.slot_text import slot_texts

ORGANIZATION = {"id": "org-1", "name": "あかつき果樹園"}
SITE = {"id": "site-1", "organization_id": "org-1", "name": "選果場"}

HEADERS = [column.header for column in COLUMNS]


def _filled(opportunity: dict[str, Any], **fields: Any) -> tuple[dict[str, Any], list[str]]:
    record = {"id": "opp-1", "organization_id": "org-1", "site_id": "site-1", "title": "りんごの選別"} | opportunity
    sheet = fill_form(
        Catalogue([ORGANIZATION | fields.get("organization", {})], [SITE | fields.get("site", {})], [record])
    )
    (row,) = sheet.rows
    cells = {column.header: cell for column, cell in zip(COLUMNS, row, strict=True) if cell is not None}
    return cells, sheet.sentences


def test_the_headers_are_those_of_the_contract() -> None:
    headers = [column.header for column in COLUMNS]
    assert (headers[0], headers[-1], len(headers)) == ("団体ID", "備考", 109)
    assert [column.header for column in COLUMNS if column.required] == ["団体名", "活動名"]


def test_what_is_not_known_is_an_empty_cell() -> None:
    cells, sentences = _filled({})
    assert cells == {
        "団体ID": "org-1",
        "団体名": "あかつき果樹園",
        "場所ID": "site-1",
        "場所名": "選果場",
        "活動ID": "opp-1",
        "活動名": "りんごの選別",
    }
    assert sentences == []


def test_organization_and_site_are_repeated_on_each_row() -> None:
    opportunities = [
        {"id": f"opp-{number}", "organization_id": "org-1", "site_id": "site-1", "title": "畑"} for number in range(3)
    ]
    sheet = fill_form(Catalogue([ORGANIZATION], [SITE], opportunities))
    host, site = (HEADERS.index(header) for header in ("団体名", "場所名"))
    assert [(row[host], row[site]) for row in sheet.rows] == [("あかつき果樹園", "選果場")] * 3


def test_codes_are_written_as_the_words_of_the_staff() -> None:
    cells, _ = _filled(
        {
            "activity_types": ["sorting_produce", "box_assembly"],
            "drop_rule": "free",
            "visit_ok": "conditional",
            "trial_ok": "unknown",
            "reward_per": "session",
            "pickup": {"days": ["wed", "mon"]},
        },
        organization={"type": "farmer", "motives": ["need_hands", "community"]},
    )
    assert cells["団体種別"] == "農家"
    assert cells["受け入れの動機"] == "人手、地域貢献"
    assert cells["活動の種類"] == "選別・袋詰め（農産物）、箱折り・組立"
    assert (cells["遅刻・早退・当日欠席"], cells["見学"], cells["体験"]) == ("自由", "条件付き", "未確認")
    assert (cells["謝礼の単位"], cells["送迎の曜日"]) == ("1回", "月水")


def test_numbers_stay_numbers_and_zero_is_a_value() -> None:
    cells, _ = _filled({"cost_yen": 0, "heaviest_lift_kg": 7.5, "loads": {"body": 0}}, site={"latitude": 39.194})
    assert (cells["参加費（円）"], cells["一番重い物（kg）"], cells["負荷・体力（0-4）"]) == (0, 7.5, 0)
    assert cells["緯度"] == 39.194


def test_the_codes_of_each_answer_have_their_column() -> None:
    cells, _ = _filled({"hazards": {"heat": "yes", "heights": "conditional", "night_work": "no", "driving": "unknown"}})
    label = VOCABULARIES["hazards"].label
    assert cells["危険あり"] == label("heat")
    assert cells["危険（頼めば外せる）"] == label("heights")
    assert cells["危険なし"] == label("night_work")


def test_no_label_holds_a_separator_or_is_taken_for_another_code() -> None:
    for column in COLUMNS:
        if column.vocabulary:
            for code in column.vocabulary.codes:
                label = column.vocabulary.label(code)
                assert not set("、;；\n") & set(label), label
                assert column.vocabulary.code_of(label) == code, (column.header, label)


@pytest.mark.parametrize(
    ("slot", "texts"),
    [
        ({"days": ["tue"], "start": "10:00", "end": "11:30"}, ["火 10:00-11:30"]),
        (
            {
                "days": ["fri", "wed", "mon"],
                "start": "10:00",
                "end": "12:30",
                "season_from": "12-01",
                "season_until": "02-28",
            },
            ["月水金 10:00-12:30 12/01-02/28"],
        ),
        (
            {"days": ["fri"], "start": "13:30", "end": "15:00", "week_pattern": {"kind": "nth", "weeks": [2, 4]}},
            ["第2・4 金 13:30-15:00"],
        ),
        (
            {"days": ["sat"], "start": "10:00", "end": "11:30", "week_pattern": {"kind": "nth", "weeks": [-1]}},
            ["最終 土 10:00-11:30"],
        ),
        (
            {
                "days": ["sun"],
                "start": "20:00",
                "end": "21:00",
                "week_pattern": {"kind": "alternate", "anchor_date": "2026-11-29"},
            },
            ["隔週(2026-11-29) 日 20:00-21:00"],
        ),
        (
            {"days": ["mon"], "start": "22:00", "end": "06:00", "week_pattern": {"kind": "every"}},
            ["毎週 月 22:00-06:00"],
        ),
        ({"dates": ["2026-12-19"], "start": "13:00", "end": "15:00"}, ["2026-12-19 13:00-15:00"]),
        ({"days": ["mon"]}, []),
    ],
)
def test_a_slot_is_written_as_the_contract_shows(slot: dict[str, Any], texts: list[str]) -> None:
    assert slot_texts(slot) == texts


def test_what_all_slots_share_has_its_column() -> None:
    slots = [
        {"days": [day], "start": "10:00", "end": "11:00", "on_holidays": "no", "valid_from": "2026-12-01"}
        for day in ("mon", "tue")
    ]
    cells, sentences = _filled({"slots": slots})
    assert cells["曜日と時間"] == "月 10:00-11:00; 火 10:00-11:00"
    assert (cells["祝日も実施"], cells["実施期間（開始日）"]) == ("いいえ", "2026-12-01")
    assert sentences == []


def test_what_differs_between_slots_is_left_empty_and_said() -> None:
    slots = [
        {"days": ["mon"], "start": "10:00", "end": "11:00", "on_holidays": "no"},
        {"days": ["tue"], "start": "10:00", "end": "11:00"},
    ]
    cells, sentences = _filled({"slots": slots})
    assert "祝日も実施" not in cells
    assert sentences == [
        "「祝日も実施」は枠ごとに違うので、空欄にしました。枠の日時や手順の文を書きかえないかぎり、登録されている値はそのまま残ります（りんごの選別）。"
    ]


@pytest.mark.parametrize(
    ("opportunity", "words"),
    [
        (
            {"slots": [{"days": ["mon"], "start": "10:00", "end": "11:00", "except_dates": ["2026-12-28"]}]},
            "「枠の除外日」",
        ),
        ({"slots": [{"days": ["mon"]}]}, "時刻の分からない枠を書けません"),
        ({"slots": [{"season_note": "秋"}, {"season_note": "秋"}]}, "時刻の分からない枠を書けません"),
        ({"items": []}, "「持ち物」が「なし」と分かっていること"),
        ({"task_steps": [{"text": "箱を開いて、中に入れる"}]}, "「作業の手順」の中の「、」"),
        ({"task_steps": [{"text": "箱を開く", "posture": "sitting"}]}, "「手順ごとの姿勢」"),
        ({"task_steps": [{"text": "箱を開く", "order": 2}]}, "「手順の番号」"),
        ({"notes": "（消す）"}, "「備考」の「（消す）」"),
        ({"notes": "a\x00b"}, "目に見えない文字を除きました"),
        ({"notes": "長" * 5_000}, "「備考」は4,999字より長いので、空欄にしました"),
        ({"x_local": 1}, "独自の項目 x_local"),
    ],
)
def test_what_the_form_cannot_say_is_said_in_a_sentence(opportunity: dict[str, Any], words: str) -> None:
    _, sentences = _filled(opportunity)
    assert len(sentences) == 1
    assert words in sentences[0]
    assert sentences[0].endswith("。")


def test_an_activity_whose_site_is_missing_keeps_its_row() -> None:
    cells, sentences = _filled({"site_id": "site-9"})
    assert "場所ID" not in cells
    assert "活動の場所が一覧にないので、場所は空欄です（りんごの選別）。" in sentences


def test_an_activity_in_the_rooms_of_another_organization_is_pointed_out() -> None:
    _, sentences = _filled({}, site={"organization_id": "org-2"})
    assert sentences == [
        "ほかの団体の場所で行う活動は、表を読み込むと自分の団体の場所として扱われます（りんごの選別）。"
    ]


def test_an_organization_or_a_site_without_an_activity_is_named() -> None:
    sheet = fill_form(Catalogue([ORGANIZATION], [SITE]))
    assert sheet.rows == []
    assert sheet.sentences == [
        "活動がまだない団体は、表に入っていません（あかつき果樹園）。",
        "活動がまだない場所は、表に入っていません（選果場）。",
    ]


def test_fields_without_a_column_are_named_once_for_the_whole_catalogue() -> None:
    organizations = [
        ORGANIZATION | {"id": f"org-{n}", "kana": "アカツキ", "contact": {"role": "園主"}} for n in range(9)
    ]
    opportunities = [{"id": f"opp-{n}", "organization_id": f"org-{n}", "title": "畑"} for n in range(9)]
    (sentence,) = fill_form(Catalogue(organizations, [], opportunities)).sentences
    assert sentence == (
        "団体のうち、次の項目は表に欄がないので入っていません：団体名のよみ、担当者の役割。"
        "表を読み込み直しても、登録されている値はそのまま残ります。"
    )


def _fields(shape: dict[str, Any], path: str) -> set[str]:
    root = schema("catalogue")
    while "$ref" in shape:
        shape = root["$defs"][shape["$ref"].rsplit("/", 1)[-1]]
    if path in LABELS:
        return {path}
    if shape.get("type") == "array" and "properties" in shape.get("items", {}):
        return _fields(shape["items"], f"{path}[]")
    if "properties" in shape:
        return set().union(*(_fields(each, f"{path}.{name}") for name, each in shape["properties"].items()))
    return {path}


def test_every_field_of_the_schema_has_a_column_or_a_name_in_the_sentences() -> None:
    said_by_the_row = {"site.organization_id", "opportunity.organization_id", "opportunity.site_id"}
    slot_text = {"days", "dates", "start", "end", "week_pattern.kind", "week_pattern.weeks", "week_pattern.anchor_date"}
    slot_text |= {"season_from", "season_until"}
    known = {column.target.partition("=")[0] for column in COLUMNS} | set(LABELS) | said_by_the_row
    known |= {f"opportunity.slots[].{name}" for name in slot_text}
    kinds = ("organization", "site", "opportunity")
    fields = set().union(*(_fields({"$ref": f"#/$defs/{kind}"}, kind) for kind in kinds))
    assert fields <= known
    assert set(LABELS) <= fields
