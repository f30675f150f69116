"""A facility list that comes again: what would change is seen first, what was confirmed stays, and one decides at the place."""

from __future__ import annotations

from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlmodel import select

from models.account import Role
from models.importing import ImportBatch
from models.listed import ACCEPTED, DISMISSED, Suggestion
from models.scope import open_session
from models.tables import Opportunity, Organization, Site
from tests.web.conftest import TODAY, Town
from tests.web.forms import form_with
from tests.web.test_import_pages import ANSWER, APPLY, Enter, press, send, table
from tests.web.test_people_pages import text_of
from tests.web.test_place_page import fact
from tests.web.test_two_at_once import at_once, statuses

HEAD = "NO,市区町村名,名称,住所,電話番号,利用可能曜日,開始時間,終了時間"
HALL = "1,みなと市,みなと会館,本町1-1,0859-00-0001,月火,9:00,17:00"
BEACH = "2,みなと市,はま会館,本町2-2,0859-00-0002,,,"
KEEP = "この一覧を残す"


def import_list(client: FlaskClient, *rows: str, name: str = "公共施設一覧.csv", button: str = APPLY) -> str:
    """What the outcome says."""
    done = press(client, send(client, table(HEAD, *rows), name).location, button)
    assert done.status_code == 303
    return text_of(client.get(done.location).text)


def preview_of(client: FlaskClient, *rows: str, name: str = "公共施設一覧.csv") -> str:
    return text_of(client.get(send(client, table(HEAD, *rows), name).location).text)


def confirm(engine: Engine, town: Town) -> UUID:
    """The hall takes people in."""
    with open_session(engine, municipality_id=town.id) as session:
        entry = session.exec(select(Opportunity).where(Opportunity.title == "みなと会館（活動は未確認）")).one()
        entry.status, entry.title, entry.verified_on, entry.verification_method = "open", "お茶会", TODAY, "visit"
        session.commit()
        return entry.id


def hall(engine: Engine, town: Town) -> Site:
    with open_session(engine, municipality_id=town.id) as session:
        return session.exec(select(Site).where(Site.ref.like("%-site"), Site.name == "みなと会館")).one()  # type: ignore[attr-defined]


@pytest.fixture
def suggested(signed_in: Enter, engine: Engine, empty_town: Town) -> UUID:
    """A confirmed hall of which the list now says another telephone and another address."""
    client = signed_in(empty_town)
    import_list(client, HALL, BEACH)
    key = confirm(engine, empty_town)
    told = import_list(client, HALL.replace("0001", "0009").replace("本町1-1", "港町5"), BEACH, button=KEEP)
    assert "一覧とのちがいを2か所、場のページに並べました。いまの内容は変えていません。" in told
    return key


def test_old_and_new_value_of_every_field_stand_in_the_preview(signed_in: Enter, empty_town: Town) -> None:
    client = signed_in(empty_town)
    import_list(client, HALL, BEACH)
    page = preview_of(client, HALL.replace("0001", "0009").replace("月火", "月～金"), BEACH)
    assert "場所「みなと会館」 場所の電話 0859-00-0001 0859-00-0009" in page
    assert "団体「みなと会館」 電話 0859-00-0001 0859-00-0009" in page
    assert "曜日と時間 月火 09:00-17:00 月火水木金 09:00-17:00" in page


def test_vanished_rows_are_shown_and_the_place_says_so(signed_in: Enter, engine: Engine, empty_town: Town) -> None:
    client = signed_in(empty_town)
    import_list(client, HALL, BEACH)
    assert "一覧から消えたもの（1）" in preview_of(client, BEACH, name="公共施設一覧_20261101.csv")
    told = import_list(client, BEACH, name="公共施設一覧_20261101.csv")
    assert "一覧から消えたもの（1） 台帳からは消していません。" in told
    assert "場の一覧へ" in told
    with open_session(engine, municipality_id=empty_town.id) as session:
        key = session.exec(select(Opportunity.id).where(Opportunity.title == "みなと会館（活動は未確認）")).one()
    page = text_of(client.get(f"/places/{key}").text)
    assert "2026年11月の一覧（みなと市 公共施設一覧）から消えています。" in page


