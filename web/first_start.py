"""What one machine keeps between starts: its secret, its database, and the sample when there is nothing yet."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import Connection, Engine
from sqlmodel import Session, col, select

from models.account import Account, Role
from models.alone import alone
from models.database import address_of
from models.municipality import Municipality
from models.scope import EVERYWHERE, open_session
from seed.samples import add_sample_municipalities, fill_sample, is_sample
from web.private_files import close_to_others, database_files, write_private
from web.services.accounts import add_account
from web.settings import DATA_FOLDER, Settings, SettingsError, is_production

SAMPLE_ACCOUNTS = (
    ("coordinator", "及川さくら（見本）", (Role.CO,)),
    ("lead", "千葉みのる（見本）", (Role.LD,)),
    ("city", "市の担当（見本）", (Role.GV,)),
    ("places", "菊池はるか（見本）", (Role.SC,)),
)
SAMPLE_PHRASE = "engawa-no-hinata"


def settings_of_this_machine() -> Settings:
    """Settings from the environment, with a secret of this machine's own where none is given and production is not."""
    if is_production() or os.environ.get("ENGAWA_SECRET_KEY"):
        return Settings.from_environment()
    kept = DATA_FOLDER / "secret.key"
    # Empty: a start was killed between making the file and filling it.
    if not kept.exists() or not kept.read_text(encoding="ascii").strip():
        write_private(kept, secrets.token_urlsafe(48).encode("ascii"))
    return Settings.from_environment(kept_secret=kept.read_text(encoding="ascii"))


def close_what_is_kept(settings: Settings, say: Callable[[str], None]) -> None:
    """What an earlier version or a careless hand left open to others of the machine is closed, and that is said."""
    address = address_of(settings.database_url)
    paths = [DATA_FOLDER, DATA_FOLDER / "secret.key"]
    if address.drivername.startswith("sqlite") and address.database:
        paths += database_files(Path(address.database))
    close_to_others(paths, say)


def refuse_sample_in_production(engine: Engine, settings: Settings) -> None:
    """SettingsError where a database with sample towns, whose passwords everybody knows, would go into production."""
    if not settings.production:
        return
    with open_session(engine, municipality_id=EVERYWHERE) as session:
        names = [row.name for row in _municipalities(session) if _is_sample(session, row)]
    if names:
        message = (
            f"このデータベースには見本の市町村（{'、'.join(names)}）が入っています。見本のパスワードは公開されているので、"
            "本番では始めません。ENGAWA_DATABASE_URL に新しいデータベースを指定してください。"
        )
        raise SettingsError(message)


def fill_if_empty(engine: Engine, *, at: datetime, on: date) -> Iterator[str]:
    """Load the sample municipalities into an empty database, all or nothing; says what it did, line by line."""
    with open_session(engine, municipality_id=EVERYWHERE) as session:
        empty = session.exec(select(Municipality)).first() is None
    if empty:
        yield "見本の市町村を入れています…"
        with alone(engine) as connection:
            _fill_all(connection, at=at, on=on)
    with open_session(engine, municipality_id=EVERYWHERE) as session:
        samples = [row for row in _municipalities(session) if _is_sample(session, row)]
    if not samples:
        yield "このデータベースには見本でない市町村があるので、見本は入れませんでした。"
        return
    yield f"見本のサインイン（パスワードはどれも {SAMPLE_PHRASE}）"
    for row in samples:
        yield f"  {row.name}: " + "  ".join(f"{login}@{row.key}" for login, _, _ in SAMPLE_ACCOUNTS)


def _municipalities(session: Session) -> Sequence[Municipality]:
    return session.exec(select(Municipality).order_by(col(Municipality.key))).all()


def _is_sample(session: Session, municipality: Municipality) -> bool:
    """Marked as one, or filled before there were marks: then its accounts tell."""
    if is_sample(municipality):
        return True
    login, name, _ = SAMPLE_ACCOUNTS[0]
    told = select(Account.id).where(Account.login == f"{login}@{municipality.key}", Account.display_name == name)
    return session.exec(told).first() is not None


def _fill_all(connection: Connection, *, at: datetime, on: date) -> None:
    """In one transaction: a start that is killed leaves nothing of it, and the next one begins again."""
    with open_session(connection, municipality_id=EVERYWHERE) as session:
        if session.exec(select(Municipality)).first() is not None:
            # Somebody else was quicker while we waited.
            return
        municipalities = add_sample_municipalities(session)
        session.commit()
    for municipality in municipalities:
        with open_session(connection, municipality_id=municipality.id) as session:
            fill_sample(session, municipality.key, at=at, on=on)
            session.commit()
        with open_session(connection, municipality_id=EVERYWHERE) as session:
            _add_sample_accounts(session, municipality, at=at)
            session.commit()


def _add_sample_accounts(session: Session, municipality: Municipality, *, at: datetime) -> None:
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
