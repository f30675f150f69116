"""Every municipality reads its own words for roles, districts and meetings (domain §1.1)."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine

from models.account import Role
from models.scope import EVERYWHERE, open_session
from seed.municipal_settings import add_municipality
from seed.samples import sample_settings
from tests.web.conftest import NOW, PASSWORD, Town, fill, sign_in
from tests.web.forms import form_with
from tests.web.test_import_pages import PEOPLE, send
from tests.web.test_people_pages import people_file, text_of
from web import local_words as module
from web.local_words import STANDARD, local_words
from web.services.accounts import add_account

SAMPLES = {settings["key"]: settings for settings in sample_settings()}
Enter = Callable[[str, Role], FlaskClient]


@pytest.fixture
def at(app: Flask, engine: Engine) -> Enter:
    """A browser of somebody who is signed in at one of the sample municipalities, with one person in it."""

    def enter(key: str, role: Role) -> FlaskClient:
        with open_session(engine, municipality_id=EVERYWHERE) as session:
            municipality = add_municipality(session, SAMPLES[key])
            add_account(
                session,
                municipality_id=municipality.id,
                login="somebody",
                display_name="だれか",
                roles=[role],
                password=PASSWORD,
                at=NOW,
            )
            session.commit()
        fill(engine, Town(municipality.id, {}), people_file({"id": "p-1", "display_name": "たけさん"}))
        client = app.test_client()
        assert sign_in(client, "somebody").status_code == 303
        return client

    return enter


@pytest.mark.parametrize(
    ("key", "district"),
    [("atsuma", "自治会"), ("sendai", "区・総合支所"), ("kusatsu", "地区"), ("yonago", "福祉圏域"), ("oshu", "地区")],
)
def test_the_list_and_the_person_speak_of_districts_as_people_there_do(at: Enter, key: str, district: str) -> None:
    client = at(key, Role.CO)
    page = client.get("/people").text
    assert f'data-label="{district}"' in page
    assert f"呼び名、番号、{district}。2文字から探せます" in page
    assert re.search(rf'<th scope="col"[^>]*>\s*<a[^>]*>{district}</a>', page)
    assert f"を、「{district}」で並べています。" in client.get("/people?sort=district").text
    assert f"呼び名、番号、{district}から探せます。" in text_of(client.get("/people?q=zzzz").text)
    person = re.search(r'href="(/people/[0-9a-f-]+)"', page)
    assert person
    page = client.get(person[1]).text
    assert f"{district} 未確認" in text_of(page)
    target, fields = form_with(page, "提案をつくる")
    round_page = client.get(client.post(target, data=fields).location).text
    assert f"場所や団体の名前、{district}。2文字から探せます" in round_page


@pytest.mark.parametrize(
    ("key", "role", "label"),
    [
        ("atsuma", Role.MC, "相談支援包括化推進員"),
        ("atsuma", Role.GV, "住民課 福祉グループ"),
        ("sendai", Role.MC, "CSW（市社協）"),
        ("sendai", Role.GV, "健康福祉局社会課"),
        ("kusatsu", Role.MC, "人とくらしのサポートセンター"),
        ("yonago", Role.CO, "総合相談支援員（コミュニティソーシャルワーカー）"),
        ("yonago", Role.SC, "地域福祉活動支援員"),
    ],
)
def test_whoever_is_signed_in_reads_their_own_role(at: Enter, key: str, role: Role, label: str) -> None:
    assert label in at(key, role).get("/", follow_redirects=True).text


@pytest.mark.parametrize(
    ("key", "coordinator", "office"),
    [
        ("atsuma", "地域福祉コーディネーター", "住民課 福祉グループ"),
        ("sendai", "地域福祉コーディネーター", "健康福祉局社会課"),
        ("kusatsu", "地域福祉コーディネーター", "市の担当課"),
        ("yonago", "総合相談支援員（コミュニティソーシャルワーカー）", "福祉政策課"),
    ],
)
def test_whom_to_ask_is_named_as_there(at: Enter, key: str, coordinator: str, office: str) -> None:
    client = at(key, Role.SC)
    assert f"{coordinator}に頼んでください。" in client.get("/imports").text
    assert f"{coordinator}か{office}に渡してください。" in send(client, PEOPLE, "people.json").text
    assert f"主任・社協管理者か{office}に相談してください。" in client.get("/people").text
    assert f"{office}か{coordinator}に直接ご連絡ください。" in client.get("/welcome").text


def test_an_import_speaks_of_districts_and_referral_sources_as_people_there_do(at: Enter) -> None:
    client = at("atsuma", Role.CO)
    person = {"id": "p-1", "display_name": "たけさん", "district": "はなの自治会"}
    address = send(client, people_file(person)[1], "people.json").location
    page = text_of(client.get(address).text)
    assert "新しい自治会として「はなの自治会」が加わります。" in page
    assert "本人「たけさん」 自治会 未記入 はなの自治会" in page
    places = "団体名,活動名,あつまり\n花の会,花の水やり,はなの自治会\n".encode()
    assert '<option value="地区">自治会</option>' in client.get(send(client, places, "p.csv").location).text


def test_nobody_signed_in_reads_the_standard_words(app: Flask) -> None:
    assert STANDARD.office in app.test_client().get("/signin").text


def test_a_municipality_without_settings_gets_the_standard_words_and_its_own_kind() -> None:
    town, village = local_words(None, municipality_name="やま町"), local_words({}, municipality_name="たに村")
    assert (town.office, town.hall, town.district) == ("町の担当課", "町役場", "地区")
    assert (village.office, village.hall) == ("村の担当課", "村役場")
    assert town.coordinator == "地域福祉コーディネーター"
    assert local_words({}, municipality_name="").office == "市町村の担当課"


@pytest.mark.parametrize(
    "settings",
    [
        {"roles": "CO", "terms": [], "district_word": 3},
        {"roles": ["CO", {"role": ["CO"]}, {"role": "XX", "label": "x"}, {"role": "CO", "label": " "}]},
        {"terms": {"support_meeting": "会議", "multi_agency_meeting": {"name": None}}},
    ],
)
def test_odd_entries_of_the_settings_are_passed_over(settings: dict[str, Any]) -> None:
    words = local_words(settings, municipality_name="みなと市")
    assert (words.coordinator, words.district) == (STANDARD.coordinator, STANDARD.district)
    assert (words.support_meeting, words.multi_agency_meeting) == (
        STANDARD.support_meeting,
        STANDARD.multi_agency_meeting,
    )


@pytest.mark.parametrize("key", list(SAMPLES))
def test_every_sample_names_every_role_and_both_meetings(key: str) -> None:
    settings = SAMPLES[key]
    words = local_words(settings, municipality_name=settings["name"])
    assert words.roles == {Role(entry["role"]): entry["label"] for entry in settings["roles"]}
    assert words.support_meeting == settings["terms"]["support_meeting"]["name"]
    assert words.multi_agency_meeting == settings["terms"]["multi_agency_meeting"]["name"]


def test_no_page_has_such_a_word_written_into_it() -> None:
    """Whoever needs one of these words takes it from `our` (templates) or from LocalWords."""
    fixed = re.compile("地域福祉コーディネーター|生活支援コーディネーター|支援会議|地区|圏域|社協|市の担当課|つなぎ元")
    web = Path(module.__file__).parent
    pages = [*web.rglob("*.html"), *web.rglob("*.py")]
    told = {str(path.relative_to(web)) for path in pages if fixed.search(path.read_text(encoding="utf-8"))}
    # What a guesser tries is the same everywhere, and on no page.
    assert told == {"local_words.py", "services/guessable.py"}


@pytest.mark.parametrize(
    ("key", "role", "district", "support_meeting", "multi_agency_meeting"),
    [
        ("atsuma", "地域福祉コーディネーター", "自治会", "地域ケア会議", "重層的支援会議"),
        ("sendai", "地域福祉コーディネーター", "区・総合支所", "つながる会議", "つながる会議"),
        ("kusatsu", "地域福祉コーディネーター", "地区", "コーディネート会議（支援会議）", "重層的支援会議"),
        (
            "yonago",
            "総合相談支援員（コミュニティソーシャルワーカー）",
            "福祉圏域",
            "米子市重層的支援会議",
            "米子市重層的支援会議",
        ),
    ],
)
def test_ones_own_settings_show_the_role_and_what_things_are_called_there(
    at: Enter, key: str, role: str, district: str, support_meeting: str, multi_agency_meeting: str
) -> None:
    page = text_of(at(key, Role.CO).get("/account").text)
    assert f"役割 {role}" in page
    assert f"地域の分け方 {district}" in page
    assert f"社会福祉法106条の6（支援会議） {support_meeting}" in page
    assert f"実施要綱（重層的支援会議） {multi_agency_meeting}" in page
