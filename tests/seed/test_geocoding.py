from __future__ import annotations

import re
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from geopy.distance import great_circle
from geopy.exc import GeocoderUnavailable
from hypothesis import given, settings
from hypothesis import strategies as st

from seed.gazetteer import Town, read_gazetteer
from seed.geocoding import GazetteerGeocoder
from seed.municipalities import Municipality

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "towns"
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="../shared/data/towns is not here")
PREFECTURES = {"奥": "岩手県", "勇": "北海道", "仙": "宮城県", "米": "鳥取県", "草": "滋賀県"}


def _town(municipality: str, town: str, koaza: str = "", latitude: float | None = 39.0, **more: Any) -> Town:
    longitude = None if latitude is None else 141.0
    return Town(more.get("prefecture", ""), municipality, more.get("code", ""), town, koaza, latitude, longitude)


OSHU = [
    _town("奥州市", "江刺岩谷堂", "", 39.20),
    _town("奥州市", "江刺岩谷堂", "下苗代沢", 39.18),
    _town("奥州市", "江刺岩谷堂", "五道ヶ辻", 39.21),
    _town("奥州市", "江刺岩谷堂", "北", 39.22),
    _town("奥州市", "胆沢小山", "", 39.11),
    _town("奥州市", "水沢", "", 39.139),
    _town("奥州市", "水沢大手町一丁目", "", 39.144),
    _town("奥州市", "水沢大手町二丁目", "", 39.146),
    _town("奥州市", "水沢佐倉河", "", 39.16),
    _town("奥州市", "衣川壁ヶ沢", "", 39.01),
    _town("奥州市", "江刺杉ノ町", "", 39.19),
]
ATSUMA = [_town("勇払郡厚真町", "字上野", "", 42.687), _town("勇払郡厚真町", "京町", "", 42.722)]
SENDAI = [
    _town("仙台市青葉区", "国分町一丁目", "", 38.261),
    _town("仙台市青葉区", "国分町三丁目", "", 38.267),
    _town("仙台市青葉区", "本町", "", 38.266),
    _town("仙台市泉区", "本町", "", 38.32),
    _town("仙台市泉区", "鶴が丘三丁目", "", 38.322),
    _town("仙台市泉区", "朝日一丁目", "", None),
]
EVERYWHERE = GazetteerGeocoder(
    [*OSHU, *ATSUMA, *SENDAI],
    municipalities=[
        Municipality("岩手県", "奥州市", "03215", 39.1444, 141.1389),
        Municipality("北海道", "勇払郡厚真町", "01581"),
        *(Municipality("宮城県", f"仙台市{ward}") for ward in ("青葉区", "泉区")),
    ],
)
AT_HOME = GazetteerGeocoder(OSHU, municipalities=[Municipality("岩手県", "奥州市", "03215", 39.1444, 141.1389)])


@pytest.mark.parametrize(
    ("query", "matched", "level"),
    [
        ("岩手県奥州市江刺岩谷堂字下苗代沢１２", "江刺岩谷堂下苗代沢", "koaza"),
        ("〒023-1111 岩手県奥州市江刺岩谷堂字五道が辻12-3", "江刺岩谷堂五道ヶ辻", "koaza"),
        ("0231111 奥州市江刺岩谷堂五道ケ辻", "江刺岩谷堂五道ヶ辻", "koaza"),
        ("奥州市胆沢小山字附野1", "胆沢小山", "town"),
        ("奥州市胆沢大字小山1", "胆沢小山", "town"),
        ("奥州市水沢大手町１丁目２−３", "水沢大手町一丁目", "town"),
        ("奥州市水沢大手町2-5-1", "水沢大手町二丁目", "town"),
        ("水沢大手町一丁目", "水沢大手町一丁目", "town"),
        ("奥州市水沢大手町", "水沢大手町", "town"),
        ("奥州市 水沢 佐倉河 5", "水沢佐倉河", "town"),
        ("奥州市水沢区佐倉河字十文字", "水沢佐倉河", "town"),
        ("奥州市衣川壁ケ澤5", "衣川壁ヶ沢", "town"),
        ("奥州市江刺杉の町", "江刺杉ノ町", "town"),
        ("奥州市江刺杉之町", "江刺杉ノ町", "town"),
        ("北海道勇払郡厚真町京町120", "京町", "town"),
        ("北海道厚真町京町120", "京町", "town"),
        ("厚真町字上野", "字上野", "town"),
        ("厚真町上野3", "字上野", "town"),
        ("仙台市青葉区国分町3-7-1", "国分町三丁目", "town"),
        ("仙台市国分町三丁目7", "国分町三丁目", "town"),
        ("青葉区本町", "本町", "town"),
        ("宮城県仙台市泉区鶴ヶ丘3丁目", "鶴が丘三丁目", "town"),
        ("仙台市泉区朝日一丁目4", "仙台市泉区", "municipality"),
        ("奥州市名前のない所", "奥州市", "municipality"),
        ("北海道勇払郡厚真町", "勇払郡厚真町", "municipality"),
        ("仙台市", "仙台市", "municipality"),
    ],
)
def test_an_address_is_found_however_it_is_written(query: str, matched: str, level: str) -> None:
    location = EVERYWHERE.geocode(query)
    assert location is not None
    assert (location.raw["matched"], location.raw["level"]) == (matched, level)


