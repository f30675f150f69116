"""Known devices (見知った端末): browsers in which the password of an account was right before. See `throttling` for what they are good for."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel import Session, col, delete, select

from models.account import Account
from models.signing_in import KnownDevice
from web.services.keys import hash_of, new_key

KEEP_DEVICES = timedelta(days=180)
# A browser that forgets its cookies every night leaves a row a day.
MOST_DEVICES = 20


def find_device(session: Session, *, login: str, key: str, at: datetime) -> KnownDevice | None:
    """The device of this key, when it is known for this account and was used within half a year."""
    return session.exec(
        select(KnownDevice)
        .join(Account, col(KnownDevice.account_id) == col(Account.id))
        .where(
            Account.login == login,
            KnownDevice.key_hash == hash_of(key),
            col(KnownDevice.used_at) > at - KEEP_DEVICES,
        )
    ).first()


def remember_device(session: Session, account: Account, *, key: str, at: datetime) -> str:
    """This browser is known for the account from now on. Returns its new key; a copy of the old one is good for nothing.

    Colleagues who share the browser stay known in it: their rows move on to the new key.
    """
    fresh = new_key()
    here = select(KnownDevice).where(KnownDevice.key_hash == hash_of(key))
    # Always in one order: two colleagues may sign in here at the same moment.
    rows = session.exec(here.order_by(col(KnownDevice.id)).with_for_update()).all()
    for row in rows:
        row.key_hash = hash_of(fresh)
    mine = next((row for row in rows if row.account_id == account.id), None)
    if mine is None:
        mine = KnownDevice(
            municipality_id=account.municipality_id, account_id=account.id, key_hash=hash_of(fresh), used_at=at
        )
    mine.used_at = at
    session.add(mine)
    session.flush()
    known = select(KnownDevice).where(KnownDevice.account_id == account.id).order_by(col(KnownDevice.used_at).desc())
    for row in session.exec(known.offset(MOST_DEVICES)).all():
        session.delete(row)
    session.flush()
    return fresh


def forget_devices(session: Session, account: Account) -> None:
    """All devices of the account: whoever knew the old password may have left one."""
    session.exec(delete(KnownDevice).where(col(KnownDevice.account_id) == account.id))


def forget_old_devices(session: Session, *, at: datetime) -> None:
    session.exec(delete(KnownDevice).where(col(KnownDevice.used_at) <= at - KEEP_DEVICES))
