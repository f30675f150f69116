"""Sessions of people who are signed in (サインイン中の端末): begun, recognised, seen, ended, forgotten.

The cookie carries a key and nothing else that counts: whether a session still holds is asked of its row at every
request, so that a cookie that was copied ends with it and cannot prolong itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.orm import load_only
from sqlmodel import Session, col, delete, select, update

from models.account import Account, AccountRole, Role
from models.municipality import Municipality
from models.signing_in import EndedWhy, SignInSession
from web.services.errors import NotFoundError
from web.services.keys import hash_of, new_key

# Long enough for whoever comes back to a page of yesterday to read why it is over.
KEEP_SESSIONS = timedelta(days=7)
# Writing at every click would make requests of one page wait for one another.
SEEN_EVERY = timedelta(minutes=1)


@dataclass(frozen=True)
class Limits:
    """How long one may sit without a click, and at most."""

    idle: timedelta
    sitting: timedelta


@dataclass(frozen=True)
class Recognised:
    """The account behind a key, with its municipality and roles, and how its session stands."""

    session_id: UUID
    account_id: UUID
    login: str
    display_name: str
    active: bool
    municipality_id: UUID
    municipality_name: str
    settings: Mapping[str, Any]
    roles: frozenset[Role]
    started_at: datetime
    seen_at: datetime
    ended_why: str | None

    def idle_for_too_long(self, limits: Limits, *, at: datetime) -> bool:
        return at - self.seen_at >= limits.idle

    def sat_for_too_long(self, limits: Limits, *, at: datetime) -> bool:
        return at - self.started_at >= limits.sitting


def begin_session(session: Session, account: Account, *, device: str, at: datetime) -> str:
    """A session of its own for this account; returns the key for the cookie."""
    key = new_key()
    session.add(
        SignInSession(
            municipality_id=account.municipality_id,
            account_id=account.id,
            key_hash=hash_of(key),
            device=device,
            started_at=at,
            seen_at=at,
        )
    )
    session.flush()
    return key


def recognise(session: Session, key: str) -> Recognised | None:
    """Whose key this is, in one query; None when it never was one or has long been forgotten."""
    rows = session.exec(
        select(SignInSession, Account, Municipality, AccountRole.role)
        .join(Account, col(SignInSession.account_id) == col(Account.id))
        .join(Municipality, col(Account.municipality_id) == col(Municipality.id))
        .outerjoin(AccountRole, col(AccountRole.account_id) == col(Account.id))
        .where(SignInSession.key_hash == hash_of(key))
        .options(load_only(Municipality.name, Municipality.settings))  # type: ignore[arg-type]
    ).all()
    if not rows:
        return None
    sitting, account, municipality, _ = rows[0]
    return Recognised(
        session_id=sitting.id,
        account_id=account.id,
        login=account.login,
        display_name=account.display_name,
        active=account.active,
        municipality_id=account.municipality_id,
        municipality_name=municipality.name,
        settings=municipality.settings or {},
        roles=frozenset(Role(role) for *_, role in rows if role in set(Role)),
        started_at=sitting.started_at,
        seen_at=sitting.seen_at,
        ended_why=sitting.ended_why,
    )


def note_seen(session: Session, session_id: UUID, *, at: datetime) -> None:
    """Whoever ended it meanwhile has the last word, and a later click stays later."""
    session.exec(
        update(SignInSession)
        .where(
            col(SignInSession.id) == session_id,
            col(SignInSession.ended_at).is_(None),
            col(SignInSession.seen_at) < at,
        )
        .values(seen_at=at)
    )


def open_sessions(session: Session, account_id: UUID, *, limits: Limits, at: datetime) -> Sequence[SignInSession]:
    """Where this account is signed in now; the one used last comes first."""
    return session.exec(
        select(SignInSession)
        .where(
            SignInSession.account_id == account_id,
            col(SignInSession.ended_at).is_(None),
            col(SignInSession.seen_at) > at - limits.idle,
            col(SignInSession.started_at) > at - limits.sitting,
        )
        .order_by(col(SignInSession.seen_at).desc(), col(SignInSession.id))
    ).all()


def end_session(session: Session, session_id: UUID, *, account_id: UUID, why: EndedWhy, at: datetime) -> None:
    """End one session of this account; one that is over already stays as it ended. NotFoundError for anybody else's."""
    sitting = session.exec(
        select(SignInSession).where(SignInSession.id == session_id, SignInSession.account_id == account_id)
    ).first()
    if sitting is None:
        sentence = "その端末は見つかりません。"
        raise NotFoundError(sentence)
    _end([sitting], why, at)


def end_sessions(session: Session, account_id: UUID, *, why: EndedWhy, at: datetime, but: UUID | None = None) -> None:
    """End every session of the account, `but` one."""
    sittings = session.exec(
        select(SignInSession).where(SignInSession.account_id == account_id, col(SignInSession.ended_at).is_(None))
    ).all()
    _end([sitting for sitting in sittings if sitting.id != but], why, at)


def end_session_of_key(session: Session, key: str, *, why: EndedWhy, at: datetime) -> None:
    """End the session a browser leaves behind, if there is one."""
    _end(session.exec(select(SignInSession).where(SignInSession.key_hash == hash_of(key))).all(), why, at)


def forget_old_sessions(session: Session, *, at: datetime) -> None:
    """Sessions that cannot go on any more; no setting lets one sit for as long as they are kept."""
    session.exec(delete(SignInSession).where(col(SignInSession.started_at) < at - KEEP_SESSIONS))


def _end(sittings: Sequence[SignInSession], why: EndedWhy, at: datetime) -> None:
    for sitting in sittings:
        if sitting.ended_at is None:
            sitting.ended_at, sitting.ended_why = at, why.value