def test_the_answer_says_where_it_was_found() -> None:
    location = EVERYWHERE.geocode("厚真町字上野3")
    assert location.address == "北海道勇払郡厚真町字上野"
    assert (location.latitude, location.longitude) == (42.687, 141.0)
    assert location.raw == {
        "level": "town",
        "matched": "字上野",
        "prefecture": "北海道",
        "municipality": "勇払郡厚真町",
        "code": "01581",
        "town": "字上野",
        "koaza": "",
    }


@pytest.mark.parametrize(
    "query", ["", "  ", "東京都千代田区1", "盛岡市水沢1", "宮城県奥州市江刺岩谷堂", "どこか", "日本"]
)
def test_a_place_that_nobody_knows_is_none(query: str) -> None:
    assert EVERYWHERE.geocode(query) is None
    assert EVERYWHERE.geocode(query, exactly_one=False) is None


def test_a_town_at_home_needs_no_municipality_and_an_unknown_one_is_at_its_centre() -> None:
    assert AT_HOME.geocode("江刺岩谷堂字下苗代沢12").raw["level"] == "koaza"
    centre = AT_HOME.geocode("新しい団地3-2")
    assert (centre.raw["level"], centre.latitude) == ("municipality", 39.1444)


@pytest.mark.parametrize("query", ["盛岡市中央通1-1", "水沢江刺市北町1", "紫波郡紫波町日詰", "秋田県横手市", "秋田県"])
def test_another_municipality_is_not_put_at_home(query: str) -> None:
    assert AT_HOME.geocode(query) is None


def test_without_a_given_centre_it_is_the_middle_of_the_towns() -> None:
    far = [_town("奥州市", name, "", latitude) for name, latitude in (("甲", 39.0), ("乙", 39.1), ("丙", 39.9))]
    assert GazetteerGeocoder(far).geocode("奥州市").latitude == 39.1


def test_a_name_in_two_wards_is_the_city_and_both_when_asked() -> None:
    assert EVERYWHERE.geocode("仙台市本町1").raw["matched"] == "仙台市"
    both = EVERYWHERE.geocode("仙台市本町1", exactly_one=False)
    assert {location.raw["municipality"] for location in both} == {"仙台市青葉区", "仙台市泉区"}


def test_a_name_in_two_municipalities_is_not_guessed() -> None:
    two = GazetteerGeocoder([_town("甲市", "本町"), _town("乙市", "本町")])
    assert two.geocode("本町1") is None
    assert two.geocode("乙市本町1").raw["municipality"] == "乙市"


def test_a_short_part_does_not_swallow_the_beginning_of_a_longer_name() -> None:
    assert AT_HOME.geocode("奥州市江刺岩谷堂字北12").raw["koaza"] == "北"
    assert AT_HOME.geocode("奥州市江刺岩谷堂字北上川12").raw["level"] == "town"


def test_with_both_spellings_listed_the_one_that_is_written_is_meant() -> None:
    both = GazetteerGeocoder([_town("厚真町", "字栄町", "", 42.1), _town("厚真町", "栄町", "", 42.2)])
    assert both.geocode("厚真町字栄町1").latitude == 42.1
    assert both.geocode("厚真町栄町1").latitude == 42.2


def test_a_town_known_only_by_its_parts_lies_between_them() -> None:
    parts = GazetteerGeocoder([_town("仙台市若林区", "南小泉", name, at) for name, at in (("東", 38.2), ("西", 38.4))])
    assert parts.geocode("仙台市若林区南小泉9").latitude == pytest.approx(38.3)


def test_towns_of_the_same_name_in_two_prefectures_stay_apart() -> None:
    towns = [
        _town("府中市", "本町", "", 35.6, prefecture="東京都"),
        _town("府中市", "本町", "", 34.5, prefecture="広島県"),
    ]
    assert GazetteerGeocoder(towns).geocode("広島県府中市本町").latitude == 34.5
    assert GazetteerGeocoder(towns).geocode("府中市本町") is None


