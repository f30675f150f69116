from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seed.errors import ImportProblem
from seed.gazetteer import Town, read_gazetteer

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "towns"

TOWN_LEVEL = (
    '"都道府県コード","都道府県名","市区町村コード","市区町村名","大字町丁目コード","大字町丁目名","緯度","経度",'
    '"原典資料コード","大字・字・丁目区分コード"\r\n'
    '"03","岩手県","03215","奥州市","032150001000","江刺岩谷堂","39.203392","141.189612","0","1"\r\n'
    '"03","岩手県","03215","奥州市","032150002000","水沢大手町一丁目","39.144","141.139","0","3"\r\n'
    '"03","岩手県","03201","盛岡市","032010001000","中央通一丁目","39.704","141.150","0","3"\r\n'
)
BLOCK_LEVEL = (
    '"都道府県名","市区町村名","大字・丁目名","小字・通称名","街区符号・地番","座標系番号","Ｘ座標","Ｙ座標","緯度","経度",'
    '"住居表示フラグ","代表フラグ","更新前履歴フラグ","更新後履歴フラグ"\r\n'
    '"北海道","勇払郡厚真町","京町","","1","12","1.0","2.0","42.720000","141.870000","0","1","0","0"\r\n'
    '"北海道","勇払郡厚真町","京町","","2","12","1.0","2.0","42.730000","141.890000","0","1","0","0"\r\n'
    '"北海道","勇払郡厚真町","字上野","川向","3","12","1.0","2.0","42.680000","141.850000","0","1","0","0"\r\n'
)


def _json(*rows: dict[str, object]) -> bytes:
    return json.dumps(rows, ensure_ascii=False).encode()


def test_the_file_name_says_whose_towns_they_are() -> None:
    content = _json({"town": "字上野", "koaza": "", "lat": 42.687913, "lng": 141.859447})
    assert read_gazetteer(content, "勇払郡厚真町.json") == [
        Town("", "勇払郡厚真町", "", "字上野", "", 42.687913, 141.859447)
    ]
    assert read_gazetteer(content, "北海道勇払郡厚真町.json")[0].prefecture == "北海道"


def test_the_chosen_municipality_goes_before_the_file_name() -> None:
    content = _json({"town": "青葉町", "koaza": "", "lat": 38.28, "lng": 140.86})
    (town,) = read_gazetteer(content, "towns (1).json", municipality=("宮城県", "仙台市青葉区", "04101"))
    assert (town.prefecture, town.municipality, town.code) == ("宮城県", "仙台市青葉区", "04101")


def test_a_town_without_a_position_is_kept_as_a_name() -> None:
    (town,) = read_gazetteer(_json({"town": "朝日一丁目", "koaza": "", "lat": None, "lng": None}), "仙台市泉区.json")
    assert (town.latitude, town.longitude) == (None, None)


@pytest.mark.parametrize("encoding", ["cp932", "utf-8", "utf-8-sig", "utf-16"])
def test_the_town_level_list_is_read_in_every_common_encoding(encoding: str) -> None:
    towns = read_gazetteer(TOWN_LEVEL.encode(encoding), "03000-18.0b.csv")
    assert [town.town for town in towns] == ["江刺岩谷堂", "水沢大手町一丁目", "中央通一丁目"]
    assert towns[0] == Town("岩手県", "奥州市", "03215", "江刺岩谷堂", "", 39.203392, 141.189612)


def test_only_the_rows_of_the_chosen_municipality_are_taken() -> None:
    towns = read_gazetteer(TOWN_LEVEL.encode("cp932"), "03.csv", municipality=("岩手県", "奥州市", "03215"))
    assert {town.municipality for town in towns} == {"奥州市"}


def test_a_designated_city_takes_the_rows_of_its_wards() -> None:
    content = TOWN_LEVEL.replace("奥州市", "仙台市青葉区").replace("岩手県", "宮城県").encode("cp932")
    towns = read_gazetteer(content, "04.csv", municipality=("宮城県", "仙台市", "04100"))
    assert {town.municipality for town in towns} == {"仙台市青葉区"}


def test_blocks_come_together_at_the_mean_of_their_town() -> None:
    towns = read_gazetteer(BLOCK_LEVEL.encode("cp932"), "01581-21.0a.csv")
    assert towns == [
        Town("北海道", "勇払郡厚真町", "", "京町", "", 42.725, 141.88),
        Town("北海道", "勇払郡厚真町", "", "字上野", "", 42.68, 141.85),
        Town("北海道", "勇払郡厚真町", "", "字上野", "川向", 42.68, 141.85),
    ]


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "奥州市.json", "空のファイル"),
        (b"[]", "奥州市.json", "町の名前が一つもありません"),
        (b'[{"town": "a"', "奥州市.json", "壊れています"),
        (b'{"towns": 1}', "奥州市.json", "地名の一覧の形ではありません"),
        (_json({"town": "上野", "lat": 42.6, "lng": 141.8}), "towns.json", "どの市町村の一覧か分かりません"),
        (_json({"koaza": "上野", "lat": 42.6, "lng": 141.8}), "奥州市.json", "1件目に町の名前"),
        (_json({"town": "上野", "lat": 141.8, "lng": 42.6}), "奥州市.json", "1件目の緯度「141.8」・経度「42.6」"),
        (_json({"town": "上野", "lat": "北", "lng": 42.6}), "奥州市.json", "日本の中の位置になりません"),
        (_json({"town": "上野", "lat": 39.1, "lng": None}), "奥州市.json", "日本の中の位置になりません"),
        ("名前,住所\r\nあ,い\r\n".encode(), "名簿.csv", "見出しが位置参照情報のものと違います"),
        (TOWN_LEVEL.replace('"39.144"', '"x"').encode("cp932"), "a.csv", "3行目の緯度「x」"),
        (TOWN_LEVEL.replace('"盛岡市"', '""').encode("cp932"), "a.csv", "4行目に市区町村名"),
        (TOWN_LEVEL.replace('"江刺岩谷堂"', '""').encode("cp932"), "a.csv", "2行目に大字町丁目名"),
        (b"\x81\xff\x00\xfe\x80", "a.csv", "文字として読めません"),
    ],
)
def test_a_file_that_cannot_be_used_gets_one_sentence(content: bytes, name: str, words: str) -> None:
    with pytest.raises(ImportProblem, match=words) as caught:
        read_gazetteer(content, name)
    assert str(caught.value).startswith(f"「{name}」")
    assert str(caught.value).endswith("。")


def test_a_list_of_another_place_is_not_taken_for_ours() -> None:
    with pytest.raises(ImportProblem, match="遠野市の町の名前がありません"):
        read_gazetteer(TOWN_LEVEL.encode("cp932"), "03.csv", municipality=("岩手県", "遠野市", "03208"))


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_whatever_the_bytes_the_answer_is_towns_or_a_sentence(content: bytes) -> None:
    try:
        towns = read_gazetteer(content, "奥州市.json")
    except ImportProblem as problem:
        sentence = str(problem)
    else:
        assert towns
        return
    assert sentence.endswith("。")


@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared/data/towns is not here")
def test_the_real_lists_are_read_whole() -> None:
    for path in SHARED.glob("*.json"):
        towns = read_gazetteer(path.read_bytes(), path.name)
        assert len(towns) == len(json.loads(path.read_text(encoding="utf-8")))
        assert {town.municipality for town in towns} == {path.stem}
