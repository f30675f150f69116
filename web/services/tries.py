"""Tries of a password (サインインの試み): counted before they are checked, so that guessing becomes slow."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network
from math import ceil
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import func
from sqlmodel import Session, col, delete, select

from models.account import Account
from models.signing_in import SignInAttempt
from web.services.errors import TooManyTriesError
from web.services.known_devices import find_device
from web.services.throttling import (
    ACCOUNT_WINDOW,
    ADDRESS_CEILING,
    ADDRESS_WINDOW,
    account_opens_at,
    address_opens_at,
)

# So long an address stays a usual one of an account.
KEEP_ATTEMPTS = timedelta(days=90)
TOKYO = ZoneInfo("Asia/Tokyo")
DEVICE, USUAL_ADDRESS, ELSEWHERE = "device:", "usual address", "elsewhere"


@dataclass(frozen=True)
class Try:
    """A try that may be checked now: the note of it, and the account, if there is one."""

    attempt_id: UUID
    account: Account | None


def address_block(address: str) -> str:
    """What counts as one address: a household or an attacker holds a whole /64 of IPv6."""
    try:
        known = ip_address(address.split("%")[0])
    except ValueError:
        return ""
    mapped = getattr(known, "ipv4_mapped", None)
    if known.version == 4 or mapped:
        return str(mapped or known)
    return str(ip_network((known, 64), strict=False))


def count_try(session: Session, *, key: str, device_key: str, address: str, at: datetime, refused: str) -> Try:
    """Note this try as failed and hand over the account; refuse it when too many came before.

    A refused try leaves no note, so that waiting never grows by trying. Whether the name exists makes no difference to
    what is asked of the database. `refused` says what cannot be done now. Raises TooManyTriesError.
    """
    block = address_block(address)
    _one_after_another(session, f"name {key}", f"address {block}")
    account = session.exec(select(Account).where(Account.login == key, col(Account.active).is_(True))).first()
    counted_on = _counted_on(session, key=key, device_key=device_key, block=block, at=at)
    opens = account_opens_at(_failures_of(session, key=key, counted_on=counted_on, at=at), at=at)
    if opens is None and not counted_on.startswith(DEVICE):
        failures, own = _failures_from(session, block=block, key=key, at=at)
        opens = address_opens_at(failures, own, at=at)
    if opens is not None:
        raise _wait(opens, at, refused, known_device=counted_on.startswith(DEVICE))
    attempt = SignInAttempt(login=key, address=block, counted_on=counted_on, at=at, ok=False)
    session.add(attempt)
    session.flush()
    return Try(attempt.id, account)


def count_success(session: Session, attempt_id: UUID) -> None:
    """The password of this try was right: the mistakes before it, counted on the same device or place, are forgotten."""
    attempt = session.get(SignInAttempt, attempt_id)
    if attempt is not None:
        attempt.ok = True
        session.add(attempt)


def forget_mistakes(session: Session, *, key: str) -> int:
    """Whoever waits may try again at once; how many mistakes were forgotten. Where one usually signs in stays known."""
    mistakes = session.exec(
        select(SignInAttempt).where(SignInAttempt.login == key, col(SignInAttempt.ok).is_(False))
    ).all()
    for mistake in mistakes:
        session.delete(mistake)
    session.flush()
    return len(mistakes)


def forget_old_attempts(session: Session, *, at: datetime) -> None:
    """Addresses are personal data too: nothing is kept longer than it serves."""
    session.exec(delete(SignInAttempt).where(col(SignInAttempt.at) < at - KEEP_ATTEMPTS))


def _one_after_another(session: Session, *names: str) -> None:
    """Tries of one name, and from one address, count one another also when they come at the same moment.

    SQLite has one writer at a time, and whoever opened this transaction is it. PostgreSQL gets locks of our own naming:
    a name that does not exist has no row to lock, and must not answer differently for it.
    """
    if session.connection().dialect.name != "postgresql":
        return
    for name in names:
        number = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big", signed=True)
        session.connection().execute(select(func.pg_advisory_xact_lock(number)))


def _counted_on(session: Session, *, key: str, device_key: str, block: str, at: datetime) -> str:
    device = find_device(session, login=key, key=device_key, at=at)
    usual = session.exec(
        select(SignInAttempt.id)
        .where(
            SignInAttempt.login == key,
            SignInAttempt.address == block,
            col(SignInAttempt.ok).is_(True),
            col(SignInAttempt.at) > at - KEEP_ATTEMPTS,
        )
        .limit(1)
    ).first()
    if device is not None:
        return f"{DEVICE}{device.id}"
    return USUAL_ADDRESS if usual is not None and block else ELSEWHERE


def _failures_of(session: Session, *, key: str, counted_on: str, at: datetime) -> list[datetime]:
    """Failures of this account on this device or place since its last success there, oldest first."""
    tries: Iterable[tuple[datetime, bool]] = session.exec(
        select(SignInAttempt.at, SignInAttempt.ok)
        .where(
            SignInAttempt.login == key,
            SignInAttempt.counted_on == counted_on,
            col(SignInAttempt.at) > at - ACCOUNT_WINDOW,
        )
        .order_by(col(SignInAttempt.at), col(SignInAttempt.ok))
    ).all()
    failures: list[datetime] = []
    for tried, ok in tries:
        if ok:
            failures.clear()
        else:
            failures.append(tried)
    return failures


def _failures_from(session: Session, *, block: str, key: str, at: datetime) -> tuple[list[datetime], list[datetime]]:
    """Failures of new devices at this address, oldest first: of all names, and of this one."""
    latest = session.exec(
        select(SignInAttempt.at, SignInAttempt.login)
        .where(
            SignInAttempt.address == block,
            col(SignInAttempt.at) > at - ADDRESS_WINDOW,
            col(SignInAttempt.ok).is_(False),
            ~col(SignInAttempt.counted_on).startswith(DEVICE),
        )
        .order_by(col(SignInAttempt.at).desc())
        .limit(ADDRESS_CEILING)
    ).all()
    oldest_first = latest[::-1]
    return [tried for tried, _ in oldest_first], [tried for tried, login in oldest_first if login == key]


def _wait(opens: datetime, at: datetime, refused: str, *, known_device: bool) -> TooManyTriesError:
    # The minute shown is the first whole minute at which it opens.
    shown = (opens.astimezone(TOKYO) + timedelta(seconds=59)).replace(second=0, microsecond=0)
    sentence = f"まちがいが続いたので、いまは{refused}。{shown.hour}:{shown:%M}を過ぎたら、もう一度お試しください。"
    if not known_device:
        sentence += "前にサインインした端末が手もとにあれば、そちらからは待たずに試せます。"
    return TooManyTriesError(sentence, seconds=ceil((opens - at).total_seconds()))
