"""Signing in: the password is checked, a session begins, and this browser is known from now on."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from models.account import Account
from models.signing_in import EndedWhy
from web.services import passwords
from web.services.accounts import login_key
from web.services.errors import ServiceError
from web.services.known_devices import remember_device
from web.services.sign_in_sessions import begin_session, end_session_of_key
from web.services.tries import count_success, count_try

OpenRecords = Callable[[], AbstractContextManager[Session]]

WRONG = "サインイン名かパスワードが違います。入れ直してください。"


@dataclass(frozen=True)
class Browser:
    """What a browser brings along: its keys ('' where it has none), its address, and what one would call it."""

    session_key: str
    device_key: str
    address: str
    device: str


@dataclass(frozen=True)
class Keys:
    """What a browser takes away: both keys are new at every sign-in."""

    session_key: str
    device_key: str


def sign_in(open_records: OpenRecords, *, login: str, password: str, browser: Browser, at: datetime) -> Keys:
    """Check a sign-in; ServiceError with the same sentence whether the name or the password is wrong.

    Two short transactions: the try is counted as failed *before* the slow check, so that many at once cannot slip
    through, and no lock is held while the password is checked. TooManyTriesError says when one may try again.
    """
    with open_records() as session:
        tried = count_try(
            session,
            key=login_key(login),
            device_key=browser.device_key,
            address=browser.address,
            at=at,
            refused="サインインできません",
        )
    known = tried.account
    if not passwords.matches(password, known.password_hash if known else None) or known is None:
        raise ServiceError(WRONG)
    with open_records() as session:
        account = still_valid(session, known, password)
        if account is None:
            raise ServiceError(WRONG)
        count_success(session, tried.attempt_id)
        if passwords.needs_rehash(account.password_hash):
            account.password_hash = passwords.hashed(password)
        account.signed_in_at = at
        # The browser leaves its former session behind, whosever it was.
        end_session_of_key(session, browser.session_key, why=EndedWhy.SIGNED_OUT, at=at)
        return enter(session, account, browser=browser, at=at)


def still_valid(session: Session, checked: Account, password: str) -> Account | None:
    """The account as it is now, held; None when it was closed or got another password while this one was checked."""
    account = session.exec(
        select(Account).where(Account.id == checked.id, col(Account.active).is_(True)).with_for_update()
    ).first()
    if account is None:
        return None
    same = account.password_hash == checked.password_hash
    return account if same or passwords.matches(password, account.password_hash) else None


def enter(session: Session, account: Account, *, browser: Browser, at: datetime) -> Keys:
    """Begin a session in this browser and know the browser from now on."""
    return Keys(
        session_key=begin_session(session, account, device=browser.device, at=at),
        device_key=remember_device(session, account, key=browser.device_key, at=at),
    )
