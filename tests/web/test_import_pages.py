"""Bringing files in: seen before it is done, done as it was seen, and every refusal explained."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable
from functools import partial
from io import BytesIO
from uuid import UUID
from zipfile import ZipFile

import pytest
from flask.testing import FlaskClient
from openpyxl import Workbook
from sqlalchemy import Engine
from sqlmodel import select
from werkzeug.test import TestResponse

from models.account import Role
from models.scope import open_session
from models.tables import ImportBatch, Opportunity, Organization, Participant
from seed.reading.apart import Limits, read_apart
from tests.web.conftest import FrozenClock, PracticeFile, Town, token_of
from tests.web.forms import form_with
from tests.web.test_people_pages import text_of
from web.views import imports as views

Enter = Callable[..., FlaskClient]
PEOPLE = json.dumps(
    {
        "format": "participation-participants",
        "version": "1.0",
        "participants": [{"id": "p-1", "display_name": "たけさん"}],
    }
).encode()


def table(*rows: str) -> bytes:
    return "\n".join(rows).encode()


def send(client: FlaskClient, content: bytes, name: str) -> TestResponse:
    token = token_of(client.get("/imports").text)
    return client.post("/imports", data={"csrf_token": token, "file": (BytesIO(content), name)})


APPLY, ANSWER, DROP = "件を取り込む", "この内容で読み直す", "取り込まずにやめる"


def press(client: FlaskClient, address: str, button: str, **typed: str) -> TestResponse:
    """Open the page, type into its fields, press the button."""
    target, fields = form_with(client.get(address).text, button)
    assert set(typed) <= set(fields), f"no field {set(typed) - set(fields)}"
    return client.post(target, data={**fields, **typed})


def test_choosing_a_file_changes_nothing_yet(signed_in: Enter, engine: Engine, empty_town: Town) -> None:
    client = signed_in(empty_town)
    answer = send(client, table("団体名,活動名", "花の会,花の水やり"), "places.csv")
    assert answer.status_code == 303
    page = text_of(client.get(answer.location).text)
    assert "団体 新しい 1" in page
    assert "活動 新しい 1" in page
    with open_session(engine, municipality_id=empty_town.id) as session:
        assert session.exec(select(Organization)).all() == []


def test_the_button_says_how_many_and_does_it(signed_in: Enter, engine: Engine, empty_town: Town) -> None:
    client = signed_in(empty_town)
    address = send(client, table("団体名,活動名", "花の会,花の水やり"), "places.csv").location
    assert "2件を取り込む" in client.get(address).text
    done = press(client, address, APPLY)
    assert done.status_code == 303
    page = text_of(client.get(done.location).text)
    assert "取り込みました" in page
    assert "新しく入った 2件" in page
    with open_session(engine, municipality_id=empty_town.id) as session:
        assert [row.title for row in session.exec(select(Opportunity)).all()] == ["花の水やり"]
        batch = session.exec(select(ImportBatch)).one()
        assert batch.content is None


def test_changes_are_shown_field_by_field_before_they_are_made(signed_in: Enter, empty_town: Town) -> None:
    client = signed_in(empty_town)
    rows = "団体ID,団体名,活動ID,活動名,定員（人）"
    press(client, send(client, table(rows, "o-1,花の会,a-1,花の水やり,3"), "a.csv").location, APPLY)
    address = send(client, table(rows, "o-1,花の会,a-1,花の水やり,5"), "b.csv").location
    page = text_of(client.get(address).text)
    assert "活動「花の水やり」 定員（人） 3 5" in page
    assert "1件を取り込む" in page


def test_the_same_file_again_has_nothing_to_do(signed_in: Enter, empty_town: Town) -> None:
    client = signed_in(empty_town)
    content = table("団体名,活動名", "花の会,花の水やり")
    press(client, send(client, content, "a.csv").location, APPLY)
    page = client.get(send(client, content, "a.csv").location).text
    assert "取り込むものはありません" in page
    assert "/apply" not in page


def test_an_empty_cell_erases_nothing(signed_in: Enter, engine: Engine, empty_town: Town) -> None:
    client = signed_in(empty_town)
    rows = "団体ID,団体名,活動ID,活動名,定員（人）"
    press(client, send(client, table(rows, "o-1,花の会,a-1,花の水やり,3"), "a.csv").location, APPLY)
    address = send(client, table(rows, "o-1,花の会,a-1,花の水やり,"), "b.csv").location
    assert "取り込むものはありません" in client.get(address).text
    with open_session(engine, municipality_id=empty_town.id) as session:
        assert session.exec(select(Opportunity)).one().capacity_total == 3


def test_a_bad_line_is_named_by_its_number_and_the_others_come_in(
    signed_in: Enter, engine: Engine, empty_town: Town
) -> None:
    client = signed_in(empty_town)
    content = table("団体名,活動名,状態", "花の会,花の水やり,受け入れ可", "畑の会,,受け入れ可")
    address = send(client, content, "places.csv").location
    page = text_of(client.get(address).text)
    assert "3行目" in page
    assert "取り込みません" in page
    press(client, address, APPLY)
    with open_session(engine, municipality_id=empty_town.id) as session:
        assert [row.title for row in session.exec(select(Opportunity)).all()] == ["花の水やり"]


def test_more_problems_than_anybody_reads_are_counted(signed_in: Enter, empty_town: Town) -> None:
    client = signed_in(empty_town)
    lines = [f"団体{number},活動{number},たぶん" for number in range(205)]
    page = text_of(client.get(send(client, table("団体名,活動名,定員（人）", *lines), "many.csv").location).text)
    assert "見てほしいところ（205）" in page
    assert page.count("「たぶん」は数ではありません") == 200
    assert "ほかに5か所あります。" in page


def test_a_change_without_a_column_in_the_form_is_named_in_japanese(signed_in: Enter, empty_town: Town) -> None:
    client = signed_in(empty_town)
    catalogue = {"format": "participation-catalogue", "version": "1.0", "sites": [], "opportunities": []}
    organization = {"id": "o-1", "name": "花の会", "status": "open"}
    for notes in ("まえ", "あと"):
        content = {**catalogue, "organizations": [{**organization, "notes": notes}]}
        address = send(client, json.dumps(content).encode(), "places.json").location
        page = text_of(client.get(address).text)
        press(client, address, APPLY)
    assert "団体「花の会」 団体の備考 まえ あと" in page


def test_a_header_nobody_knows_is_asked_about(signed_in: Enter, engine: Engine, empty_town: Town) -> None:
    client = signed_in(empty_town)
    address = send(client, table("団体名,活動名,なかみ,ひみつ", "花の会,花の水やり,水をまく,x"), "places.csv").location
    page = client.get(address).text
    assert "「なかみ」" in page
    assert "「ひみつ」" in page
    press(client, address, ANSWER, **{"header-1": "やさしい説明", "header-2": ""})
    assert 'value="やさしい説明" selected' in client.get(address).text
    press(client, address, APPLY)
    with open_session(engine, municipality_id=empty_town.id) as session:
        assert session.exec(select(Opportunity)).one().plain_description == "水をまく"


def test_when_the_records_move_the_preview_is_shown_again_instead(
    signed_in: Enter, engine: Engine, empty_town: Town
) -> None:
    client = signed_in(empty_town)
    rows = "団体ID,団体名,活動ID,活動名,定員（人）"
    first = send(client, table(rows, "o-1,花の会,a-1,花の水やり,3"), "a.csv").location
    second = send(client, table(rows, "o-1,花の会,a-1,花の水やり,5"), "b.csv").location
    seen = re.search(r'name="seen" value="([0-9a-f]+)"', client.get(second).text)
    token = token_of(client.get(second).text)
    assert seen
    press(client, first, APPLY)
    answer = client.post(f"{second}/apply", data={"csrf_token": token, "seen": seen[1]})
    assert answer.status_code == 409
    assert "見ているあいだに" in answer.text
    with open_session(engine, municipality_id=empty_town.id) as session:
        assert session.exec(select(Opportunity)).one().capacity_total == 3
    assert press(client, second, APPLY).status_code == 303


def test_pressing_twice_imports_once(signed_in: Enter, engine: Engine, empty_town: Town) -> None:
    client = signed_in(empty_town)
    address = send(client, table("団体名,活動名", "花の会,花の水やり"), "a.csv").location
    token = token_of(client.get(address).text)
    seen = re.search(r'name="seen" value="([0-9a-f]+)"', client.get(address).text)
    assert seen
    for status in (303, 409):
        answer = client.post(f"{address}/apply", data={"csrf_token": token, "seen": seen[1]})
        assert answer.status_code == status
    assert "二重には取り込んでいません" in answer.text
    with open_session(engine, municipality_id=empty_town.id) as session:
        assert len(session.exec(select(Opportunity)).all()) == 1


def test_leaving_it_forgets_the_file(signed_in: Enter, engine: Engine, empty_town: Town) -> None:
    client = signed_in(empty_town)
    address = send(client, table("団体名,活動名", "花の会,花の水やり"), "a.csv").location
    press(client, address, DROP)
    assert "取り込まずに終えました" in client.get(address).text
    with open_session(engine, municipality_id=empty_town.id) as session:
        assert session.exec(select(ImportBatch)).one().content is None


def test_a_file_that_cannot_be_read_is_explained_beside_the_field(signed_in: Enter, empty_town: Town) -> None:
    client = signed_in(empty_town)
    for content, name in ((b"", "empty.csv"), (b"\x89PNG\r\n\x1a\n\x00\x00", "photo.png"), (b'{"a":', "half.json")):
        answer = send(client, content, name)
        assert answer.status_code == 400, name
        assert "このファイルは取り込めません" in answer.text
        assert 'aria-describedby="file-hint problem"' in answer.text


def test_forgetting_to_choose_a_file_is_said(signed_in: Enter, empty_town: Town) -> None:
    client = signed_in(empty_town)
    token = token_of(client.get("/imports").text)
    answer = client.post("/imports", data={"csrf_token": token})
    assert answer.status_code == 400
    assert "ファイルがまだ選ばれていません" in answer.text


def test_people_come_in_with_the_permission_for_people(signed_in: Enter, engine: Engine, empty_town: Town) -> None:
    client = signed_in(empty_town, Role.GV)
    press(client, send(client, PEOPLE, "people.json").location, APPLY)
    assert "たけさん" in client.get("/people").text
    with open_session(engine, municipality_id=empty_town.id) as session:
        assert session.exec(select(Participant)).one().ref == "p-1"


def test_a_coordinator_of_places_cannot_bring_people_in_nor_see_who_did(
    signed_in: Enter, engine: Engine, empty_town: Town
) -> None:
    places = signed_in(empty_town, Role.SC)
    answer = send(places, PEOPLE, "people.json")
    assert answer.status_code == 400
    assert "本人の情報が入っています" in answer.text
    with open_session(engine, municipality_id=empty_town.id) as session:
        assert session.exec(select(ImportBatch)).all() == []
    address = send(signed_in(empty_town, Role.CO), PEOPLE, "people.json").location
    assert places.get(address).status_code == 404
    token = token_of(places.get("/imports").text)
    assert places.post(f"{address}/apply", data={"csrf_token": token}).status_code == 404
    assert "people.json" not in places.get("/imports").text


def test_a_refused_field_about_a_person_is_explained(signed_in: Enter, empty_town: Town) -> None:
    person = {"id": "p-1", "display_name": "たけさん", "diagnosis": "x"}
    file = {"format": "participation-participants", "version": "1.0", "participants": [person]}
    client = signed_in(empty_town)
    answer = send(client, json.dumps(file).encode(), "people.json")
    page = client.get(answer.location).text if answer.status_code == 303 else answer.text
    assert "diagnosis" in page
    assert "1件を取り込む" not in page or "見てほしいところ" in page


def test_the_name_of_a_file_is_only_a_name(signed_in: Enter, empty_town: Town) -> None:
    client = signed_in(empty_town)
    address = send(client, table("団体名,活動名", "花の会,花の水やり"), "C:\\folder\\<b>a</b>.csv").location
    page = client.get(address).text
    assert "<b>a</b>" not in page
    assert "folder" not in page


@pytest.mark.parametrize(
    "sent",
    [
        "a\x00b\x1b.csv",
        "\u202e一覧\r\n.csv",
        "あ" * 3_000 + ".csv",
        "../../etc/",
        "C:\\x\\..\\y.csv",
        " . ",
    ],
    ids=["nul", "turned", "long", "folder", "other system", "nothing"],
)
def test_a_file_of_any_name_comes_in(signed_in: Enter, empty_town: Town, sent: str) -> None:
    client = signed_in(empty_town)
    boundary, token = "b0undary", token_of(client.get("/imports").text)
    quoted = sent.encode().replace(b"\r\n", b"%0D%0A")
    body = (
        f'--{boundary}\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n{token}\r\n'.encode()
        + f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="'.encode()
        + quoted
        + b'"\r\nContent-Type: text/csv\r\n\r\n'
        + table("団体名,活動名", "花の会,花の水やり")
        + f"\r\n--{boundary}--\r\n".encode()
    )
    answer = client.post("/imports", data=body, content_type=f"multipart/form-data; boundary={boundary}")
    assert answer.status_code == 303
    assert client.get(answer.location).status_code == 200
    press(client, answer.location, APPLY)
    assert client.get("/imports").status_code == 200
    assert client.get(answer.location).status_code == 200


@pytest.mark.parametrize("cell", ["団体_x0000_名", "花の_x0000_会"])
def test_signs_that_nobody_keeps_cost_their_cell_of_a_spreadsheet(
    signed_in: Enter, empty_town: Town, cell: str
) -> None:
    """NUL as spreadsheets write it, in a heading and in a cell."""
    made = Workbook()
    for row in (["団体名", "活動名", "備考"], ["花の会", "花の水やり", "x"]):
        made.active.append([cell if value == cell.replace("_x0000_", "") else value for value in row])
    content = BytesIO()
    made.save(content)
    raw = _unescaped(content.getvalue())
    client = signed_in(empty_town)
    answer = send(client, raw, "x.xlsx")
    page = client.get(answer.location) if answer.status_code == 303 else answer
    assert page.status_code in (200, 400)
    assert "\x00" not in page.text
    assert "NUL" in page.text or "花の会" in page.text


def _unescaped(workbook: bytes) -> bytes:
    """openpyxl guards `_x0000_`; the parts are written again without the guard."""
    changed = BytesIO()
    with ZipFile(BytesIO(workbook)) as old, ZipFile(changed, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"_x005F_x0000_", b"_x0000_"))
    return changed.getvalue()


def test_files_nobody_decided_on_are_forgotten_after_two_weeks(
    signed_in: Enter, engine: Engine, empty_town: Town, clock: FrozenClock
) -> None:
    old = send(signed_in(empty_town), PEOPLE, "old.json").location
    clock.forward(days=15)
    send(signed_in(empty_town), PEOPLE, "new.json")
    with open_session(engine, municipality_id=empty_town.id) as session:
        kept = session.get(ImportBatch, UUID(old.rsplit("/", 1)[-1]))
        assert kept is not None
        assert kept.content is None
        assert kept.state == "dropped"


def test_the_practice_catalogue_comes_in_whole(
    signed_in: Enter, engine: Engine, empty_town: Town, practice_file: PracticeFile
) -> None:
    client = signed_in(empty_town)
    content = practice_file("catalogue.json")
    press(client, send(client, content, "catalogue.json").location, APPLY)
    with open_session(engine, municipality_id=empty_town.id) as session:
        assert len(session.exec(select(Opportunity)).all()) == len(json.loads(content)["opportunities"])


def test_an_empty_list_of_imports_says_so(signed_in: Enter, empty_town: Town) -> None:
    assert "ありません" in text_of(signed_in(empty_town).get("/imports").text)


def test_where_others_are_being_read_the_page_asks_to_come_again(
    signed_in: Enter, empty_town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = signed_in(empty_town)
    taken = Limits(patience=0.1, at_once=threading.BoundedSemaphore(1))
    monkeypatch.setattr(views, "read_apart", partial(read_apart, limits=taken))
    with taken.at_once:
        answer = send(client, b"x,y\n1,2\n", "places.csv")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "10")
    assert "まだ読んでいません" in answer.text
    assert "もう一度「places.csv」を選んでください" in answer.text
