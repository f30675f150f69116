"""What a facility list is called and of which day it is: asked on the preview, kept with the import."""

from __future__ import annotations

import html
from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlmodel import select

from models.scope import open_session
from models.tables import ImportBatch, Opportunity
from tests.conftest import SHARED
from tests.web.conftest import Town
from tests.web.forms import form_with
from tests.web.test_import_pages import ANSWER, APPLY, DROP, Enter, press, send, table
from tests.web.test_people_pages import text_of

HALLS = table("NO,市区町村名,名称,住所", "1,みなと市,みなと会館,本町1-1", "2,みなと市,はま会館,本町2-2")


def fields(client: FlaskClient, address: str) -> dict[str, str]:
    return {name: html.unescape(value) for name, value in form_with(client.get(address).text, ANSWER)[1].items()}


def evidence(engine: Engine, town: Town) -> set[str | None]:
    with open_session(engine, municipality_id=town.id) as session:
        return {row.source_evidence for row in session.exec(select(Opportunity)).all()}


def kept_batch(engine: Engine, town: Town) -> ImportBatch:
    with open_session(engine, municipality_id=town.id) as session:
        return session.exec(select(ImportBatch)).one()


def test_the_fields_begin_with_what_the_file_tells(signed_in: Enter, empty_town: Town) -> None:
    client = signed_in(empty_town)
    address = send(client, HALLS, "公共施設一覧_20260401.csv").location
    asked = fields(client, address)
    assert asked["list_name"] == "みなと市 公共施設一覧"
    assert asked["list_date"] == "2026-04-01"
    page = text_of(client.get(address).text)
    assert "みなと市 公共施設一覧（2026年4月1日）" in page
    assert "施設の一覧・11/24(火)" in page


def test_what_is_typed_changes_the_preview_and_is_kept_with_the_import(
    signed_in: Enter, engine: Engine, empty_town: Town
) -> None:
    client = signed_in(empty_town)
    address = send(client, HALLS, "list.csv").location
    assert press(client, address, ANSWER, list_name="集会所の一覧", list_date="2026-10-01").status_code == 303
    assert "集会所の一覧（2026年10月1日）" in text_of(client.get(address).text)
    assert fields(client, address)["list_date"] == "2026-10-01"
    assert press(client, address, APPLY).status_code == 303
    assert evidence(engine, empty_town) == {"集会所の一覧（2026年10月1日）"}
    batch = kept_batch(engine, empty_town)
    assert (batch.list_name, batch.list_date) == ("集会所の一覧", date(2026, 10, 1))
    assert "集会所の一覧（2026年10月1日）" in text_of(client.get(address).text)


def test_a_date_is_read_as_an_office_writes_it_and_may_stay_unknown(
    signed_in: Enter, engine: Engine, empty_town: Town
) -> None:
    client = signed_in(empty_town)
    address = send(client, HALLS, "公共施設一覧_20260401.csv").location
    press(client, address, ANSWER, list_date="令和７年10月1日")
    assert fields(client, address)["list_date"] == "2025-10-01"
    press(client, address, ANSWER, list_date="")
    assert fields(client, address)["list_date"] == ""
    press(client, address, APPLY)
    assert evidence(engine, empty_town) == {"みなと市 公共施設一覧"}


@pytest.mark.parametrize("button", [ANSWER, APPLY])
@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("2026-02-30", "「2026-02-30」は日付として読めません。"),
        ("春ごろ", "「春ごろ」は日付として読めません。"),
        ("2026-11-25", "今日より先の日付です。"),
        ("0026-04-01", "「0026-04-01」は日付として読めません。"),
        ("1926-04-01", "西暦の4けたで入れてください"),
    ],
)
def test_a_bad_date_gets_one_sentence_beside_the_field_and_stays_as_typed(
    signed_in: Enter, engine: Engine, empty_town: Town, button: str, typed: str, sentence: str
) -> None:
    client = signed_in(empty_town)
    address = send(client, HALLS, "list.csv").location
    answer = press(client, address, button, list_name="集会所の一覧", list_date=typed)
    assert answer.status_code == 400
    assert answer.text.count(sentence) == 2
    assert 'aria-describedby="list_date-hint list_date-error"' in answer.text
    _, shown = form_with(answer.text, APPLY)
    assert (shown["list_name"], shown["list_date"]) == ("集会所の一覧", typed)
    assert evidence(engine, empty_town) == set()


def test_what_is_no_date_is_shown_in_a_field_that_can_show_it(signed_in: Enter, empty_town: Town) -> None:
    client = signed_in(empty_town)
    address = send(client, HALLS, "list.csv").location
    assert 'type="date"' in client.get(address).text
    assert 'type="date"' not in press(client, address, ANSWER, list_date="春ごろ").text


