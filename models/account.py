"""Who may sign in, and in which roles."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from models.base import MunicipalRecord
from models.types import moment_field


class Role(StrEnum):
    """役割 of domain §2.1. Their names for people are settings of the municipality."""

    CO = "CO"
    LD = "LD"
    MC = "MC"
    GV = "GV"
    RF = "RF"
    SC = "SC"
    HO = "HO"
    PT = "PT"
    OU = "OU"
    AU = "AU"


class Account(MunicipalRecord, table=True):
    """利用者の登録. `login` is unique over all municipalities, because nobody names theirs when signing in."""

    __tablename__ = "account"

    login: str = Field(unique=True)
    display_name: str
    password_hash: str
    active: bool = True
    created_at: datetime = moment_field()
    signed_in_at: datetime | None = moment_field(required=False)


class AccountRole(MunicipalRecord, table=True):
    """One role of one account; one person often holds several."""

    __tablename__ = "account_role"
    __table_args__ = (UniqueConstraint("account_id", "role"),)

    account_id: UUID = Field(foreign_key="account.id", index=True, ondelete="CASCADE")
    role: str
