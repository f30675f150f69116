"""Accounts: adding them, giving them a password, and checking who signs in."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, delete, select

from models.account import Account, AccountRole, Role, SignInAttempt
from models.municipality import Municipality
from web.services import passwords
from web.services.errors import ServiceError, TooManyTriesError
from web.services.throttling import ACCOUNT_WINDOW, ADDRESS_WINDOW, account_opens_at, address_opens_at

OpenRecords = Callable[[], AbstractContextManager[Session]]

WRONG = "サインイン名かパスワードが違います。入れ直してください。"
LONGEST_LOGIN = 100
KEEP_ATTEMPTS = timedelta(days=90)
TOKYO = ZoneInfo("Asia/Tokyo")


@dataclass(frozen=True)
class KnownAccount:
    """An account as the session needs it, with the settings of its municipality. The seal changes with the password, which ends every older session."""

    id: UUID
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
        kept = _count_try(session, key=key, address=address, at=at)
    if not passwords.matches(password, kept.password_hash if kept else None) or kept is None:
        raise ServiceError(WRONG)
    with open_records() as session:
        session.add(SignInAttempt(login=key, address=address, at=at, ok=True))
        account = session.get(Account, kept.id)
        if account is not None and passwords.needs_rehash(account.password_hash):
            account.password_hash = passwords.hashed(password)
        session.flush()
        known = known_account(session, kept.id)
    if known is None:
        raise ServiceError(WRONG)
    return known


def _count_try(session: Session, *, key: str, address: str, at: datetime) -> Account | None:
    """Note this try as failed, refuse it when too many came before, and hand over the account, if there is one.

    The note is written first: it takes the lock that makes tries at the same moment count one another. A refused try
    is rolled back with the refusal, so that waiting never grows by trying.
    """
    this = SignInAttempt(login=key, address=address, at=at, ok=False)
    session.add(this)
    session.flush()
    account = session.exec(
        select(Account).where(Account.login == key, col(Account.active).is_(True)).with_for_update()
    ).first()
    tries = session.exec(
        select(SignInAttempt)
        .where(SignInAttempt.login == key, col(SignInAttempt.at) > at - ACCOUNT_WINDOW, SignInAttempt.id != this.id)
        .order_by(col(SignInAttempt.at), col(SignInAttempt.ok))
    ).all()
    opens = account_opens_at(_failures_since_success(tries), at=at)
    if opens is None:
        opens = address_opens_at(_failures_from(session, this, at), at=at)
    if opens is not None:
        raise _wait(opens, at)
    return account


def _failures_since_success(tries: Iterable[SignInAttempt]) -> list[datetime]:
    failures: list[datetime] = []
    for attempt in tries:
        if attempt.ok:
            failures.clear()
        else:
            failures.append(attempt.at)
    return failures


def _failures_from(session: Session, this: SignInAttempt, at: datetime) -> list[datetime]:
    """Earlier failed tries of the same address. A success leaves a failed note of its own try, which does not count."""
    tries = session.exec(
        select(SignInAttempt)
        .where(
            SignInAttempt.address == this.address,
            col(SignInAttempt.at) > at - ADDRESS_WINDOW,
            SignInAttempt.id != this.id,
        )
        .order_by(col(SignInAttempt.at))
    ).all()
    succeeded = {(attempt.login, attempt.at) for attempt in tries if attempt.ok}
    return [attempt.at for attempt in tries if not attempt.ok and (attempt.login, attempt.at) not in succeeded]


def _wait(opens: datetime, at: datetime) -> TooManyTriesError:
    # The minute shown is the first whole minute at which it opens.
    shown = (opens.astimezone(TOKYO) + timedelta(seconds=59)).replace(second=0, microsecond=0)
    sentence = (
        f"まちがいが続いたので、いまはサインインできません。{shown.hour}:{shown:%M}を過ぎたら、もう一度お試しください。"
    )
    return TooManyTriesError(sentence, seconds=max(int((opens - at).total_seconds()) + 1, 1))


def forget_old_attempts(session: Session, *, at: datetime) -> None:
    """Addresses are personal data too: nothing is kept longer than it serves."""
    session.exec(delete(SignInAttempt).where(col(SignInAttempt.at) < at - KEEP_ATTEMPTS))
