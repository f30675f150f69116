"""A file is read once, outside any transaction, and others work on meanwhile."""

from __future__ import annotations

import http.client
import json
import re
from collections.abc import Callable
from threading import Thread
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlmodel import select
from werkzeug.serving import make_server

from models.account import Role
from models.scope import open_session
from models.tables import ImportBatch, Opportunity
from seed.errors import ImportProblem
from seed.reading.apart import Reading, read_apart
from tests.web.conftest import Town, sign_in
from tests.web.test_import_pages import ANSWER, APPLY, DROP, press, send, table
from tests.web.test_people_pages import text_of
from web.services import import_applying, import_drafts
from web.services import imports as service
from web.views import imports as views

Enter = Callable[..., FlaskClient]
ROWS = table("団体名,活動名,人数めやす", "花の会,花の水やり,3")


@pytest.fixture
def readings(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that are read; while one is, no connection to the database is in anybody's hands."""
    names: list[str] = []

    def noted(content: bytes, name: str, **how: Any) -> Reading:
        assert engine.pool.checkedout() == 0  # type: ignore[attr-defined]
        names.append(name)
        return read_apart(content, name, **how)

    for module in (views, import_drafts):
        monkeypatch.setattr(module, "read_apart", noted)
    return names


def batch(engine: Engine, town: Town) -> ImportBatch:
    with open_session(engine, municipality_id=town.id) as session:
        return session.exec(select(ImportBatch)).one()


def test_a_file_is_read_once_however_often_it_is_looked_at(
    signed_in: Enter, engine: Engine, empty_town: Town, readings: list[str]
) -> None:
    client = signed_in(empty_town)
    address = send(client, table("団体名,活動名", "花の会,花の水やり"), "places.csv").location
    for _ in range(2):
        assert client.get(address).status_code == 200
    assert press(client, address, APPLY).status_code == 303
    assert readings == ["places.csv"]
    after = batch(engine, empty_town)
    assert (after.state, after.content, after.draft, after.draft_of) == ("applied", None, None, None)


def test_an_answer_reads_the_file_once_more_and_what_it_says_is_kept(
    signed_in: Enter, engine: Engine, empty_town: Town, readings: list[str]
) -> None:
    client = signed_in(empty_town)
    address = send(client, ROWS, "places.csv").location
    press(client, address, ANSWER, **{"header-1": "定員（人）"})
    assert press(client, address, APPLY).status_code == 303
    assert readings == ["places.csv", "places.csv"]
    with open_session(engine, municipality_id=empty_town.id) as session:
        assert session.exec(select(Opportunity.capacity_total)).one() == 3


def test_what_another_build_read_is_read_again(
    signed_in: Enter, engine: Engine, empty_town: Town, readings: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    client = signed_in(empty_town)
    address = send(client, ROWS, "places.csv").location
    before = batch(engine, empty_town)
    monkeypatch.setattr(import_drafts, "reading_version", lambda: "another build")
    with open_session(engine, municipality_id=empty_town.id) as session:
        kept = session.exec(select(ImportBatch)).one()
        kept.draft = b"of another shape"
        session.commit()
    assert "花の水やり" in client.get(address).text
    client.get(address)
    assert readings == ["places.csv", "places.csv"]
    after = batch(engine, empty_town)
    assert after.draft == before.draft
    assert after.draft_of is not None
    assert after.draft_of["build"] == "another build"


def test_a_file_that_cannot_be_read_again_says_so_and_can_still_be_left(
    signed_in: Enter, engine: Engine, empty_town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = signed_in(empty_town)
    address = send(client, ROWS, "places.csv").location

    def too_long(*_: object, **__: object) -> Reading:
        raise ImportProblem("「places.csv」は読むのに時間がかかりすぎるので止めました。")

    monkeypatch.setattr(import_drafts, "reading_version", lambda: "another build")
    monkeypatch.setattr(import_drafts, "read_apart", too_long)
    page = text_of(client.get(address).text)
    assert "時間がかかりすぎる" in page
    assert "places.csv" in page
    assert press(client, address, DROP).status_code == 303
    assert batch(engine, empty_town).state == "dropped"


def test_answers_given_while_a_file_is_applied_ask_for_another_look(
    signed_in: Enter, engine: Engine, empty_town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = signed_in(empty_town)
    address = send(client, ROWS, "places.csv").location
    prepare = import_applying.prepare

    def answered_meanwhile(session: Any, kept: ImportBatch) -> import_applying.Prepared:
        prepared = prepare(session, kept)
        with open_session(engine, municipality_id=empty_town.id) as other:
            service.choose_columns(other, other.exec(select(ImportBatch)).one(), columns={"人数めやす": "定員（人）"})
            other.commit()
        return prepared

    monkeypatch.setattr(import_applying, "prepare", answered_meanwhile)
    assert press(client, address, APPLY).status_code == 409
    assert batch(engine, empty_town).state == "waiting"


def test_the_list_of_imports_does_not_load_the_files(signed_in: Enter, empty_town: Town, queries: list[str]) -> None:
    client = signed_in(empty_town)
    send(client, ROWS, "places.csv")
    queries.clear()
    assert "places.csv" in client.get("/imports").text
    assert queries
    assert not any(re.search(r"import_batch\.(content|draft)\b", sent) for sent in queries)


def test_others_sign_in_while_a_large_file_is_looked_at_and_applied(
    app: Flask, signed_in: Enter, engine: Engine, empty_town: Town, other_town: Town
) -> None:
    count = 2_500
    document = {
        "format": "participation-catalogue",
        "version": "1.0",
        "organizations": [{"id": f"org-{n}", "name": f"団体{n}"} for n in range(count)],
        "sites": [],
        "opportunities": [{"id": f"opp-{n}", "organization_id": f"org-{n}", "title": f"活動{n}"} for n in range(count)],
    }
    client = signed_in(empty_town)
    done: list[int] = []

    def import_it() -> None:
        address = send(client, json.dumps(document).encode(), "large.json").location
        done.append(press(client, address, APPLY).status_code)

    importing = Thread(target=import_it)
    importing.start()
    answers = []
    while importing.is_alive():
        answers.append(sign_in(app.test_client(), other_town.accounts[Role.CO]).status_code)
    importing.join()
    assert done == [303]
    assert len(answers) >= 3
    assert {answer for answer in answers if answer != 303} == set()
    with open_session(engine, municipality_id=empty_town.id) as session:
        assert len(session.exec(select(Opportunity.id)).all()) == count


def test_a_file_larger_than_may_be_sent_is_answered_by_a_page(app: Flask) -> None:
    """A browser sends all of it before it reads; cut off meanwhile, it would show its own page of a lost connection."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        for _ in range(3):
            browser = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=20)
            head = {"Content-Type": "multipart/form-data; boundary=x"}
            browser.request("POST", "/imports", body=b"x" * (11 * 1024 * 1024), headers=head)
            answer = browser.getresponse()
            assert answer.status == 413
            assert "一度に受け取れるのは 2 MB まで" in answer.read().decode()
            browser.close()
    finally:
        server.shutdown()
        thread.join()
