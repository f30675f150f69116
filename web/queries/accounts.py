"""Accounts as whoever runs the service lists them; no hash leaves the table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from models.account import Account, AccountRole, Role
from models.municipality import Municipality


@dataclass(frozen=True)
class ListedAccount:
    """One line of the list."""

    login: str
    display_name: str
    municipality_key: str
    roles: list[Role]
    active: bool
    signed_in_at: datetime | None


def listed_accounts(session: Session) -> list[ListedAccount]:
    """Municipality by municipality, those in use first."""
    held: dict[object, set[str]] = {}
    for role in session.exec(select(AccountRole)).all():
        held.setdefault(role.account_id, set()).add(role.role)
    rows = session.exec(
        select(Account, Municipality.key)
        .join(Municipality, col(Account.municipality_id) == col(Municipality.id))
        .order_by(col(Municipality.key), col(Account.active).desc(), col(Account.login))
    ).all()
    return [
        ListedAccount(
            login=account.login,
            display_name=account.display_name,
            municipality_key=key,
            roles=[role for role in Role if role.value in held.get(account.id, ())],
            active=account.active,
            signed_in_at=account.signed_in_at,
        )
        for account, key in rows
    ]
