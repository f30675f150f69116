"""Files of every kind taken back: row for row what was there before, and what a colleague decided stays."""

from __future__ import annotations

import json
from collections.abc import Callable
from uuid import UUID

from flask.testing import FlaskClient
from sqlalchemy import Engine

from models.scope import open_session
from tests.models.test_taking_back import everything
from tests.web.conftest import PracticeFile, Town
from tests.web.forms import form_with
from tests.web.test_import_pages import press, send, table
from tests.web.test_lists_again import BEACH, HALL, HEAD, KEEP, confirm, hall
from tests.web.test_taking_back import CONFIRM, bring_in

Enter = Callable[..., FlaskClient]
SIGNING_IN = ("account", "sign_in_session", "known_device", "sign_in_attempt")


def records(engine: Engine, town: Town) -> dict[tuple[str, UUID], dict[str, object]]:
    """Every row but those of signing in."""
    with open_session(engine, municipality_id=town.id) as session:
        return {key: row for key, row in everything(session).items() if key[0] not in SIGNING_IN}


def test_each_kind_of_file_taken_back_leaves_every_row_as_it_was(
    signed_in: Enter, engine: Engine, empty_town: Town, practice_file: PracticeFile
) -> None:
    client = signed_in(empty_town)
    people, catalogue = json.loads(practice_file("participants.json")), json.loads(practice_file("catalogue.json"))
    for one in people["participants"]:
        one |= {"display_name": "ある人", "stage": 4, "consents": [], "birth_date": "1960-02-29"}
    for one in catalogue["opportunities"]:
        one |= {"title": "ある活動", "slots": one.get("slots", [])[:1], "verified_on": "2026-11-01"}
    files = [
        (practice_file("catalogue.json"), "c.json"),
        (practice_file("participants.json"), "p.json"),
        (json.dumps(people).encode(), "p2.json"),
        (table(HEAD, HALL, BEACH), "公共施設一覧.csv"),
        (table(HEAD, HALL.replace("0001", "0009")), "公共施設一覧_20261101.csv"),
        (table("団体ID,団体名,活動ID,活動名,定員（人）", "o-1,花の会,a-1,花,5", "o-2,店,a-2,皿洗い,"), "form.csv"),
        (json.dumps(catalogue).encode(), "c2.json"),
    ]
    stood, addresses = [], []
    for content, name in files:
        stood.append(records(engine, empty_town))
        addresses.append(bring_in(client, content, name))
    for before, address in zip(reversed(stood), reversed(addresses), strict=True):
        assert press(client, f"{address}/take-back", CONFIRM).status_code == 303
        assert records(engine, empty_town) == before


def test_a_difference_that_was_decided_keeps_its_import(signed_in: Enter, engine: Engine, empty_town: Town) -> None:
    client = signed_in(empty_town)
    bring_in(client, table(HEAD, HALL, BEACH), "公共施設一覧.csv")
    place = confirm(engine, empty_town)

    def again() -> str:
        waiting = send(client, table(HEAD, HALL.replace("0001", "0009"), BEACH), "公共施設一覧.csv").location
        return str(press(client, waiting, KEEP).location)

    before = records(engine, empty_town)
    address = again()
    assert press(client, f"{address}/take-back", CONFIRM).status_code == 303
    assert records(engine, empty_town) == before
    address = again()
    target, fields = form_with(client.get(f"/places/{place}").text, "一覧の値にする")
    assert client.post(target, data={**fields, "decision": "accept"}).status_code == 303
    token = fields["csrf_token"]
    refused = client.post(f"{address}/take-back", data={"csrf_token": token})
    assert refused.status_code == 409
    assert hall(engine, empty_town).phone == "0859-00-0009"
