"""Accounts: adding one, and signing in with patience for typing errors and none for guessing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session, col, select

from models.account import Account, AccountRole, Role, SignInAttempt
from models.municipality import Municipality
from web.services.errors import ServiceError, TooManyTriesError
from web.services.passwords import check_password, hashed, matches, needs_rehash
from web.services.throttling import ACCOUNT_WINDOW, ADDRESS_WINDOW, account_opens_at, address_opens_at

LONGEST_NAME = 100
WRONG = "サインイン名かパスワードが違います。"


@dataclass(frozen=True)
class SignedIn:
    """Who is signed in, as the pages need it."""

    account_id: UUID
    municipality_id: UUID
    display_name: str
    roles: frozenset[Role]
    municipality_name: str
    role_label: str


def add_account(
    session: Session, *, login: str, display_name: str, password: str, roles: Iterable[Role], at: datetime
) -> Account:
    """Add an account to the session's municipality. Raises ServiceError with one sentence."""
    login = login.strip()
    if not login or len(login) > LONGEST_NAME:
        raise ServiceError(f"サインイン名を{LONGEST_NAME}文字までで決めてください。")
    if session.exec(select(Account).where(Account.login == login)).first() is not None:
        raise ServiceError(f"「{login}」というサインイン名は、もう使われています。別の名前にしてください。")
    check_password(password, avoid=(login, display_name))
    account = Account(login=login, display_name=display_name, password_hash=hashed(password), created_at=at)
    session.add(account)
    session.flush()
    for role in roles:
        session.add(AccountRole(account_id=account.id, role=role))
    session.flush()
    return account


def sign_in(
    opened: Callable[[], AbstractContextManager[Session]], *, name: str, password: str, address: str, at: datetime
) -> SignedIn:
    """Check a sign-in. The attempt is kept whatever comes of it; unknown names answer like wrong passwords."""
    with opened() as session:
        _throttle(session, name=name, address=address, at=at)
        account = session.exec(select(Account).where(Account.login == name)).first()
        kept = account.password_hash if account is not None and account.active else None
        right = matches(password, kept)
        session.add(SignInAttempt(login=name[:LONGEST_NAME], address=address, at=at, ok=right))
        if right and account is not None:
            if needs_rehash(account.password_hash):
                account.password_hash = hashed(password)
            session.flush()
            return _signed_in(session, account)
    raise ServiceError(WRONG)


def _throttle(session: Session, *, name: str, address: str, at: datetime) -> None:
    since = at - max(ACCOUNT_WINDOW, ADDRESS_WINDOW)
    recent = session.exec(
        select(SignInAttempt)
        .where(
            (col(SignInAttempt.login) == name[:LONGEST_NAME]) | (col(SignInAttempt.address) == address),
            col(SignInAttempt.at) > since,
        )
        .order_by(col(SignInAttempt.at))
    ).all()
    by_account = _failures_since_success([one for one in recent if one.login == name[:LONGEST_NAME]])
    by_address = [one.at for one in recent if one.address == address and not one.ok]
    opens = [moment for moment in (account_opens_at(by_account, at=at), address_opens_at(by_address, at=at)) if moment]
    if opens:
        wait: timedelta = max(opens) - at
        minutes = max(1, -(-int(wait.total_seconds()) // 60))
        sentence = f"続けて間違えたので、少し休みます。{minutes}分ほどたってから、もう一度お試しください。"
        raise TooManyTriesError(sentence, seconds=int(wait.total_seconds()) + 1)


def _failures_since_success(attempts: Sequence[SignInAttempt]) -> list[datetime]:
    failures: list[datetime] = []
    for attempt in attempts:
        failures = [] if attempt.ok else [*failures, attempt.at]
    return failures


def signed_in(session: Session, account_id: UUID) -> SignedIn | None:
    """The account as it is now; None once it is gone or closed."""
    account = session.get(Account, account_id)
    return _signed_in(session, account) if account is not None and account.active else None


def _signed_in(session: Session, account: Account) -> SignedIn:
    roles = session.exec(select(AccountRole).where(AccountRole.account_id == account.id)).all()
    municipality = session.get(Municipality, account.municipality_id)
    held = frozenset(Role(row.role) for row in roles)
    labels = {
        one["role"]: one["label"] for one in ((municipality.settings or {}) if municipality else {}).get("roles", ())
    }
    return SignedIn(
        account_id=account.id,
        municipality_id=account.municipality_id,
        display_name=account.display_name,
        roles=held,
        municipality_name=municipality.name if municipality else "",
        role_label="・".join(labels.get(role, STANDARD_NAMES[role]) for role in sorted(held)),
    )


def names_of(session: Session) -> dict[UUID, str]:
    """Account to the name people know it by."""
    return {row.id: row.display_name for row in session.exec(select(Account)).all()}


STANDARD_NAMES = {
    Role.CO: "地域福祉コーディネーター",
    Role.LD: "主任・社協管理者",
    Role.MC: "多機関協働",
    Role.GV: "市町村の担当課",
    Role.RF: "つなぎ元",
    Role.SC: "生活支援コーディネーター",
    Role.HO: "受け入れ先",
    Role.PT: "本人",
    Role.OU: "外部委託",
    Role.AU: "監査・閲覧",
}