def test_the_difference_stands_beside_the_fact(signed_in: Enter, empty_town: Town, suggested: UUID) -> None:
    page = signed_in(empty_town).get(f"/places/{suggested}").text
    assert fact(page, "電話").startswith("0859-00-0001 一覧では 0859-00-0009 （みなと市 公共施設一覧）")
    assert "一覧では みなと市港町5" in fact(page, "住所")


def test_the_value_of_the_list_can_be_taken_over(
    signed_in: Enter, engine: Engine, empty_town: Town, suggested: UUID
) -> None:
    client = signed_in(empty_town)
    address, held = form_with(client.get(f"/places/{suggested}").text, "一覧の値にする")
    assert client.post(address, data={**held, "decision": "accept"}).status_code == 303
    assert hall(engine, empty_town).phone == "0859-00-0009"
    assert "一覧では 0859" not in text_of(client.get(f"/places/{suggested}").text)
    late = client.post(address, data={**held, "decision": "dismiss"})
    assert late.status_code == 409
    assert "先に決めていました" in late.text
    with open_session(engine, municipality_id=empty_town.id) as session:
        states = {row.field: row.state for row in session.exec(select(Suggestion)).all()}
    assert states == {"phone": ACCEPTED, "address": "open"}


def test_two_colleagues_who_decide_otherwise_at_the_same_moment(
    signed_in: Enter, engine: Engine, empty_town: Town, suggested: UUID
) -> None:
    clients = [signed_in(empty_town, role) for role in (Role.CO, Role.LD, Role.CO)]
    for field, ours, theirs in (
        ("phone", "0859-00-0001", "0859-00-0009"),
        ("address", "みなと市本町1-1", "みなと市港町5"),
    ):
        words = ("accept", "dismiss", "accept")
        pages = [form_with(client.get(f"/places/{suggested}").text, "一覧の値にする") for client in clients]
        presses = [
            lambda client=client, page=page, word=word: client.post(page[0], data={**page[1], "decision": word})  # type: ignore[misc]
            for client, page, word in zip(clients, pages, words, strict=True)
        ]
        answers = at_once(*presses)
        assert statuses(answers) == {303: 1, 409: 2}
        won = words[[answer.status_code for answer in answers].index(303)]
        assert getattr(hall(engine, empty_town), field) == (theirs if won == "accept" else ours)
        with open_session(engine, municipality_id=empty_town.id) as session:
            state = session.exec(select(Suggestion.state).where(Suggestion.field == field)).one()
        assert state == (ACCEPTED if won == "accept" else DISMISSED)


def test_what_was_decided_about_a_list_is_named_where_it_can_no_longer_be_taken_back(
    signed_in: Enter, engine: Engine, empty_town: Town, suggested: UUID
) -> None:
    client = signed_in(empty_town)
    with open_session(engine, municipality_id=empty_town.id) as session:
        kept = session.exec(select(ImportBatch)).all()
    [batch] = [one for one in kept if (one.outcome or {}).get("suggested")]
    address, held = form_with(client.get(f"/places/{suggested}").text, "いまのままにする")
    client.post(address, data={**held, "decision": "dismiss"})
    page = text_of(client.get(f"/imports/{batch.id}/take-back").text)
    assert "場所「みなと会館」の一覧との違いをどうするかが決められたので、取り消せません。" in page


def test_ours_can_be_left_and_is_not_asked_again(
    signed_in: Enter, engine: Engine, empty_town: Town, suggested: UUID
) -> None:
    client = signed_in(empty_town)
    address, held = form_with(client.get(f"/places/{suggested}").text, "いまのままにする")
    client.post(address, data={**held, "decision": "dismiss"})
    assert hall(engine, empty_town).phone == "0859-00-0001"
    page = preview_of(client, HALL.replace("0001", "0009").replace("本町1-1", "港町5"), BEACH)
    assert "取り込むものはありません" in page
    with open_session(engine, municipality_id=empty_town.id) as session:
        assert {row.state for row in session.exec(select(Suggestion)).all()} == {DISMISSED, "open"}


