"""Accounts: adding them, giving them a password, and checking who signs in."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from models.account import Account, AccountRole, Role
from models.municipality import Municipality
from web.services import passwords
from web.services.errors import ServiceError
from web.services.tries import count_success, count_try

OpenRecords = Callable[[], AbstractContextManager[Session]]

WRONG = "サインイン名かパスワードが違います。入れ直してください。"
LONGEST_LOGIN = 100


@dataclass(frozen=True)
class KnownAccount:
    """An account as the session needs it, with the settings of its municipality. The seal changes with the password, which ends every older session."""

    id: UUID
    login: str
    municipality_id: UUID
    municipality_name: str
    settings: Mapping[str, Any]
    display_name: str
    roles: frozenset[Role]
    seal: str


def login_key(login: str) -> str:
    """One spelling of a sign-in name: width and case do not matter."""
    return unicodedata.normalize("NFKC", login).strip().casefold()[:LONGEST_LOGIN]


def add_account(
    session: Session,
    *,
    municipality_id: UUID,
    login: str,
    display_name: str,
    roles: Iterable[Role],
    password: str,
    at: datetime,
) -> Account:
    """Add an account. ServiceError says what is wrong with the name or the password."""
    key = login_key(login)
    if not key or any(character.isspace() for character in key):
        sentence = "サインイン名は、空白をふくまない文字で入れてください。"
        raise ServiceError(sentence)
    wanted = sorted(set(roles))
    if not wanted:
        sentence = "役割を一つ以上選んでください。"
        raise ServiceError(sentence)
    if session.exec(select(Account).where(Account.login == key)).first() is not None:
        sentence = f"サインイン名「{key}」はもう使われています。別の名前にしてください。"
        raise ServiceError(sentence)
    passwords.check_password(password, avoid=(key, display_name))
    account = Account(
        municipality_id=municipality_id,
        login=key,
        display_name=display_name.strip() or key,
        password_hash=passwords.hashed(password),
        created_at=at,
    )
    session.add(account)
    session.flush()
    for role in wanted:
        session.add(AccountRole(municipality_id=municipality_id, account_id=account.id, role=role.value))
    session.flush()
    return account


def set_password(session: Session, *, account_id: UUID, password: str) -> None:
    """Give a new password; every session opened with the old one ends."""
    account = session.get(Account, account_id)
    if account is None:
        sentence = "そのアカウントは見つかりません。"
        raise ServiceError(sentence)
    passwords.check_password(password, avoid=(account.login, account.display_name))
    account.password_hash = passwords.hashed(password)
    session.add(account)
    session.flush()


def known_account(session: Session, account_id: UUID) -> KnownAccount | None:
    """The active account with its roles, in one query; None when it is gone or closed."""
    rows = session.exec(
        select(Account, Municipality.name, Municipality.settings, AccountRole.role)
        .join(Municipality, col(Account.municipality_id) == col(Municipality.id))
        .outerjoin(AccountRole, col(AccountRole.account_id) == col(Account.id))
        .where(Account.id == account_id, col(Account.active).is_(True))
    ).all()
    if not rows:
        return None
    account, municipality_name, settings, _ = rows[0]
    return KnownAccount(
        id=account.id,
        login=account.login,
        municipality_id=account.municipality_id,
        municipality_name=municipality_name,
        settings=settings or {},
        display_name=account.display_name,
        roles=frozenset(Role(role) for _, _, _, role in rows if role in set(Role)),
        seal=hashlib.sha256(account.password_hash.encode()).hexdigest()[:16],
    )


def sign_in(open_records: OpenRecords, *, login: str, password: str, address: str, at: datetime) -> KnownAccount:
    """Check a sign-in; ServiceError with the same sentence whether the name or the password is wrong.

    Three short transactions: the try is counted as failed *before* the slow check, so that many at once cannot slip
    through, and no lock is held while the password is checked. TooManyTriesError says when one may try again.
    """
    key = login_key(login)
    with open_records() as session:
        kept = count_try(session, key=key, address=address, at=at, refused="サインインできません")
    if not passwords.matches(password, kept.password_hash if kept else None) or kept is None:
        raise ServiceError(WRONG)
    with open_records() as session:
        count_success(session, key=key, address=address, at=at)
        account = session.get(Account, kept.id)
        if account is not None and passwords.needs_rehash(account.password_hash):
            account.password_hash = passwords.hashed(password)
        session.flush()
        known = known_account(session, kept.id)
    if known is None:
        raise ServiceError(WRONG)
    return known
