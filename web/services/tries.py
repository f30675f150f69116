"""Tries of a password (サインインの試み): counted before they are checked, so that guessing becomes slow."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, delete, select

from models.account import Account, SignInAttempt
from web.services.errors import TooManyTriesError
from web.services.throttling import ACCOUNT_WINDOW, ADDRESS_WINDOW, account_opens_at, address_opens_at

KEEP_ATTEMPTS = timedelta(days=90)
TOKYO = ZoneInfo("Asia/Tokyo")


def count_try(session: Session, *, key: str, address: str, at: datetime, refused: str) -> Account | None:
    """Note this try as failed, refuse it when too many came before, and hand over the account, if there is one.

    The note is written first: it takes the lock that makes tries at the same moment count one another. A refused try
    is rolled back with the refusal, so that waiting never grows by trying. `refused` says what cannot be done now.
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
        raise _wait(opens, at, refused)
    return account


def count_success(session: Session, *, key: str, address: str, at: datetime) -> None:
    """The password of the try at this moment was right: the mistakes before it are forgotten."""
    session.add(SignInAttempt(login=key, address=address, at=at, ok=True))


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


def _wait(opens: datetime, at: datetime, refused: str) -> TooManyTriesError:
    # The minute shown is the first whole minute at which it opens.
    shown = (opens.astimezone(TOKYO) + timedelta(seconds=59)).replace(second=0, microsecond=0)
    sentence = f"まちがいが続いたので、いまは{refused}。{shown.hour}:{shown:%M}を過ぎたら、もう一度お試しください。"
    return TooManyTriesError(sentence, seconds=max(int((opens - at).total_seconds()) + 1, 1))


def forget_old_attempts(session: Session, *, at: datetime) -> None:
    """Addresses are personal data too: nothing is kept longer than it serves."""
    session.exec(delete(SignInAttempt).where(col(SignInAttempt.at) < at - KEEP_ATTEMPTS))