def test_whoever_may_not_import_sees_the_difference_without_buttons(
    signed_in: Enter, empty_town: Town, suggested: UUID
) -> None:
    page = signed_in(empty_town, Role.MC).get(f"/places/{suggested}").text
    assert "一覧では" in page
    assert "一覧の値にする" not in page


def test_a_file_of_another_name_is_taken_for_the_new_version_and_the_known_lists_are_offered(
    signed_in: Enter, empty_town: Town
) -> None:
    client = signed_in(empty_town)
    import_list(client, HALL, BEACH)
    page = client.get(send(client, table(HEAD, HALL, BEACH), "data.csv").location).text
    assert "「みなと市 公共施設一覧」の新しい版として読みました。" in text_of(page)
    assert 'value="みなと市 公共施設一覧"' in page
    assert '<option value="みなと市 公共施設一覧">' in page


def test_a_list_of_another_town_waits_for_a_word(signed_in: Enter, engine: Engine, empty_town: Town) -> None:
    client = signed_in(empty_town)
    address = send(client, table(HEAD, HALL.replace("みなと市", "やま町")), "list.csv").location
    assert "「やま町」のファイルです" in text_of(client.get(address).text)
    refused = press(client, address, APPLY)
    assert refused.status_code == 409
    assert "「このまま取り込む」に印をつけてください" in refused.text
    target, held = form_with(client.get(address).text, APPLY)
    assert client.post(target, data={**held, "other_town": "yes"}).status_code == 303
    assert hall(engine, empty_town).name == "みなと会館"


def organizations(engine: Engine, town: Town) -> list[str]:
    with open_session(engine, municipality_id=town.id) as session:
        return sorted(session.exec(select(Organization.ref)).all())


def test_a_form_row_of_a_known_name_is_asked_about_and_is_the_same_unless_somebody_says_otherwise(
    signed_in: Enter, engine: Engine, empty_town: Town
) -> None:
    client = signed_in(empty_town)
    known = table("団体ID,団体名,活動ID,活動名,場所名,定員（人）", "o-1,花の会,a-1,花の水やり,駅前花だん,3")
    press(client, send(client, known, "a.csv").location, APPLY)
    again = table("団体名,活動名,場所名,定員（人）", "花の 会,花の水やり,駅前花だん,5")
    address = send(client, again, "b.csv").location
    page = text_of(client.get(address).text)
    assert "もう台帳にあるものではありませんか（2）" in page
    assert "台帳にある「花の水やり（駅前花だん）」と同じもの" in page
    assert "定員（人） 3 5" in page
    press(client, address, APPLY)
    assert organizations(engine, empty_town) == ["o-1"]


def test_a_form_row_that_is_said_to_be_new_stays_new_after_a_reload(
    signed_in: Enter, engine: Engine, empty_town: Town
) -> None:
    client = signed_in(empty_town)
    press(client, send(client, table("団体ID,団体名,活動名", "o-1,花の会,花の水やり"), "a.csv").location, APPLY)
    address = send(client, table("団体名,活動名", "花の会,花の水やり"), "b.csv").location
    assert "取り込むものはありません" in client.get(address).text
    assert press(client, address, ANSWER, **{"same-1": ""}).status_code == 303
    assert "団体 新しい 1" in text_of(client.get(address).text)
    press(client, address, APPLY)
    assert len(organizations(engine, empty_town)) == 2


def test_a_choice_made_together_with_the_button_shows_what_it_does_first(signed_in: Enter, empty_town: Town) -> None:
    client = signed_in(empty_town)
    press(client, send(client, table("団体ID,団体名,活動名", "o-1,花の会,花の水やり"), "a.csv").location, APPLY)
    address = send(client, table("団体名,活動名,定員（人）", "花の会,花の水やり,5"), "b.csv").location
    first = press(client, address, APPLY, **{"same-1": ""})
    assert first.status_code == 409
    assert "書きかえた内容で読み直しました。" in first.text
