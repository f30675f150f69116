"""Accounts: adding, closing and reopening them, their roles, and a new password."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

from models.account import Account, AccountRole, Role
from models.municipality import Municipality
from models.signing_in import EndedWhy
from web.services import passwords
from web.services.errors import NotFoundError, ServiceError
from web.services.known_devices import forget_devices
from web.services.sign_in_sessions import end_sessions

LONGEST_LOGIN = 100
# Whoever holds one of these may give the others their accounts, on paper at least.
LEADING_ROLES = frozenset({Role.LD, Role.GV})


def login_key(login: str) -> str:
    """One spelling of a sign-in name: width and case do not matter.

    What no database keeps (control characters, half a character) becomes a sign that no sign-in name has: just wrong.
    """
    folded = unicodedata.normalize("NFKC", login).strip().casefold()[:LONGEST_LOGIN]
    return "".join(
        "\N{REPLACEMENT CHARACTER}" if unicodedata.category(character) in {"Cc", "Cs"} else character
        for character in folded
    )


def find_account(session: Session, login: str) -> Account:
    """The account of this sign-in name, closed or not. NotFoundError says what to do."""
    account = session.exec(select(Account).where(Account.login == login_key(login)).with_for_update()).first()
    if account is None:
        sentence = (
            f"サインイン名「{login_key(login)}」のアカウントはありません。engawa account list で確かめてください。"
        )
        raise NotFoundError(sentence)
    return account


def add_account(
    session: Session,
    *,
    municipality_id: UUID,
    login: str,
    display_name: str,
    roles: Iterable[Role],
    password: str,
    at: datetime,
    any_password: bool = False,
) -> Account:
    """Add an account. ServiceError says what is wrong with the name or the password.

    `any_password` is for accounts whose password everybody may know (the sample): it is not looked at.
    """
    key = login_key(login)
    if not key or any(character.isspace() or character == "\N{REPLACEMENT CHARACTER}" for character in key):
        sentence = "サインイン名は、空白をふくまない文字で入れてください。"
        raise ServiceError(sentence)
    wanted = _at_least_one(roles)
    if session.exec(select(Account).where(Account.login == key)).first() is not None:
        sentence = f"サインイン名「{key}」はもう使われています。別の名前にしてください。"
        raise ServiceError(sentence)
    shown = "".join(" " if unicodedata.category(each) in {"Cc", "Cs"} else each for each in display_name).strip()
    if not any_password:
        passwords.check_password(password, avoid=(key, shown), near=_names_of(session, municipality_id))
    account = Account(
        municipality_id=municipality_id,
        login=key,
        display_name=shown or key,
        password_hash=passwords.hashed(password),
        created_at=at,
    )
    session.add(account)
    session.flush()
    _give(session, account, wanted)
    return account


def set_password(session: Session, account: Account, *, password: str, at: datetime) -> None:
    """Give a new password. Every session ends and no device is known any more: somebody else may have used the old one."""
    near = _names_of(session, account.municipality_id)
    passwords.check_password(password, avoid=(account.login, account.display_name), near=near)
    account.password_hash = passwords.hashed(password)
    session.add(account)
    forget_devices(session, account)
    end_sessions(session, account.id, why=EndedWhy.NEW_PASSWORD, at=at)


def close_account(session: Session, account: Account, *, at: datetime) -> None:
    """Nobody signs in with it any more, and whoever is signed in is not; what they wrote stays."""
    if not account.active:
        sentence = f"「{account.login}」は、もう閉じてあります。"
        raise ServiceError(sentence)
    account.active = False
    session.add(account)
    forget_devices(session, account)
    end_sessions(session, account.id, why=EndedWhy.CLOSED, at=at)


def reopen_account(session: Session, account: Account) -> None:
    """It may be used again, with the password and the roles it had."""
    if account.active:
        sentence = f"「{account.login}」は、閉じられていません。"
        raise ServiceError(sentence)
    account.active = True
    session.add(account)


def roles_of(session: Session, account: Account) -> list[Role]:
    kept = session.exec(select(AccountRole.role).where(AccountRole.account_id == account.id)).all()
    return [role for role in Role if role.value in kept]


def replace_roles(session: Session, account: Account, roles: Iterable[Role]) -> None:
    """These roles and no others, from the next click on."""
    wanted = _at_least_one(roles)
    for row in session.exec(select(AccountRole).where(AccountRole.account_id == account.id)).all():
        session.delete(row)
    session.flush()
    _give(session, account, wanted)


def somebody_leads(session: Session, municipality_id: UUID) -> bool:
    """Whether an active account of the municipality still holds a leading role (主任・市の担当)."""
    leading = (
        select(Account.id)
        .join(AccountRole, col(AccountRole.account_id) == col(Account.id))
        .where(
            Account.municipality_id == municipality_id,
            col(Account.active).is_(True),
            col(AccountRole.role).in_(LEADING_ROLES),
        )
    )
    return session.exec(leading.limit(1)).first() is not None


def _at_least_one(roles: Iterable[Role]) -> list[Role]:
    wanted = sorted(set(roles))
    if not wanted:
        sentence = "役割を一つ以上選んでください。"
        raise ServiceError(sentence)
    return wanted


def _give(session: Session, account: Account, roles: Iterable[Role]) -> None:
    for role in roles:
        session.add(AccountRole(municipality_id=account.municipality_id, account_id=account.id, role=role.value))
    session.flush()


def _names_of(session: Session, municipality_id: UUID) -> tuple[str, ...]:
    municipality = session.get(Municipality, municipality_id)
    return (municipality.name, municipality.key) if municipality else ()
