"""Who is signed in where, which browsers are known, and who tried."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from models.base import MunicipalRecord, Record
from models.types import moment_field


class EndedWhy(StrEnum):
    """Why a session is over; whoever still holds its cookie is told."""

    SIGNED_OUT = "signed_out"
    ENDED_ELSEWHERE = "ended_elsewhere"
    NEW_PASSWORD = "new_password"  # noqa: S105
    CLOSED = "closed"


class SignInSession(MunicipalRecord, table=True):
    """サインイン中の端末: one browser that is signed in. Only the hash of its key is kept; the cookie carries the key."""

    __tablename__ = "sign_in_session"

    account_id: UUID = Field(foreign_key="account.id", index=True, ondelete="CASCADE")
    key_hash: str = Field(unique=True)
    device: str
    started_at: datetime = moment_field(index=True)
    seen_at: datetime = moment_field()
    ended_at: datetime | None = moment_field(required=False)
    ended_why: str | None = None


class KnownDevice(MunicipalRecord, table=True):
    """見知った端末: a browser in which the password of this account was once right. One key serves all accounts of a browser."""

    __tablename__ = "known_device"
    __table_args__ = (UniqueConstraint("account_id", "key_hash"),)

    account_id: UUID = Field(foreign_key="account.id", index=True, ondelete="CASCADE")
    key_hash: str = Field(index=True)
    used_at: datetime = moment_field()


class SignInAttempt(Record, table=True):
    """サインインの試み, for throttling. Belongs to no municipality: the name may not exist.

    `counted_on` says on whom a failure counts: a known device, the account's usual addresses, or everywhere else.
    """

    __tablename__ = "sign_in_attempt"

    login: str = Field(index=True)
    address: str = Field(index=True)
    counted_on: str
    at: datetime = moment_field(index=True)
    ok: bool
