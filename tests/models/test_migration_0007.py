"""Sessions and known devices come to a database in which people have signed in before, and go again, and lose nobody."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from alembic import command
from sqlalchemy import Engine, text

from models.migrate import alembic_config, upgrade
from models.types import UtcDateTime
from tests.conftest import AT

STAMP = UtcDateTime()
ROWS = {
    "municipality": {"key": "minato", "code": "31202", "name": "みなと市", "catalogue_revision": 0},
    "account": {"login": "co", "display_name": "職員", "password_hash": "x", "active": True, "created_at": AT},
    "account_role": {"role": "CO"},
}


def test_signing_in_goes_on_after_the_migration_and_after_taking_it_back(engine: Engine) -> None:
    command.downgrade(alembic_config(engine), "0006")
    town, account = uuid4().hex, uuid4().hex
    add(engine, "municipality", id=town, **ROWS["municipality"])
    add(engine, "account", id=account, municipality_id=town, **ROWS["account"])
    add(engine, "account_role", id=uuid4().hex, municipality_id=town, account_id=account, **ROWS["account_role"])
    for login, minutes, ok in (("co", 0, False), ("co", 1, False), ("co", 1, True), ("nobody", 2, False)):
        at = AT + timedelta(minutes=minutes)
        add(engine, "sign_in_attempt", id=uuid4().hex, login=login, address="192.0.2.1", at=at, ok=ok)
    upgrade(engine)
    assert ask(engine, "SELECT login, ok, counted_on FROM sign_in_attempt ORDER BY at, ok") == [
        ("co", False, "elsewhere"),
        ("co", True, "elsewhere"),
        ("nobody", False, "elsewhere"),
    ]
    assert ask(engine, "SELECT count(*) FROM account WHERE signed_in_at IS NOT NULL") == [(1,)]
    device = {"municipality_id": town, "account_id": account, "key_hash": "k", "used_at": AT}
    add(engine, "known_device", id=uuid4().hex, **device)
    command.downgrade(alembic_config(engine), "0006")
    assert ask(engine, "SELECT login, role FROM account JOIN account_role ON account_id = account.id") == [("co", "CO")]
    upgrade(engine)
    assert ask(engine, "SELECT count(*) FROM known_device") == [(0,)]
    command.check(alembic_config(engine))


def add(engine: Engine, table: str, **row: Any) -> None:
    stored = {
        name: STAMP.process_bind_param(value, engine.dialect) if isinstance(value, datetime) else value
        for name, value in row.items()
    }
    values = ", ".join(f":{name}" for name in row)
    with engine.begin() as connection:
        connection.execute(text(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({values})"), stored)


def ask(engine: Engine, statement: str) -> list[tuple[object, ...]]:
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(statement)).all()]
