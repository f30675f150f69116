"""The button that takes an import back: first what it would do, then it is done, or one sentence says why not."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlmodel import col, select

from models.account import Role
from models.scope import EVERYWHERE, open_session
from models.tables import ImportBatch, ImportJournal, Municipality, Opportunity, Organization, Participant
from tests.web.conftest import FrozenClock, Town, token_of
from tests.web.test_import_pages import APPLY, PEOPLE, press, send, table
from tests.web.test_people_pages import text_of
from tests.web.test_two_at_once import at_once, ready, statuses
from web.cli import main
from web.jobs import tidy

Enter = Callable[..., FlaskClient]
OPEN, CONFIRM = "この取り込みを取り消す", "取り消して、もとに戻す"
ROWS = "団体ID,団体名,活動ID,活動名,定員（人）"


def bring_in(client: FlaskClient, content: bytes, name: str = "a.csv") -> str:
    address: str = press(client, send(client, content, name).location, APPLY).location
    return address


def left(engine: Engine, town: Town) -> list[str]:
    with open_session(engine, municipality_id=town.id) as session:
        return [
            *session.exec(select(Organization.name)).all(),
            *session.exec(select(Opportunity.title)).all(),
            *session.exec(select(Participant.display_name)).all(),
        ]


def test_the_button_leads_to_what_would_happen_and_then_it_happens(
    signed_in: Enter, engine: Engine, empty_town: Town
) -> None:
    client = signed_in(empty_town)
    bring_in(client, table(ROWS, "o-1,花の会,a-1,花の水やり,3"))
    address = bring_in(client, table(ROWS, "o-1,花の会,a-1,花の水やり,5", "o-2,店,a-2,皿洗い,"))
    assert OPEN in client.get(address).text
    page = text_of(client.get(f"{address}/take-back").text)
    assert "新しく入ったもの 2件を消します" in page
    assert "変わったもの 1件をもとの内容に戻します" in page
    done = press(client, f"{address}/take-back", CONFIRM)
    assert done.status_code == 303
    page = text_of(client.get(done.location).text)
    assert "取り消しました" in page
    assert "職員COが取り消しました" in page
    assert OPEN not in page
    assert "取り消し済み" in client.get("/imports").text
    assert left(engine, empty_town) == ["花の会", "花の水やり"]
    with open_session(engine, municipality_id=empty_town.id) as session:
        assert session.exec(select(Opportunity.capacity_total)).one() == 3
        assert len(session.exec(select(ImportJournal)).all()) == 1


def test_what_somebody_built_on_is_named_and_nothing_changes(
    signed_in: Enter, engine: Engine, empty_town: Town
) -> None:
    client = signed_in(empty_town)
    address = bring_in(client, table(ROWS, "o-1,花の会,a-1,花の水やり,3"))
    seen = ready(client, f"{address}/take-back", CONFIRM)
    later = bring_in(client, table(ROWS, "o-1,つくしの会,a-1,花の水やり,3"), "b.csv")
    refused = seen()
    assert refused.status_code == 409
    assert "この取り込みのあとで、団体「つくしの会」が直されたので、取り消せません。" in refused.text
    assert CONFIRM not in refused.text
    assert left(engine, empty_town) == ["つくしの会", "花の水やり"]
    press(client, f"{later}/take-back", CONFIRM)
    assert press(client, f"{address}/take-back", CONFIRM).status_code == 303
    assert left(engine, empty_town) == []


def test_taking_back_twice_at_once_is_done_once(signed_in: Enter, engine: Engine, empty_town: Town) -> None:
    clients = [signed_in(empty_town) for _ in range(3)]
    address = bring_in(clients[0], PEOPLE, "p.json")
    answers = at_once(*(ready(client, f"{address}/take-back", CONFIRM) for client in clients))
    assert statuses(answers) == {303: 1, 409: 2}
    assert "もう取り消してあります" in next(one.text for one in answers if one.status_code == 409)
    assert left(engine, empty_town) == []


def test_people_are_taken_back_only_by_whoever_may_import_them(signed_in: Enter, empty_town: Town) -> None:
    address = bring_in(signed_in(empty_town), PEOPLE, "p.json")
    client = signed_in(empty_town, Role.SC)
    token = token_of(client.get("/imports").text)
    assert client.get(f"{address}/take-back").status_code == 404
    assert client.post(f"{address}/take-back", data={"csrf_token": token}).status_code == 404


def test_what_imports_touched_is_forgotten_after_thirty_days_and_then_it_is_too_late(
    signed_in: Enter, engine: Engine, empty_town: Town, clock: FrozenClock
) -> None:
    address = bring_in(signed_in(empty_town), PEOPLE, "p.json")
    for days, kept in ((29, 1), (2, 0)):
        clock.forward(days=days)
        tidy(engine, clock)
        with open_session(engine, municipality_id=EVERYWHERE) as session:
            assert len(session.exec(select(ImportJournal)).all()) == kept
    client = signed_in(empty_town)
    page = text_of(client.get(address).text)
    assert "控えがもうないので" in page
    assert OPEN not in page
    token = token_of(client.get("/imports").text)
    refused = client.post(f"{address}/take-back", data={"csrf_token": token})
    assert refused.status_code == 409
    assert left(engine, empty_town) == ["たけさん"]


@pytest.fixture
def command(tmp_path: object, engine: Engine, empty_town: Town, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """`engawa import …` on the database of the test."""
    monkeypatch.setenv("ENGAWA_DATABASE_URL", engine.url.render_as_string(hide_password=False))
    monkeypatch.setenv("ENGAWA_SECRET_KEY", "x" * 48)

    def run(*words: str, fails: bool = False) -> str:
        result = CliRunner().invoke(main, ["import", *words])
        assert (result.exit_code != 0) == fails, result.output
        return result.output

    return run


def test_what_the_command_imports_is_listed_and_can_be_taken_back(
    command: Callable[..., str], signed_in: Enter, engine: Engine, empty_town: Town, tmp_path: object
) -> None:
    for name, capacity in (("a.csv", 3), ("b.csv", 5)):
        (tmp_path / name).write_bytes(table(ROWS, f"o-1,花の会,a-1,花の水やり,{capacity}"))  # type: ignore[operator]
        command(str(tmp_path / name))  # type: ignore[operator]
    client = signed_in(empty_town)
    with open_session(engine, municipality_id=empty_town.id) as session:
        first = session.exec(select(ImportBatch).order_by(col(ImportBatch.uploaded_at))).all()[0]
    page = text_of(client.get(f"/imports/{first.id}").text)
    assert "コマンドで" in page
    assert "b.csv" in command("undo", "--yes")
    assert "a.csv" in command("undo", "--yes")
    assert left(engine, empty_town) == []
    assert "取り消せる取り込みがありません" in command("undo", "--yes", fails=True)


def test_only_one_town_is_touched(signed_in: Enter, engine: Engine, empty_town: Town, other_town: Town) -> None:
    ours, theirs = signed_in(empty_town), signed_in(other_town)
    address = bring_in(ours, json.dumps(json.loads(PEOPLE)).encode(), "p.json")
    bring_in(theirs, PEOPLE, "p.json")
    press(ours, f"{address}/take-back", CONFIRM)
    assert (left(engine, empty_town), left(engine, other_town)) == ([], ["たけさん"])
    with open_session(engine, municipality_id=EVERYWHERE) as session:
        assert len(session.exec(select(Municipality)).all()) == 2