@pytest.mark.parametrize(
    ("name", "sentence"), [("　 ", "一覧の名前が空です。"), ("あ" * 101, "一覧の名前が101文字あります。")]
)
def test_a_name_that_cannot_be_used_gets_one_sentence(
    signed_in: Enter, empty_town: Town, name: str, sentence: str
) -> None:
    client = signed_in(empty_town)
    address = send(client, HALLS, "list.csv").location
    answer = press(client, address, ANSWER, list_name=name, list_date="2026-10-01")
    assert answer.status_code == 400
    assert sentence in answer.text
    assert 'value="2026-10-01"' in answer.text


def test_typing_and_pressing_import_at_once_shows_the_new_words_before_anything_is_written(
    signed_in: Enter, engine: Engine, empty_town: Town
) -> None:
    client = signed_in(empty_town)
    address = send(client, HALLS, "list.csv").location
    answer = press(client, address, APPLY, list_name="集会所の一覧")
    assert answer.status_code == 409
    assert "書きかえた内容で読み直しました。" in answer.text
    assert 'value="集会所の一覧"' in answer.text
    assert evidence(engine, empty_town) == set()
    press(client, address, APPLY)
    assert evidence(engine, empty_town) == {"集会所の一覧"}


def test_a_header_that_was_chosen_survives_a_bad_date(signed_in: Enter, empty_town: Town) -> None:
    client = signed_in(empty_town)
    address = send(client, table("名称,住所,ひとこと", "みなと会館,本町1-1,静か"), "list.csv").location
    answer = press(client, address, ANSWER, **{"header-1": "備考", "list_date": "春ごろ"})
    assert 'value="備考" selected' in answer.text
    assert 'value="春ごろ"' in answer.text


def test_leaving_a_list_needs_no_date(signed_in: Enter, engine: Engine, empty_town: Town) -> None:
    client = signed_in(empty_town)
    address = send(client, HALLS, "list.csv").location
    assert press(client, address, DROP, list_date="春ごろ").status_code == 303
    assert kept_batch(engine, empty_town).state == "dropped"


def test_the_next_file_of_that_name_is_called_the_same(signed_in: Enter, empty_town: Town) -> None:
    client = signed_in(empty_town)
    address = send(client, HALLS, "list.csv").location
    press(client, address, ANSWER, list_name="集会所の一覧", list_date="2026-10-01")
    press(client, address, APPLY)
    again = send(client, HALLS, "list.csv").location
    asked = fields(client, again)
    assert (asked["list_name"], asked["list_date"]) == ("集会所の一覧", "")


def test_another_name_is_another_list_that_is_linked_to_the_same_places(signed_in: Enter, empty_town: Town) -> None:
    client = signed_in(empty_town)
    press(client, send(client, HALLS, "list.csv").location, APPLY)
    address = send(client, HALLS, "list.csv").location
    press(client, address, ANSWER, list_name="集会所の一覧")
    page = text_of(client.get(address).text)
    assert "活動 同じ 2" in page
    assert "2か所は、ほかの一覧や台帳にもう入っています。" in page
    assert "新しい" not in page.split("この一覧について")[0].split("取り込むとこうなります")[1]


def test_other_files_are_not_asked_what_they_are_called(signed_in: Enter, empty_town: Town) -> None:
    client = signed_in(empty_town)
    address = send(client, table("団体名,活動名", "花の会,花の水やり"), "places.csv").location
    assert "一覧の名前" not in client.get(address).text


def test_an_import_that_is_over_takes_no_more_answers(signed_in: Enter, engine: Engine, empty_town: Town) -> None:
    client = signed_in(empty_town)
    address = send(client, HALLS, "list.csv").location
    target, held = form_with(client.get(address).text, ANSWER)
    press(client, address, APPLY)
    assert client.post(target, data={**held, "list_name": "あとから"}).status_code == 303
    assert kept_batch(engine, empty_town).list_name == "みなと市 list"


@pytest.mark.skipif(not SHARED.exists(), reason="../shared is not here")
def test_real_lists_are_named_and_dated_and_come_in(signed_in: Enter, engine: Engine, empty_town: Town) -> None:
    client = signed_in(empty_town)
    lists = sorted((SHARED / "data" / "opendata").glob("*.csv"))
    assert len(lists) == 3
    for number, path in enumerate(lists, 1):
        address = send(client, path.read_bytes(), path.name).location
        suggested = fields(client, address)["list_name"]
        assert suggested.endswith(path.stem)
        assert suggested.startswith("焼津市") == ("nouen" not in path.name)
        press(client, address, ANSWER, list_name=f"焼津市の一覧{number}", list_date="2026-04-01")
        assert f"焼津市の一覧{number}（2026年4月1日）" in text_of(client.get(address).text)
        target, held = form_with(client.get(address).text, APPLY)
        asked = "other_town" not in held and "「焼津市」のファイルです" in text_of(client.get(address).text)
        assert asked == ("nouen" not in path.name)
        assert client.post(target, data={**held, "other_town": "yes"}).status_code == 303
    assert evidence(engine, empty_town) == {f"焼津市の一覧{number}（2026年4月1日）" for number in (1, 2, 3)}
