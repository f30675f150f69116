"""Whatever a column of our own records can hold (rounds, imports, lists, sign-ins), every page that shows it answers."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlmodel import select

from models.account import Account, Role
from models.importing import ImportBatch
from models.listed import FacilityList, ListedRow, Suggestion
from models.municipality import District
from models.opportunity import Opportunity
from models.participant import Participant
from models.proposal import Proposal, ProposalRound
from models.scope import open_session
from models.signing_in import SignInSession
from models.site import Site
from tests.web.conftest import NOW, Town, fill, token_of
from tests.web.test_any_value import ODD_JSON, Enter, _attacked, _odd, _write
from tests.web.test_import_pages import APPLY, press, send

pytestmark = pytest.mark.unwatched

OURS = (ProposalRound, Proposal, ImportBatch, FacilityList, ListedRow, Suggestion, District, Account, SignInSession)
LIST = "名称,住所,電話番号\n本町集会所,みなと市本町1,0859-00-0001\n港会館,みなと市港町2,0859-00-0002\n"
PLACES = "団体名,活動名,場所名,住所\nみなと会,茶話会,本町集会所,みなと市本町1\n"
PERSON = json.dumps(
    {
        "format": "participation-participants",
        "version": "1.0",
        "participants": [{"id": "p", "display_name": "たけ", "district": "みなみ"}],
    }
).encode()
UNTOUCHED = {
    "state",
    "password_hash",
    "login",
    "active",
    "key_hash",
    "ended_at",
    "seen_at",
    "started_at",
    "content",
    "draft",
}
"""What decides who is signed in and what is read: no page shows it."""


def _made(engine: Engine, town: Town, client: FlaskClient) -> None:
    """A round, two imports of a list that differs from what is known, another that waits."""
    for name, content in (("a.csv", PLACES), ("集会所.csv", LIST), ("集会所.csv", LIST.replace("0001", "0009"))):
        press(client, send(client, content.encode(), name).location, APPLY)
    send(client, LIST.encode(), "waiting.csv")
    fill(engine, town, ("people.json", PERSON))
    person = f"/people/{town.people['p']}"
    client.post(f"{person}/proposals", data={"csrf_token": token_of(client.get(person).text)})
    with open_session(engine, municipality_id=town.id) as session:
        kept, place = session.exec(select(ProposalRound.id)).one(), session.exec(select(Opportunity.id)).all()[0]
        site, known = session.exec(select(Site.ref)).all()[0], session.exec(select(FacilityList.id)).all()[0]
        said = {"phone": "0859-00-0009"}
        session.add(
            Suggestion(kind="site", target_ref=site, field="phone", value=said, facility_list_id=known, noticed_at=NOW)
        )
        session.add(Proposal(round_id=kept, opportunity_id=place, rank=1, band="○", total=60, known_share=50))
        session.commit()


def _pages(engine: Engine, town: Town) -> Iterator[str]:
    with open_session(engine, municipality_id=town.id) as session:
        people = session.exec(select(Participant.id)).all()
        yield from ("/", "/places", "/people", "/imports", "/settings", "/account")
        for kind, table in (("places", Opportunity), ("imports", ImportBatch)):
            yield from (f"/{kind}/{key}" for key in session.exec(select(table.id)).all())
        rounds = session.exec(select(ProposalRound.id)).all()
        for key in people:
            yield from (f"/people/{key}/proposals/{one}{asked}" for one in rounds for asked in ("", "?why=茶話会"))
        yield from (f"/imports/{key}/take-back" for key in session.exec(select(ImportBatch.id)).all())
        yield from (f"/people/{key}{page}" for key in people for page in ("", "/proposals"))


def test_every_page_answers_whatever_our_own_records_hold(signed_in: Enter, engine: Engine, empty_town: Town) -> None:
    client = signed_in(empty_town, Role.CO)
    _made(engine, empty_town, client)
    pages, failed = list(_pages(engine, empty_town)), []
    for table in OURS:
        rows = table.__table__  # type: ignore[attr-defined]
        columns = [one for one in _attacked(table) if one.name not in UNTOUCHED and _odd(one, engine.dialect.name)]
        with engine.connect() as connection:
            before = [dict(row) for row in connection.execute(rows.select()).mappings()]
        assert before, table
        for number in range(len(ODD_JSON)):
            left = [column for column in columns if number < len(_odd(column, engine.dialect.name))]
            # Half of them at a time: what one breaks must not keep another from being looked at.
            for half in filter(None, (left[::2], left[1::2])):
                with engine.begin() as connection:
                    for column in half:
                        odd = _odd(column, engine.dialect.name)[number]
                        for row in before:
                            _write(connection, rows, column, row["id"], odd)
                names = [column.name for column in half]
                failed += [(table.__name__, names, page) for page in pages if client.get(page).status_code >= 500]
                with engine.begin() as connection:
                    for row in before:
                        connection.execute(
                            rows.update().where(rows.c.id == row["id"]).values({n: row[n] for n in names})
                        )
    assert failed == []
