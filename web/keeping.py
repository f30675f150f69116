"""What one machine keeps between starts: its secret, its database, and the sample when there is nothing yet."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from datetime import date, datetime

from sqlalchemy import Engine
from sqlmodel import select

from models.account import Role
from models.municipality import Municipality
from models.scope import EVERYWHERE, open_session
from seed.samples import add_sample_municipalities, fill_sample
from web.services.accounts import add_account
from web.settings import DATA_FOLDER, Settings

SAMPLE_ACCOUNTS = (
    ("coordinator", "及川さくら（見本）", (Role.CO,)),
    ("lead", "千葉みのる（見本）", (Role.LD,)),
    ("city", "市の担当（見本）", (Role.GV,)),
    ("places", "菊池はるか（見本）", (Role.SC,)),
)
SAMPLE_PHRASE = "engawa-no-hinata"


def settings_of_this_machine() -> Settings:
    """Settings from the environment, with a secret of this machine's own where none is given."""
    kept = DATA_FOLDER / "secret.key"
    if not os.environ.get("ENGAWA_SECRET_KEY") and not kept.exists():
        DATA_FOLDER.mkdir(parents=True, exist_ok=True)
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_urlsafe(48), encoding="ascii")
    return Settings.from_environment(kept_secret=kept.read_text(encoding="ascii") if kept.exists() else None)


def fill_if_empty(engine: Engine, *, at: datetime, on: date) -> Iterator[str]:
    """Load the sample municipalities into an empty database; says what it did, line by line."""
    with open_session(engine, municipality_id=EVERYWHERE) as session:
        if session.exec(select(Municipality)).first() is None:
            yield "見本の市町村を入れています…"
            municipalities = add_sample_municipalities(session)
            session.commit()
            for municipality in municipalities:
                _fill(engine, municipality, at=at, on=on)
        names = [(row.key, row.name) for row in session.exec(select(Municipality).order_by(Municipality.key)).all()]
    yield f"見本のサインイン（パスワードはどれも {SAMPLE_PHRASE}）"
    for key, name in names:
        yield f"  {name}: " + "  ".join(f"{login}@{key}" for login, _, _ in SAMPLE_ACCOUNTS)


def _fill(engine: Engine, municipality: Municipality, *, at: datetime, on: date) -> None:
    with open_session(engine, municipality_id=municipality.id) as session:
        fill_sample(session, municipality.key, at=at, on=on)
        session.commit()
    with open_session(engine, municipality_id=EVERYWHERE) as session:
        for login, name, roles in SAMPLE_ACCOUNTS:
            add_account(
                session,
                municipality_id=municipality.id,
                login=f"{login}@{municipality.key}",
                display_name=name,
                password=SAMPLE_PHRASE,
                any_password=True,
                roles=roles,
                at=at,
            )
        session.commit()
