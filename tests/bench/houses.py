"""The real service over a town of a size: database, signed-in coordinator, proposal pages asked for and shown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from flask.testing import FlaskClient
from sqlalchemy import Engine, event

from matching.inputs.facts import OpportunityFacts
from matching.inputs.profile import ParticipantProfile
from models.account import Role
from models.database import make_engine
from models.migrate import upgrade
from models.scope import EVERYWHERE, open_session
from tests.bench.records import Keys, add_catalogue, add_person, add_town
from tests.web.conftest import NOW, PASSWORD, SECRET, FrozenClock, sign_in, token_of
from web.app import create_app
from web.services.accounts import add_account
from web.settings import Settings

MUNICIPALITY = UUID(int=2)
TRANSACTIONS = re.compile(r"\s*(BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE|PRAGMA)", re.IGNORECASE)


class UnexpectedAnswerError(Exception):
    """A page that answers something else than it should is not measured: errors are fast (performance §2-4)."""


@dataclass(frozen=True)
class House:
    engine: Engine
    keys: Keys
    client: FlaskClient
    people: list[UUID]
    token: str

    def propose(self, participant: UUID) -> str:
        """Press the button; returns where the answer stands."""
        answer = self.client.post(f"/people/{participant}/proposals", data={"csrf_token": self.token})
        if answer.status_code != 303:
            raise UnexpectedAnswerError(f"asking answered {answer.status_code}")
        return str(answer.location)

    def show(self, address: str) -> str:
        page = self.client.get(address)
        if page.status_code != 200:
            raise UnexpectedAnswerError(f"showing answered {page.status_code}")
        return page.text

    def page(self, participant: UUID) -> str:
        return self.show(self.propose(participant))


@contextmanager
def house(url: str, facts: Sequence[OpportunityFacts], people: Sequence[ParticipantProfile]) -> Iterator[House]:
    engine = make_engine(url)
    upgrade(engine)
    keys = add_town(engine, MUNICIPALITY, key="bench")
    add_catalogue(engine, keys, facts)
    participants = [add_person(engine, keys, profile) for profile in people]
    with open_session(engine, municipality_id=EVERYWHERE) as session:
        add_account(
            session,
            municipality_id=MUNICIPALITY,
            login="bench",
            display_name="職員",
            roles=[Role.CO],
            password=PASSWORD,
            at=NOW,
        )
        session.commit()
    app = create_app(Settings(secret_key=SECRET, database_url=url), engine=engine, clock=FrozenClock())
    client = app.test_client()
    if sign_in(client, "bench").status_code != 303:
        raise UnexpectedAnswerError("signing in failed")
    token = token_of(client.get(f"/people/{participants[0]}").text)
    yield House(engine, keys, client, participants, token)
    engine.dispose()


@contextmanager
def statements(engine: Engine) -> Iterator[list[str]]:
    """Every statement sent meanwhile, without those that only begin and end transactions."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not TRANSACTIONS.match(statement):
            sent.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)