def test_the_given_municipality_is_the_home_among_the_towns_of_many() -> None:
    home = GazetteerGeocoder(
        [_town("奥州市", "本町", "", 39.1), _town("盛岡市", "本町", "", 39.7), _town("盛岡市", "中央通", "", 39.7)],
        municipalities=[Municipality("岩手県", "奥州市", "03215", 39.1444, 141.1389)],
    )
    assert home.geocode("本町3").latitude == 39.1
    assert home.geocode("盛岡市本町3").latitude == 39.7
    assert home.geocode("中央通1").raw["matched"] == "奥州市"


def test_a_town_known_with_and_without_its_county_is_one() -> None:
    one = GazetteerGeocoder(ATSUMA, municipalities=[Municipality("北海道", "厚真町", "01581", 42.7236, 141.8779)])
    assert one.geocode("京町120").address == "北海道勇払郡厚真町京町"
    assert one.geocode("北海道勇払郡厚真町").latitude == 42.7236
    assert one.geocode("厚真町新しい所").latitude == 42.7236


def test_an_empty_list_knows_nothing() -> None:
    assert GazetteerGeocoder([]).geocode("奥州市水沢") is None


def test_the_geocoder_cannot_reach_the_network() -> None:
    with pytest.raises(GeocoderUnavailable):
        AT_HOME.adapter.get_json("https://example.jp", timeout=1, headers={})
    with pytest.raises(GeocoderUnavailable):
        AT_HOME.adapter.get_text("https://example.jp", timeout=1, headers={})


@given(st.text(max_size=60))
def test_no_text_breaks_it(query: str) -> None:
    location = AT_HOME.geocode(query)
    assert location is None or location.raw["level"] in {"koaza", "town", "municipality"}


@cache
def _real() -> tuple[list[Town], GazetteerGeocoder]:
    towns: list[Town] = []
    municipalities = []
    for path in sorted(SHARED.glob("*.json")):
        towns += read_gazetteer(path.read_bytes(), path.name)
        municipalities.append(Municipality(PREFECTURES[path.stem[0]], path.stem))
    return towns, GazetteerGeocoder(towns, municipalities=municipalities)


_lots = st.lists(st.integers(1, 2000), min_size=1, max_size=3)
_tails = st.one_of(
    st.just(""),
    _lots.map(lambda numbers: "-".join(map(str, numbers))),
    _lots.map(
        lambda numbers: "－".join(map(str, numbers)).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    ),
    _lots.map(lambda numbers: f"{numbers[0]}番地{numbers[-1]}"),
    _lots.map(lambda numbers: f"第{numbers[0]}地割{numbers[-1]}"),
    _lots.map(lambda numbers: f" {numbers[0]} 集会所"),
)
EVERY = 5


@needs_shared
@settings(max_examples=20, deadline=None)
@given(data=st.data())
def test_every_town_is_found_whatever_lot_number_follows(data: st.DataObject) -> None:
    towns, geocoder = _real()
    tail = data.draw(_tails)
    mark = data.draw(st.sampled_from(["", "字"]))
    first = data.draw(st.integers(0, EVERY - 1))
    numbered: dict[tuple[str, str], set[str]] = {}
    for town in towns:
        if found := re.fullmatch(r"(.+?)[一二三四五六七八九十]+丁目", town.town):
            numbered.setdefault((town.municipality, found.group(1)), set()).add(town.town)
    # Many towns at once: hypothesis varies how they are written more than which.
    for town in towns[first::EVERY]:
        if town.latitude is None:
            continue
        koaza = mark + town.koaza if town.koaza else ""
        location = geocoder.geocode(town.municipality + town.town + koaza + tail)
        assert location is not None
        off = great_circle((location.latitude, location.longitude), (town.latitude, town.longitude)).meters
        # 岩切分台1-1 is 岩切字分台1-1 or 岩切分台一丁目1 where the list has both: then one of its 丁目, and nothing else.
        both = numbered.get((town.municipality, town.town + town.koaza), set()) if town.koaza and not mark else set()
        if off >= 1 and both:
            assert location.raw["town"] in both, (town, tail, location.raw)
            continue
        assert off < 1, (town, tail, location.raw)
        assert location.raw["level"] == ("koaza" if town.koaza else "town")


def _steps(geocoder: GazetteerGeocoder, queries: list[str]) -> int:
    """How many functions are called, those of C included: the same on every machine."""
    steps = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal steps
        steps += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        for query in queries:
            geocoder.geocode(query)
    finally:
        sys.setprofile(None)
    return steps


@needs_shared
def test_a_query_costs_no_more_steps_in_a_long_list_than_in_a_short_one() -> None:
    towns, geocoder = _real()
    few = towns[: len(towns) // 8]
    queries = [f"{town.municipality}{town.town}字{town.koaza}12-3" for town in few[::20]]
    assert _steps(geocoder, queries) <= 1.5 * _steps(GazetteerGeocoder(few), queries)
